// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.command.Instruction;
import energy.muster.ied.gate.Admission;
import energy.muster.ied.gate.CommandKey;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.seal.Trust;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Takes orders back for those who gave them, and says definitely whether that worked: the order is
 * not carried out, or it was too late and this is what happened. Used by one thread at a time.
 */
final class Cancelling {
  private static final String NEVER_CAME = "it had not arrived, and will not be carried out";
  private static final Refusal ITSELF =
      new Refusal(Reason.INVALID_ARGUMENT, "a cancel names another order than itself");

  private final OrderRecord record;
  private final WaitingOrders waiting;
  private final Tombstones tombstones;
  private final Equipment equipment;
  private final Upgrades upgrades;
  private final Executor executor;
  private final Supplier<Trust> trust;
  private final Supplier<Instant> now;
  private final Function<CommandKey, CompletableFuture<Optional<Sealed>>> outcomes;

  Cancelling(
      OrderRecord record,
      WaitingOrders waiting,
      Tombstones tombstones,
      Equipment equipment,
      Upgrades upgrades,
      Executor executor,
      Supplier<Trust> trust,
      Supplier<Instant> now,
      Function<CommandKey, CompletableFuture<Optional<Sealed>>> outcomes) {
    this.record = record;
    this.waiting = waiting;
    this.tombstones = tombstones;
    this.equipment = equipment;
    this.upgrades = upgrades;
    this.executor = executor;
    this.trust = trust;
    this.now = now;
    this.outcomes = outcomes;
  }

  void carryOut(Admission admission, Instruction.Cancel cancel, Receipt receipt) {
    CommandKey key = new CommandKey(admission.issuer().jid(), cancel.command());
    if (key.equals(admission.key())) {
      end(admission, new Result.Declined(ITSELF), receipt);
      return;
    }
    record.take(admission, receipt);
    Optional<Receipt> taking = record.taking(key);
    if (taking.isPresent()) {
      // It is being written down; what becomes of it is known in a moment.
      var unused =
          taking
              .get()
              .recorded()
              .handleAsync((done, error) -> error, executor)
              .thenAcceptAsync(error -> judge(admission, key, receipt), executor);
    } else {
      judge(admission, key, receipt);
    }
  }

  private void judge(Admission admission, CommandKey key, Receipt receipt) {
    if (equipment.deselect(key.id(), key.issuer())) {
      end(admission, new Result.Executed("no longer selected"), receipt);
    } else if (waiting.find(key).isPresent()) {
      takeBack(admission, waiting.find(key).get(), receipt);
    } else if (endUpgrade(admission, key, receipt)) {
      equipment.tell();
    } else if (record.digest(key).isPresent()) {
      tooLate(admission, key, receipt);
    } else if (record.knowsOfAnother(key)) {
      Refusal refusal =
          Refusal.of(
              Reason.UNKNOWN,
              "%s gave no order by that id; who gave an order takes it back",
              key.issuer().local());
      end(admission, new Result.Declined(refusal), receipt);
    } else {
      bury(admission, key, receipt);
    }
  }

  /** Whether it was an upgrade that could still be stopped. */
  private boolean endUpgrade(Admission admission, CommandKey key, Receipt receipt) {
    Optional<Upgrades.Order> stopped = upgrades.stop(key);
    stopped.ifPresent(
        order -> {
          Refusal refusal =
              Refusal.of(Reason.CANCELLED, "%s took it back", admission.issuer().jid().local());
          var unused =
              record
                  .conclude(order.intent(), order.command().verb(), new Result.Declined(refusal))
                  .whenCompleteAsync(
                      (kept, error) -> {
                        if (error == null) {
                          end(admission, new Result.Executed("cancelled: the upgrade"), receipt);
                        } else {
                          upgrades.begin(order.command(), order.intent());
                          record.forget(admission.key());
                        }
                      },
                      executor);
        });
    return stopped.isPresent();
  }

  private void takeBack(Admission admission, WaitingOrders.Entry order, Receipt receipt) {
    String what =
        order.command().verb() + " was to be at " + order.at().truncatedTo(ChronoUnit.SECONDS);
    Refusal refusal =
        Refusal.of(Reason.CANCELLED, "%s; %s took it back", what, admission.issuer().jid().local());
    var unused =
        withdraw(order, refusal)
            .whenCompleteAsync(
                (kept, error) -> {
                  if (error == null) {
                    end(admission, new Result.Executed("cancelled: " + what), receipt);
                  } else {
                    record.forget(admission.key());
                  }
                },
                executor);
  }

  /** Ends an order that waits; it waits on if that cannot be written down. */
  CompletableFuture<Void> withdraw(WaitingOrders.Entry order, Refusal refusal) {
    waiting.remove(order.intent().key());
    CompletableFuture<Void> kept =
        record.conclude(order.intent(), order.command().verb(), new Result.Declined(refusal));
    return kept.whenCompleteAsync(
        (synced, error) -> {
          if (error != null) {
            waiting.restore(order.intent(), order.command());
            equipment.resave();
          }
          equipment.tell();
        },
        executor);
  }

  private void tooLate(Admission admission, CommandKey key, Receipt receipt) {
    if (tombstones.endedBefore(key).isPresent()) {
      end(admission, new Result.Executed(NEVER_CAME), receipt);
      return;
    }
    var unused =
        outcomes
            .apply(key)
            .handleAsync(
                (outcome, error) -> {
                  end(
                      admission,
                      outcome == null
                          ? new Result.Declined(
                              new Refusal(Reason.TOO_LATE, "what became of it cannot be read"))
                          : whatHappened(outcome),
                      receipt);
                  return null;
                },
                executor);
  }

  private Result whatHappened(Optional<Sealed> recorded) {
    if (recorded.isEmpty()) {
      return new Result.Declined(new Refusal(Reason.TOO_LATE, "it is being carried out"));
    }
    try {
      Outcome outcome = Outcome.read(trust.get().open(recorded.get(), now.get()).content());
      if (outcome.result() instanceof Result.Declined declined
          && declined.refusal().reason() == Reason.CANCELLED) {
        return new Result.Executed("it was taken back before: " + declined.text());
      }
      return new Result.Declined(
          Refusal.of(
              Reason.TOO_LATE,
              "it was %s at %s: %s",
              outcome.result().state(),
              outcome.header().issuedAt().truncatedTo(ChronoUnit.SECONDS),
              outcome.result().text()));
    } catch (Refused e) {
      // The device's own certificate has lapsed meanwhile.
      return new Result.Declined(new Refusal(Reason.TOO_LATE, "it was answered before"));
    }
  }

  private void bury(Admission admission, CommandKey key, Receipt receipt) {
    Result result = new Result.Executed(NEVER_CAME);
    Sealed outcome = record.write(admission.command().id(), admission.digest(), result);
    var unused =
        tombstones
            .bury(admission, key, outcome)
            .whenCompleteAsync(
                (kept, error) -> {
                  if (error == null) {
                    end(admission, result, receipt);
                  } else {
                    record.forget(admission.key());
                  }
                },
                executor);
  }

  private void end(Admission admission, Result result, Receipt receipt) {
    record.concludeUnbegun(admission, result, receipt);
  }
}
