// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.firmware.DeviceFirmware;
import energy.muster.firmware.FirmwareReport;
import energy.muster.firmware.Installed;
import energy.muster.firmware.UpdateProgress;
import energy.muster.firmware.UpdateState;
import energy.muster.identity.BareJid;
import energy.muster.ied.clock.Timer;
import energy.muster.ied.firmware.BootRecord;
import energy.muster.ied.firmware.Ending;
import energy.muster.ied.firmware.Firmware;
import energy.muster.ied.firmware.FirmwareKit;
import energy.muster.ied.firmware.Offers;
import energy.muster.ied.firmware.Slots;
import energy.muster.ied.firmware.Upgrade;
import energy.muster.ied.gate.CommandKey;
import energy.muster.ied.journal.Intent;
import energy.muster.link.Link;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The device's firmware: takes orders to go to another, tells the service what runs, and answers an
 * upgrade only once the new firmware has started and the session is back. Used by one thread at a
 * time, beside the thread of the update itself.
 */
final class FirmwareDesk implements Upgrades {
  private final SigningIdentity identity;
  private final Site site;
  private final FirmwareKit kit;
  private final Slots slots;
  private final Offers offers;
  private final Equipment equipment;
  private final Executor executor;
  private final ServiceLine service = new ServiceLine();
  private final InTurn<Payload> reports;
  private Optional<OrderRecord> record = Optional.empty();
  private Optional<Interruption> interruption = Optional.empty();
  private Optional<Link> link = Optional.empty();
  private Optional<Update> update = Optional.empty();
  private Optional<Update> stopped = Optional.empty();
  private Optional<Order> tried = Optional.empty();
  private boolean closed;

  /**
   * @param slots of which this start has been counted
   */
  FirmwareDesk(
      SigningIdentity identity,
      Site site,
      FirmwareKit kit,
      Slots slots,
      Equipment equipment,
      Timer timer,
      Executor executor) {
    this.identity = identity;
    this.site = site;
    this.kit = kit;
    this.slots = slots;
    this.equipment = equipment;
    this.executor = executor;
    offers =
        new Offers(
            site.name(),
            identity.certified(),
            kit.settings().policy(),
            kit.settings().folder(),
            kit.disk());
    reports = new InTurn<>(executor, timer, new Reporting());
    equipment.firmware().show(shown(Optional.empty()));
  }

  /** Counts this start of the device; empty, and said, when its slots cannot be used. */
  static Optional<FirmwareDesk> start(
      SigningIdentity identity,
      Site site,
      FirmwareKit kit,
      Equipment equipment,
      Timer timer,
      Executor executor) {
    try {
      Slots slots = Slots.open(kit.settings().folder(), kit.disk(), kit.settings().came());
      slots.start(kit.program());
      return Optional.of(new FirmwareDesk(identity, site, kit, slots, equipment, timer, executor));
    } catch (IOException | Refused e) {
      site.events()
          .trouble(
              identity.certified().jid(),
              "it cannot be upgraded, its slots cannot be used: " + e.getMessage());
      return Optional.empty();
    }
  }

  private final class Reporting implements InTurn.Fates<Payload> {
    @Override
    public Payload payload(Payload report) {
      return report;
    }

    @Override
    public void taken(Payload report, Payload answer) {
      succeeded();
    }

    @Override
    public void refused(Payload report, Throwable why) {
      site.events()
          .trouble(
              device(),
              "the service will not have the report of its firmware: " + Outbox.reason(why));
      succeeded();
    }
  }

  private BareJid device() {
    return identity.certified().jid();
  }

  /** What runs. */
  Installed installed() {
    return kit.settings().installed(slots.record());
  }

  private DeviceFirmware shown(Optional<UpdateProgress> progress) {
    Installed runs = installed();
    return new DeviceFirmware(runs.product(), runs.version(), runs.boot(), progress);
  }

  @Override
  public void concludeBy(OrderRecord orders, Interruption orderly) {
    record = Optional.of(orders);
    interruption = Optional.of(orderly);
  }

  @Override
  public void begin(Command command, Intent intent) {
    Order order = new Order(command, intent);
    if (update.isPresent() || tried.isPresent()) {
      // Two would write over each other, and only one would be answered.
      record
          .orElseThrow()
          .concludeBegun(
              intent,
              command.verb(),
              new Result.Declined(new Refusal(Reason.BUSY, "another upgrade is under way")));
      return;
    }
    Update begun =
        new Update(
            kit,
            slots,
            offers,
            service,
            new Update.Facts(site, equipment, interruption.orElseThrow(), this::installed),
            executor,
            order,
            this::show,
            ending -> ended(order, ending));
    update = Optional.of(begun);
    // Before the update's own thread says it: from now on no other is taken.
    show(
        new UpdateProgress(
            Upgrade.of(intent.key(), command).what().version(), UpdateState.DOWNLOADING, 0));
    begun.start(device().local(), stopped);
    stopped = Optional.empty();
  }

  @Override
  public Resumed resume(Command command, Intent intent) {
    BootRecord boot = slots.record();
    CommandKey key = intent.key();
    Optional<BootRecord.Failure> failure = boot.failed().filter(it -> it.order().equals(key));
    if (boot.running().order().equals(Optional.of(key))) {
      tried = Optional.of(new Order(command, intent));
      show(progress(boot.running(), UpdateState.INSTALL_REBOOTING));
    } else if (failure.isPresent()) {
      end(
          new Order(command, intent),
          new Result.Failed(new Refusal(Reason.SELF_TEST_FAILED, failure.get().why())),
          UpdateState.INSTALL_VERIFICATION_FAILED);
    } else {
      begin(command, intent);
    }
    return Resumed.TAKEN_UP;
  }

  private static UpdateProgress progress(Firmware to, UpdateState state) {
    return new UpdateProgress(to.version(), state, 100);
  }

  @Override
  public Optional<Order> stop(CommandKey key) {
    Optional<Update> ends = update.filter(it -> it.key().equals(key) && it.stop());
    if (ends.isPresent()) {
      update = Optional.empty();
      stopped = ends;
      forget();
      equipment.firmware().show(shown(Optional.empty()));
      equipment.upgraded();
    }
    return ends.map(Update::order);
  }

  void attach(Link opened) {
    link = Optional.of(opened);
    reports.attach(opened);
  }

  /** The session is back: what is on trial has proven itself, and is told. */
  void proven() {
    service.use(link);
    update.ifPresent(Update::wake);
    if (update.isPresent() && slots.record().trial().isPresent()) {
      // That session is of the program that goes: what comes has not run yet.
      return;
    }
    try {
      slots.confirm();
    } catch (IOException e) {
      // It stays on trial: the next session, or the next start, tries again.
      site.events().trouble(device(), "the new firmware cannot be confirmed: " + e.getMessage());
      return;
    }
    reports.proven();
    if (reports.empty()) {
      report();
    }
  }

  private void report() {
    Instant now = site.clock().instant();
    Firmware running = slots.record().running();
    FirmwareReport report =
        new FirmwareReport(
            new Header(
                DocumentType.FIRMWARE_REPORT, site.name(), DocumentId.next(now), device(), now),
            installed(),
            running.manifest(),
            running.order().map(CommandKey::id),
            running.scan(),
            known(now));
    reports.add(Payload.of(Wire.FIRMWARE_REPORT, Sealer.seal(report.write(), now, identity)));
  }

  private long known(Instant now) {
    try {
      return offers.known(site.trust().trust(), now).orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  void cut() {
    service.use(Optional.empty());
    reports.cut();
  }

  void close() {
    closed = true;
    update.ifPresent(Update::stop);
  }

  boolean quiet() {
    return update.isEmpty() && reports.empty();
  }

  private void show(UpdateProgress progress) {
    equipment.firmware().show(shown(Optional.of(progress)));
    equipment.upgraded();
  }

  /** The service knows what runs: an upgrade that led here is done. */
  private void succeeded() {
    tried.ifPresent(
        order -> {
          tried = Optional.empty();
          Installed runs = installed();
          end(
              order,
              new Result.Executed(
                  "%s %s runs, at start %d".formatted(runs.product(), runs.version(), runs.boot())),
              UpdateState.INSTALLED);
        });
  }

  private void ended(Order order, Ending ending) {
    boolean current = update.filter(it -> it.key().equals(order.intent().key())).isPresent();
    if (!current) {
      return;
    }
    if (ending instanceof Ending.Restart) {
      if (!closed) {
        kit.restart().restart("restarting into other firmware");
      }
      return;
    }
    update = Optional.empty();
    if (ending instanceof Ending.Declined declined) {
      forget();
      end(order, new Result.Declined(declined.refusal()), declined.state());
    } else if (ending instanceof Ending.Failed failed) {
      forget();
      end(order, new Result.Failed(failed.refusal()), failed.state());
    }
  }

  private void end(Order order, Result result, UpdateState state) {
    show(
        new UpdateProgress(
            ((Instruction.Upgrade) order.command().instruction()).version(),
            state,
            result instanceof Result.Executed ? 100 : 0));
    equipment.concluded(order.command(), result);
    record.orElseThrow().concludeBegun(order.intent(), order.command().verb(), result);
  }

  // What was fetched for an order that is over is of no use.
  private void forget() {
    try {
      Update.forget(kit);
    } catch (IOException e) {
      site.events().trouble(device(), "what was fetched stays on disk: " + e.getMessage());
    }
  }
}
