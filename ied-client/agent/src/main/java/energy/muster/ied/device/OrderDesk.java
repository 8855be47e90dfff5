// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import energy.muster.identity.BareJid;
import energy.muster.ied.clock.Timer;
import energy.muster.ied.driver.Order;
import energy.muster.ied.gate.Admission;
import energy.muster.ied.gate.CommandKey;
import energy.muster.ied.gate.Gate;
import energy.muster.ied.gate.Point;
import energy.muster.ied.gate.Situation;
import energy.muster.ied.gate.Verdict;
import energy.muster.ied.journal.DeviceRecord;
import energy.muster.ied.journal.Intent;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.outcome.Inquiry;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes orders through their life on the device: judged, intended (on disk), carried out, concluded
 * (on disk), answered. An id is carried out at most once, because its intent is on disk before the
 * driver is called, and whatever has an intent is never begun again, unless it stands on disk as
 * waiting. Used by one thread at a time.
 */
final class OrderDesk {
  /** Of an answer to a read, which is one string of a document. */
  private static final int MOST_TEXT = 1_000;

  /** An order that waits for so near a time keeps the device from being interrupted. */
  private static final Duration SOON = Duration.ofMinutes(5);

  private static final Refusal LEAVING =
      new Refusal(Reason.BUSY, "the device is about to leave; bring it again when it is back");

  private final BareJid device;
  private final Site site;
  private final Executor executor;
  private final Gate gate;
  private final Equipment equipment;
  private final TimeNonce nonce;
  private final Upgrades upgrades;
  private final OrderRecord record;
  private final WaitingOrders waiting;
  private final Execution execution;
  private final TimedOrders timed;
  private final Tombstones tombstones;
  private final Cancelling cancelling;
  private final RefusalCount refusals;
  private final Situation situation;
  private boolean closed;

  OrderDesk(
      BareJid device,
      Site site,
      Executor executor,
      Timer timer,
      Gate gate,
      Equipment equipment,
      OutcomeWriter writer,
      TimeNonce nonce,
      Outbox outbox,
      Upgrades upgrades) {
    this.device = device;
    this.site = site;
    this.executor = executor;
    this.gate = gate;
    this.equipment = equipment;
    this.nonce = nonce;
    this.upgrades = upgrades;
    record = new OrderRecord(device, site, executor, timer, writer, outbox, this::state);
    waiting = new WaitingOrders(site.clock(), timer, this::beginDue);
    execution = new Execution(equipment, record, executor, site.clock(), this::overtaken, upgrades);
    upgrades.concludeBy(record, new Interrupting());
    tombstones =
        new Tombstones(
            record,
            site.clock(),
            executor,
            new RefusalCount(Tombstones.ASKED_A_MINUTE, this::told));
    situation = new DeviceSituation(site, record, tombstones, equipment, execution);
    cancelling =
        new Cancelling(
            record,
            waiting,
            tombstones,
            equipment,
            upgrades,
            executor,
            situation::trust,
            site.clock()::instant,
            key -> site.journal().outcome(device, key));
    timed =
        new TimedOrders(
            device,
            site,
            executor,
            gate,
            situation,
            equipment,
            record,
            waiting,
            execution,
            cancelling,
            tombstones,
            this::state);
    refusals = new RefusalCount(RefusalCount.RECORDED_A_MINUTE, this::told);
  }

  private void told(String sender, long count) {
    site.events().suppressed(device, sender, count);
  }

  /**
   * Takes up what the last run left: sends what was concluded, reads back what was begun, waits on
   * with what was waiting.
   */
  void resume(DeviceRecord left) {
    record.resume(left);
    Set<CommandKey> waited =
        left.state()
            .map(state -> WaitingOrders.read(Fields.of(Json.parse(state))))
            .orElse(Set.of());
    List<Intent> begun = new ArrayList<>();
    for (Intent intent : left.unfinished()) {
      if (waited.contains(intent.key())) {
        waiting.restore(intent, intent.command());
      } else {
        begun.add(intent);
      }
    }
    timed.supersedeAll();
    for (Intent intent : begun) {
      Command command = intent.command();
      // Before it is concluded, after which nobody asks any more what it takes the place of.
      timed.supersede(intent, command);
      if (command.verb() == Verb.UPGRADE) {
        upgraded(intent, command);
      } else {
        readBack(intent, command);
      }
    }
  }

  private void upgraded(Intent intent, Command command) {
    if (upgrades.resume(command, intent) == Upgrades.Resumed.NOT_HERE) {
      record.concludeBegun(intent, command.verb(), Upgrades.lost());
    }
  }

  /** What an upgrade must know of other orders. */
  private final class Interrupting implements Upgrades.Interruption {
    @Override
    public boolean busy() {
      return !idle();
    }

    @Override
    public boolean soon() {
      Instant near = site.clock().instant().plus(SOON);
      return waiting.all().stream().anyMatch(order -> order.at().isBefore(near));
    }
  }

  private void readBack(Intent intent, Command command) {
    Result result = equipment.readBack(command, Order.of(command, intent.target()));
    equipment.concluded(command, result);
    record.concludeBegun(intent, command.verb(), result);
  }

  /**
   * Judges what was delivered. The answer says that it was received and the outcome comes later; to
   * the service, an outcome that comes soon is the answer.
   */
  void take(String from, Payload payload, CompletableFuture<Payload> answer) {
    Receipt receipt = new Receipt(answer, ofService(from));
    if (closed) {
      receipt.refuse(LEAVING);
      return;
    }
    Verdict verdict = gate.judge(payload, situation);
    if (verdict instanceof Verdict.Accepted accepted) {
      if (accepted.admission().verb() == Verb.UPGRADE && !ofService(from)) {
        // It knows whose turn it is; brought by others, an order would jump its wave.
        unheeded(
            from,
            new Refusal(Reason.NOT_AUTHORISED, "the service alone brings an upgrade"),
            receipt);
      } else {
        begin(accepted.admission(), receipt);
      }
    } else if (verdict instanceof Verdict.Postponed postponed) {
      postpone(postponed.admission(), receipt);
    } else if (verdict instanceof Verdict.Declined declined) {
      site.events().command(device, declined.admission());
      decline(declined.admission(), declined.refusal(), receipt);
    } else if (verdict instanceof Verdict.Repeated repeated) {
      record.repeat(repeated.admission().key(), receipt);
    } else if (verdict instanceof Verdict.Unheeded unheeded) {
      unheeded(from, unheeded.refusal(), receipt);
    }
  }

  /** Says what became of a command; only the service asks that. */
  void inquire(String from, Payload payload, CompletableFuture<Payload> answer) {
    Receipt receipt = new Receipt(answer, false);
    if (closed) {
      receipt.refuse(LEAVING);
    } else if (ofService(from)) {
      tombstones.answer(from, Inquiry.read(payload.requireJson()), receipt);
    } else {
      unheeded(from, new Refusal(Reason.NOT_AUTHORISED, "only the service asks that"), receipt);
    }
  }

  private boolean ofService(String from) {
    return from.equals(Wire.service(device.domain()));
  }

  private void unheeded(String from, Refusal refusal, Receipt receipt) {
    if (refusals.recorded(from, site.clock().instant())) {
      site.events().unheeded(device, from, refusal);
    }
    receipt.refuse(refusal);
  }

  private void begin(Admission admission, Receipt receipt) {
    site.events().command(device, admission);
    Optional<Refusal> refusal = equipment.refuse(admission);
    if (refusal.isPresent()) {
      decline(admission, refusal.get(), receipt);
    } else if (Point.of(admission.verb()).isPresent()) {
      intend(admission, receipt);
    } else {
      look(admission, receipt);
    }
  }

  /** Takes an order that the device gives to itself, unless something forbids it. */
  Optional<Refusal> begin(Admission own) {
    Optional<Refusal> refusal =
        closed
            ? Optional.of(LEAVING)
            : execution.busy()
                ? Optional.of(new Refusal(Reason.BUSY, "another order is being carried out"))
                : equipment.refuse(own);
    if (refusal.isEmpty()) {
      site.events().command(device, own);
      intend(own, Receipt.none());
    }
    return refusal;
  }

  private Optional<Refusal> overtaken(Admission admission) {
    return gate.overtaken(admission, situation).or(() -> equipment.refuse(admission));
  }

  private void decline(Admission admission, Refusal refusal, Receipt receipt) {
    String sender = admission.issuer().jid().toString();
    if (refusals.recorded(sender, site.clock().instant())) {
      record.concludeUnbegun(admission, new Result.Declined(refusal), receipt);
    } else {
      receipt.refuse(
          Refusal.of(
              Reason.RATE_LIMITED, "too many refusals this minute; not recorded: %s", refusal));
    }
  }

  // What moves nothing needs no intent: done twice, it would be the same.
  private void look(Admission admission, Receipt receipt) {
    if (admission.command().instruction() instanceof Instruction.SyncTime sync) {
      record.concludeUnbegun(admission, nonce.take(sync), receipt);
      waiting.arm();
    } else if (admission.command().instruction() instanceof Instruction.Cancel cancel) {
      cancelling.carryOut(admission, cancel, receipt);
    } else {
      record.take(admission, receipt);
      execution.look(
          admission, result -> record.concludeUnbegun(admission, remarked(result), receipt));
    }
  }

  private Result remarked(Result read) {
    if (!(read instanceof Result.Executed done)) {
      return read;
    }
    String text =
        Stream.of(Optional.of(done.text()), Optional.of(remarks()), equipment.prices().standing())
            .flatMap(Optional::stream)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("; "));
    return new Result.Executed(
        text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT - 1) + "…");
  }

  /** What a person should know of the device beside its presence; empty as a rule. */
  String remarks() {
    return Stream.concat(equipment.remarks(site.zone()), waiting.remarks(site.zone()))
        .collect(Collectors.joining("; "));
  }

  private void intend(Admission admission, Receipt receipt) {
    Intent intent = Intent.of(admission);
    record.take(intent, receipt);
    execution.reserve();
    var unused =
        written(intent, admission.command())
            .whenCompleteAsync(
                (synced, error) -> {
                  if (error == null) {
                    if (admission.verb() == Verb.UPGRADE) {
                      record.taken(intent.key());
                    } else {
                      record.begun(intent.key());
                    }
                    timed.supersede(intent, admission.command());
                    execution.act(admission, intent);
                  } else {
                    execution.release();
                    record.forget(intent.key());
                  }
                },
                executor);
  }

  // Of one that could not be kept until its time, the state on disk may say still that it waits.
  private CompletableFuture<Void> written(Intent intent, Command command) {
    return command.executeAt().isPresent()
        ? site.journal().intend(device, intent, state())
        : site.journal().intend(device, intent);
  }

  private void postpone(Admission admission, Receipt receipt) {
    site.events().command(device, admission);
    Optional<Refusal> refusal = timed.refuse(admission);
    if (refusal.isPresent()) {
      decline(admission, refusal.get(), receipt);
    } else {
      timed.take(admission, receipt);
    }
  }

  private void beginDue() {
    timed.beginDue();
  }

  /** Takes no more orders: whatever is begun here, another run of the device may begin as well. */
  void close() {
    closed = true;
  }

  /** Whether nothing is being carried out or written down; what waits for its time may. */
  boolean idle() {
    return !execution.busy() && !record.writing();
  }

  void sweep(Instant now) {
    record.sweep(now);
  }

  /** What a restart must not forget, as one JSON object. */
  String state() {
    ObjectNode object = equipment.save();
    object.set("waiting", waiting.save());
    return Json.text(object);
  }

  CompletableFuture<Void> save() {
    return site.journal().save(device, state());
  }
}
