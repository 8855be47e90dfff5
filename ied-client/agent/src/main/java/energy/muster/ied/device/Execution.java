// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.command.Command;
import energy.muster.command.Verb;
import energy.muster.ied.gate.Admission;
import energy.muster.ied.journal.Intent;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/** Carries out orders that are on disk, one at a time. Used by one thread at a time. */
final class Execution {
  private final Equipment equipment;
  private final OrderRecord record;
  private final Executor executor;
  private final InstantSource clock;
  private final Function<Admission, Optional<Refusal>> overtaken;
  private final Upgrades upgrades;
  private volatile boolean busy;

  /**
   * @param overtaken why an order that is on disk is not to be begun after all
   */
  Execution(
      Equipment equipment,
      OrderRecord record,
      Executor executor,
      InstantSource clock,
      Function<Admission, Optional<Refusal>> overtaken,
      Upgrades upgrades) {
    this.upgrades = upgrades;
    this.clock = clock;
    this.overtaken = overtaken;
    this.equipment = equipment;
    this.record = record;
    this.executor = executor;
  }

  boolean busy() {
    return busy;
  }

  /** An order is about to be written down as begun: no other may come between. */
  void reserve() {
    busy = true;
  }

  /** It could not be written down, so it is not begun. */
  void release() {
    busy = false;
  }

  /**
   * Acts, once, for the order that reserved this; unless what it was judged by is no longer so:
   * while it was written down its time may have passed, the device may have undone something or
   * somebody may have worked at it.
   */
  void act(Admission admission, Intent intent) {
    Optional<Refusal> tooLate = late(admission.command()).or(() -> overtaken.apply(admission));
    if (tooLate.isPresent()) {
      acted(admission.command(), intent, new Result.Declined(tooLate.get()));
    } else if (admission.verb() == Verb.UPGRADE) {
      // It takes long, and others are carried out meanwhile.
      busy = false;
      upgrades.begin(admission.command(), intent);
    } else {
      CompletableFuture<Result> done = equipment.act(admission).toCompletableFuture();
      if (!done.isDone()) {
        record.takesTime(intent.key());
      }
      whenDone(done, result -> acted(admission.command(), intent, result));
    }
  }

  private Optional<Refusal> late(Command command) {
    Instant now = clock.instant();
    return now.isAfter(command.executeBy())
        ? Optional.of(
            Refusal.of(
                Reason.STALE,
                "to be executed by %s; it was written down only at %s",
                command.executeBy(),
                now))
        : Optional.empty();
  }

  private void acted(Command command, Intent intent, Result result) {
    busy = false;
    equipment.concluded(command, result);
    record.concludeBegun(intent, command.verb(), result);
  }

  /** Looks, which needs no reservation. */
  void look(Admission admission, Consumer<Result> then) {
    whenDone(equipment.act(admission).toCompletableFuture(), then);
  }

  private void whenDone(CompletableFuture<Result> done, Consumer<Result> then) {
    if (done.isDone() && !done.isCompletedExceptionally()) {
      then.accept(done.join());
      return;
    }
    var unused =
        done.exceptionally(
                fault -> new Result.Uncertain("the driver failed: " + fault.getMessage()))
            .thenAcceptAsync(then, executor);
  }
}
