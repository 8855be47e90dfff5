// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Verb;
import energy.muster.identity.BareJid;
import energy.muster.identity.Role;
import energy.muster.ied.clock.StoppableTimer;
import energy.muster.ied.clock.TrustedClock;
import energy.muster.ied.driver.DriverFactory;
import energy.muster.ied.driver.Sighting;
import energy.muster.ied.firmware.FirmwareKit;
import energy.muster.ied.gate.Gate;
import energy.muster.ied.journal.DeviceRecord;
import energy.muster.json.Json;
import energy.muster.link.Link;
import energy.muster.link.LinkListener;
import energy.muster.link.LinkState;
import energy.muster.link.SerialExecutor;
import energy.muster.outcome.KeptOutcomes;
import energy.muster.response.PricePlan;
import energy.muster.seal.SigningIdentity;
import energy.muster.wire.Payload;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** One device with its own key and session. All it does, it does one thing at a time. */
public final class Device implements LinkListener {
  private static final Duration SWEEP_EVERY = Duration.ofHours(1);

  private final BareJid jid;
  private final Site site;
  private final SerialExecutor executor;
  private final StoppableTimer timer;
  private final Outbox outbox;
  private final Announcer announcer;
  private final Equipment equipment;
  private final OrderDesk desk;
  private final Tidings tidings;
  private final EarlyWarning warnings;
  private final MasterDesk master;
  private final AlarmDesk alarms;
  private final MeterDesk meter;
  private final PriceDesk prices;
  private final Optional<FirmwareDesk> firmware;
  private final Reception reception;
  private final Optional<ContactSchedule> contact;
  private Optional<Link> link = Optional.empty();
  private Optional<Visits> visits = Optional.empty();
  private boolean proven;

  /**
   * What makes a device this device.
   *
   * @param lease how long its presence is good for
   * @param twoPersons verbs that need two signatures
   * @param releasedBy the role that lifts a restriction beside whoever set it
   * @param contact when it calls in, if it is not always connected
   * @param promises what it promises of its presence beside its lease
   * @param prices what it does about them, if anything
   * @param upgrades how it is upgraded, if it can be
   */
  public record Settings(
      SigningIdentity identity,
      Duration lease,
      Set<Verb> twoPersons,
      Role releasedBy,
      DriverFactory driver,
      Optional<ContactSchedule> contact,
      Promises promises,
      Optional<PricePlan> prices,
      Optional<FirmwareKit> upgrades) {
    public Settings {
      Objects.requireNonNull(upgrades);
      Objects.requireNonNull(prices);
      Objects.requireNonNull(contact);
      Objects.requireNonNull(promises);
      twoPersons = Set.copyOf(twoPersons);
    }

    public BareJid jid() {
      return identity.certified().jid();
    }
  }

  /** Opens a device's part of the journal and takes up what its last run left. */
  public static CompletableFuture<Device> start(Settings settings, Site site) {
    BareJid jid = settings.jid();
    SerialExecutor executor =
        new SerialExecutor(
            site.workers(), fault -> site.events().trouble(jid, "internal: " + fault));
    return site.journal()
        .open(jid)
        .thenApplyAsync(record -> new Device(settings, site, executor, record), executor);
  }

  private Device(Settings settings, Site site, SerialExecutor executor, DeviceRecord record) {
    this.jid = settings.jid();
    this.contact = settings.contact();
    this.site = site;
    this.executor = executor;
    this.timer = new StoppableTimer(site.timers().apply(executor));
    SigningIdentity identity = settings.identity();
    Optional<ObjectNode> state = record.state().map(Json::parse);
    outbox =
        new Outbox(
            site.journal()::sequence,
            executor,
            timer,
            key -> {
              var unused = site.journal().acknowledged(jid, key);
            },
            (key, why) -> site.events().trouble(jid, key + ": " + why));
    equipment =
        new Equipment(
            new DeviceSettings.Values(
                settings.lease(),
                settings.twoPersons(),
                settings.releasedBy(),
                "",
                settings.driver(),
                settings.prices()),
            settings.promises(),
            identity.certified(),
            state,
            site.clock(),
            timer,
            Revisions.above(record.revisionCeiling(), site.journal(), jid),
            new Equipment.Changes() {
              @Override
              public void shown() {
                // Later, so that telling is never on an order's path.
                executor.execute(Device.this::changed);
              }

              @Override
              public void unordered() {
                var unused = desk.save();
              }

              @Override
              public void undone(Verb verb) {
                site.events().undone(jid, verb);
              }

              @Override
              public void seen(Sighting sighting) {
                warnings.see(sighting);
              }
            });
    announcer = new Announcer(equipment::presence, this::remarks, timer, site.clock(), site.zone());
    tidings = new Tidings(executor, timer);
    warnings = new EarlyWarning(identity, site, equipment, tidings, timer, executor);
    master = new MasterDesk(identity, site, equipment, tidings, timer, executor, this::keep);
    firmware =
        settings
            .upgrades()
            .flatMap(kit -> FirmwareDesk.start(identity, site, kit, equipment, timer, executor));
    TimeNonce nonce = new TimeNonce(site.clock());
    desk =
        new OrderDesk(
            jid,
            site,
            executor,
            timer,
            new Gate(identity.certified(), site.name()),
            equipment,
            new OutcomeWriter(identity, site.name(), nonce, site.clock(), equipment::presence),
            nonce,
            outbox,
            firmware.<Upgrades>map(own -> own).orElse(Upgrades.NONE));
    desk.resume(record);
    alarms =
        new AlarmDesk(identity, site, equipment, settings.promises().location(), timer, executor);
    alarms.resume(record.alarms());
    ReadingsPost readings =
        new ReadingsPost(
            identity,
            site,
            this::calm,
            new StatementPost(identity, site, equipment, timer, executor),
            timer,
            executor);
    prices = new PriceDesk(identity, site, equipment, desk, timer, executor);
    meter = new MeterDesk(jid, site, equipment, readings, prices::counted, timer, executor);
    meter.resume();
    prices.resume();
    reception = new Reception(jid, site, desk, master, equipment, executor);
    timer.after(SWEEP_EVERY, this::sweep);
    site.events().started(jid);
  }

  public BareJid jid() {
    return jid;
  }

  /**
   * Connects, for good or again and again, as its schedule says.
   *
   * @param opener opens a link that calls the given listener
   */
  public CompletableFuture<Void> connect(Function<LinkListener, Link> opener) {
    return CompletableFuture.runAsync(
        () -> {
          visits = contact.map(schedule -> visits(schedule, opener));
          visits.ifPresentOrElse(Visits::begin, () -> open(opener));
        },
        executor);
  }

  private Visits visits(ContactSchedule schedule, Function<LinkListener, Link> opener) {
    return new Visits(
        schedule,
        site.clock(),
        site.zone(),
        timer,
        executor,
        site.workers(),
        () -> ThreadLocalRandom.current().nextDouble(),
        new Visits.Door() {
          @Override
          public Link open() {
            return Device.this.open(opener);
          }

          @Override
          public boolean quiet() {
            return calm()
                && outbox.settled()
                && meter.quiet()
                && prices.quiet()
                && firmware.map(FirmwareDesk::quiet).orElse(true);
          }

          @Override
          public void left() {
            link = Optional.empty();
            proven = false;
            outbox.cut();
            tidings.cut();
            master.cut();
            alarms.cut();
            meter.cut();
            prices.cut();
            firmware.ifPresent(FirmwareDesk::cut);
            announcer.detach();
          }
        });
  }

  private Link open(Function<LinkListener, Link> opener) {
    Link opened = opener.apply(this);
    link = Optional.of(opened);
    outbox.attach(opened);
    tidings.attach(opened);
    warnings.attach(opened);
    master.attach(opened);
    alarms.attach(opened);
    meter.attach(opened);
    prices.attach(opened);
    firmware.ifPresent(own -> own.attach(opened));
    announcer.attach(opened);
    return opened;
  }

  @Override
  public CompletionStage<Payload> asked(String from, Payload question) {
    return reception.asked(from, question);
  }

  @Override
  public void told(Payload message) {
    switch (message.wire()) {
      case PEERS -> executor.execute(() -> warnings.peers(message));
      case CHANGES -> executor.execute(() -> master.changed(message));
      case KEPT -> executor.execute(() -> outbox.kept(KeptOutcomes.read(message).outcomes()));
      default -> {
        // Nothing else that the service tells a device asks for anything.
      }
    }
  }

  @Override
  public void warned(BareJid from, Payload warning) {
    executor.execute(() -> warnings.warned(from, warning));
  }

  @Override
  public void changed(LinkState state) {
    executor.execute(
        () -> {
          if (state == LinkState.PROVEN) {
            proven = true;
            site.events().proven(jid);
            outbox.proven();
            tidings.proven();
            warnings.proven();
            master.proven();
            alarms.proven();
            meter.proven();
            prices.proven();
            firmware.ifPresent(FirmwareDesk::proven);
            visits.ifPresent(Visits::proven);
          } else {
            outbox.cut();
            tidings.cut();
            master.cut();
            alarms.cut();
            meter.cut();
            prices.cut();
            firmware.ifPresent(FirmwareDesk::cut);
            if (proven) {
              proven = false;
              site.events().cut(jid);
            }
          }
        });
  }

  /**
   * Saves what the driver knows, and takes leave, so that the absence is no fault. Nothing is begun
   * after that, and nothing written but the end of what is under way: in a gateway the device may
   * have started anew by then.
   *
   * @param leaving may be blocked until the service has answered the goodbye
   */
  public CompletableFuture<Void> stop(String reason, Executor leaving) {
    CompletableFuture<Optional<Link>> closed =
        CompletableFuture.supplyAsync(
            () -> {
              desk.close();
              equipment.close();
              alarms.close();
              meter.close();
              prices.close();
              firmware.ifPresent(FirmwareDesk::close);
              visits.ifPresent(Visits::stop);
              timer.stop();
              return link;
            },
            executor);
    CompletableFuture<Void> saved = closed.thenComposeAsync(open -> desk.save(), executor);
    return saved
        .exceptionally(failure -> null)
        .thenCombineAsync(
            closed,
            (done, open) -> {
              open.ifPresent(connected -> connected.goodbye(reason, Optional.empty()));
              return null;
            },
            leaving)
        .thenCombine(saved, (left, kept) -> (Void) null)
        .whenComplete((done, error) -> site.events().stopped(jid, reason));
  }

  private CompletableFuture<Void> keep() {
    return desk.save();
  }

  /** Nothing is under way that somebody waits for. */
  private boolean calm() {
    return desk.idle() && outbox.quiet() && tidings.empty() && alarms.quiet();
  }

  private void changed() {
    announcer.changed();
    alarms.look();
    meter.look();
    prices.look();
  }

  private String remarks() {
    return desk.remarks();
  }

  private void sweep() {
    timer.after(SWEEP_EVERY, this::sweep);
    TrustedClock.Reading reading = site.clock().read();
    if (reading.sure()) {
      desk.sweep(reading.now());
    }
  }
}
