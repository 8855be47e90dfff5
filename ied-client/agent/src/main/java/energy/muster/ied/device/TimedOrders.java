// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.command.Command;
import energy.muster.identity.BareJid;
import energy.muster.ied.gate.Admission;
import energy.muster.ied.gate.CommandKey;
import energy.muster.ied.gate.Gate;
import energy.muster.ied.gate.Situation;
import energy.muster.ied.gate.Verdict;
import energy.muster.ied.journal.Intent;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Takes orders with a time of their own, and begins or refuses them when it has come. Used by one
 * thread at a time.
 */
final class TimedOrders {
  private final BareJid device;
  private final Site site;
  private final Executor executor;
  private final Gate gate;
  private final Situation situation;
  private final Equipment equipment;
  private final OrderRecord record;
  private final WaitingOrders waiting;
  private final Execution execution;
  private final Cancelling cancelling;
  private final Tombstones tombstones;
  private final Supplier<String> state;

  /**
   * @param state of the device as it is to be saved, which names the orders that wait
   */
  TimedOrders(
      BareJid device,
      Site site,
      Executor executor,
      Gate gate,
      Situation situation,
      Equipment equipment,
      OrderRecord record,
      WaitingOrders waiting,
      Execution execution,
      Cancelling cancelling,
      Tombstones tombstones,
      Supplier<String> state) {
    this.device = device;
    this.site = site;
    this.executor = executor;
    this.gate = gate;
    this.situation = situation;
    this.equipment = equipment;
    this.record = record;
    this.waiting = waiting;
    this.execution = execution;
    this.cancelling = cancelling;
    this.tombstones = tombstones;
    this.state = state;
  }

  /** Why an order is not even kept until it is due. */
  Optional<Refusal> refuse(Admission admission) {
    return waiting.full()
        ? Optional.of(
            Refusal.of(
                Reason.BUSY,
                "%d orders wait here for their time already; cancel one",
                WaitingOrders.MOST))
        : equipment.refuseEver(admission);
  }

  /** Keeps an order: it is named as waiting when its intent is there, lest it count as begun. */
  void take(Admission admission, Receipt receipt) {
    Command command = admission.command();
    Intent intent = Intent.of(admission);
    record.take(intent, receipt);
    waiting.announce(intent, command);
    var unused =
        site.journal()
            .intend(device, intent, state.get())
            .whenCompleteAsync(
                (synced, error) -> {
                  if (error == null) {
                    waiting.ready(intent.key());
                    record.taken(intent.key());
                    supersede(intent, command);
                    equipment.tell();
                  } else {
                    waiting.remove(intent.key());
                    record.forget(intent.key());
                  }
                },
                executor);
  }

  /** An order was taken: the one it replaces, if that waits or has not come, is not begun. */
  void supersede(Intent by, Command command) {
    command
        .supersedes()
        .map(id -> new CommandKey(by.key().issuer(), id))
        .filter(replaced -> !replaced.equals(by.key()))
        .ifPresent(replaced -> supersede(by, replaced));
  }

  private void supersede(Intent by, CommandKey replaced) {
    Optional<WaitingOrders.Entry> order = waiting.find(replaced);
    if (order.isPresent()) {
      Refusal refusal = Refusal.of(Reason.SUPERSEDED, "%s takes its place", by.key().id());
      var unused = cancelling.withdraw(order.get(), refusal);
    } else if (record.digest(replaced).isEmpty()) {
      var unused = tombstones.replace(replaced, by);
    }
  }

  /** What the last run may have left undone. */
  void supersedeAll() {
    waiting.all().forEach(order -> supersede(order.intent(), order.command()));
  }

  void beginDue() {
    for (Optional<WaitingOrders.Entry> due = waiting.next();
        due.isPresent() && !execution.busy();
        due = waiting.next()) {
      judge(due.get());
    }
    if (waiting.next().isPresent()) {
      waiting.again();
    } else {
      waiting.arm();
    }
  }

  private void judge(WaitingOrders.Entry due) {
    Verdict verdict = gate.judgeDue(due.intent().sealed(), due.intent().target(), situation);
    if (verdict instanceof Verdict.Accepted accepted) {
      equipment
          .refuse(accepted.admission())
          .ifPresentOrElse(
              refusal -> decline(due, refusal), () -> begin(accepted.admission(), due));
    } else if (verdict instanceof Verdict.Declined declined) {
      decline(due, declined.refusal());
    } else if (verdict instanceof Verdict.Unheeded unheeded) {
      decline(due, unheeded.refusal());
    } else {
      throw new IllegalStateException("an order that is due is begun or refused, not " + verdict);
    }
  }

  private void decline(WaitingOrders.Entry due, Refusal refusal) {
    waiting.remove(due.intent().key());
    equipment.tell();
    record.concludeBegun(due.intent(), due.command().verb(), new Result.Declined(refusal));
  }

  // Once the state on disk does not name it as waiting, it counts as begun.
  private void begin(Admission admission, WaitingOrders.Entry due) {
    execution.reserve();
    waiting.remove(due.intent().key());
    var unused =
        site.journal()
            .save(device, state.get())
            .whenCompleteAsync(
                (saved, error) -> {
                  if (error == null) {
                    equipment.tell();
                    execution.act(admission, due.intent());
                  } else {
                    execution.release();
                    waiting.restore(due.intent(), due.command());
                    waiting.again();
                  }
                },
                executor);
  }
}
