// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.firmware.Installed;
import energy.muster.firmware.UpdateProgress;
import energy.muster.firmware.UpdateState;
import energy.muster.ied.clock.TrustedClock;
import energy.muster.ied.driver.Condition;
import energy.muster.ied.firmware.Control;
import energy.muster.ied.firmware.Download;
import energy.muster.ied.firmware.Ending;
import energy.muster.ied.firmware.FirmwareKit;
import energy.muster.ied.firmware.FirmwareSettings;
import energy.muster.ied.firmware.HttpSource;
import energy.muster.ied.firmware.Inspection;
import energy.muster.ied.firmware.Offers;
import energy.muster.ied.firmware.ServerSource;
import energy.muster.ied.firmware.Slots;
import energy.muster.ied.firmware.Source;
import energy.muster.ied.firmware.Surround;
import energy.muster.ied.firmware.Updater;
import energy.muster.ied.firmware.Upgrade;
import energy.muster.ied.gate.CommandKey;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.Operating;
import energy.muster.presence.Restriction;
import energy.muster.presence.RestrictionReason;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.seal.Trust;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One upgrade under way, on a thread of its own; whatever it asks or tells the device is done on
 * the device's.
 */
final class Update {
  private static final int SHOWN_EVERY_PERCENT = 5;
  private static final Duration SHOWN_EVERY = Duration.ofSeconds(2);

  private final FirmwareKit kit;
  private final Facts facts;
  private final Executor executor;
  private final Upgrades.Order order;
  private final Consumer<UpdateProgress> shown;
  private final Consumer<Ending> ended;
  private final Control control = new Control();
  private final List<Source> sources;
  private final Updater updater;
  private Optional<UpdateProgress> last = Optional.empty();
  private Instant lastAt = Instant.MIN;
  private final CompletableFuture<Void> over = new CompletableFuture<>();

  /** What the device knows that decides when it may be interrupted. */
  record Facts(
      Site site,
      Equipment equipment,
      Upgrades.Interruption orders,
      Supplier<Installed> installed) {}

  /**
   * @param executor the device's
   * @param shown told how far it is, on the device's executor
   * @param ended told how it ended, on the device's executor
   */
  Update(
      FirmwareKit kit,
      Slots slots,
      Offers offers,
      ServiceLine service,
      Facts facts,
      Executor executor,
      Upgrades.Order order,
      Consumer<UpdateProgress> shown,
      Consumer<Ending> ended) {
    this.kit = kit;
    this.facts = facts;
    this.executor = executor;
    this.order = order;
    this.shown = shown;
    this.ended = ended;
    Upgrade upgrade = Upgrade.of(order.intent().key(), order.command());
    sources = sources(service, upgrade);
    updater =
        new Updater(
            slots,
            download(kit),
            offers,
            service,
            sources,
            new Inspection(kit.settings().scanner().policy(), kit.scanner()),
            kit.program(),
            new Around(),
            control,
            upgrade);
  }

  private static Download download(FirmwareKit kit) {
    return new Download(kit.settings().folder().resolve("download"), kit.disk());
  }

  /** Drops what was fetched. */
  static void forget(FirmwareKit kit) throws IOException {
    download(kit).clear();
  }

  private List<Source> sources(ServiceLine service, Upgrade upgrade) {
    List<Source> sources = new ArrayList<>();
    sources.add(service);
    FirmwareSettings settings = kit.settings();
    Optional<URI> address = upgrade.address().or(settings::http);
    if (address.isPresent()) {
      sources.add(
          settings.httpFirst() ? 0 : 1,
          new HttpSource(address.get(), kit.trust(), settings.pieceWithin()));
    } else if (settings.httpFirst()) {
      sources.add(0, new ServerSource(kit.door(), service));
    }
    return sources;
  }

  Upgrades.Order order() {
    return order;
  }

  CommandKey key() {
    return order.intent().key();
  }

  /**
   * @param before one that was stopped, which may still be at the disk
   */
  void start(String device, Optional<Update> before) {
    Thread thread =
        new Thread(
            () -> {
              before.ifPresent(stopped -> stopped.over.join());
              run();
            },
            "firmware " + device);
    thread.setDaemon(true);
    thread.start();
  }

  /** Stops it unless it installs already; whether it did. */
  boolean stop() {
    return control.stop();
  }

  /** There is a session again. */
  void wake() {
    control.wake();
  }

  private void run() {
    Ending ending;
    try {
      ending = updater.run();
    } catch (RuntimeException | Error e) {
      ending =
          new Ending.Failed(
              new Refusal(Reason.HARDWARE_FAULT, "the update failed: " + e),
              UpdateState.INSTALLATION_FAILED);
    } finally {
      sources.forEach(Source::close);
    }
    over.complete(null);
    Ending how = ending;
    executor.execute(() -> ended.accept(how));
  }

  private final class Around implements Surround {
    @Override
    public Instant now() {
      return facts.site().clock().instant();
    }

    @Override
    public Trust trust() {
      return facts.site().trust().trust();
    }

    @Override
    public Installed installed() {
      return facts.installed().get();
    }

    @Override
    public void shown(UpdateProgress progress) {
      Instant now = now();
      boolean another = last.filter(it -> it.state() == progress.state()).isEmpty();
      boolean further =
          last.filter(
                  it ->
                      it.percent() / SHOWN_EVERY_PERCENT
                          != progress.percent() / SHOWN_EVERY_PERCENT)
              .isPresent();
      if (another || (further && !now.isBefore(lastAt.plus(SHOWN_EVERY)))) {
        last = Optional.of(progress);
        lastAt = now;
        executor.execute(
            () -> {
              if (!control.stopped()) {
                shown.accept(progress);
              }
            });
      }
    }

    @Override
    public boolean busy() {
      return facts.orders().busy();
    }

    @Override
    public Optional<String> ready() {
      return CompletableFuture.supplyAsync(Update.this::whyNot, executor).join();
    }

    @Override
    public Optional<String> begin() {
      return CompletableFuture.supplyAsync(
              () ->
                  whyNot()
                      .or(
                          () ->
                              control.install()
                                  ? Optional.empty()
                                  : Optional.of("it was taken back")),
              executor)
          .join();
    }
  }

  /** Why the device may not be interrupted now. */
  private Optional<String> whyNot() {
    TrustedClock.Reading clock = facts.site().clock().read();
    if (!clock.sure()) {
      return Optional.of("it cannot tell the time");
    }
    if (facts.site().trust().trust().stale(clock.now())) {
      return Optional.of("it has no current revocation list");
    }
    Condition condition = facts.equipment().condition();
    if (condition.kind() == DeviceKind.GENERATOR && condition.operating() != Operating.OFF) {
      return Optional.of("the generator is " + condition.operating().wire());
    }
    if (facts.equipment().selected()) {
      return Optional.of("somebody has selected it");
    }
    if (facts.orders().busy()) {
      return Optional.of("an order is being carried out");
    }
    if (facts.orders().soon()) {
      return Optional.of("an order waits for its time");
    }
    return condition
        .restriction()
        .or(
            () ->
                facts
                    .equipment()
                    .presence()
                    .restriction()
                    .filter(it -> it.reason() != RestrictionReason.UPGRADING))
        .map(Restriction::note)
        .or(() -> kit.settings().closed(clock.now()));
  }
}
