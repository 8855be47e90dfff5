// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.command.Command;
import energy.muster.ied.gate.Admission;
import energy.muster.ied.gate.CommandKey;
import energy.muster.ied.journal.Intent;
import energy.muster.outcome.Inquiry;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Orders that ended before they came: asked after when their time to be delivered was over, taken
 * back by their issuer, or replaced by an order that came first. The id is written down as taken,
 * so that whatever comes by it later is never begun. Used by one thread at a time.
 */
final class Tombstones {
  // They stand for the content of an order of which only the id is known.
  private static final Digest TAKEN_BACK = standIn(0);
  private static final Digest REPLACED = standIn(1);

  static final int ASKED_A_MINUTE = 100;

  private static final Map<Digest, Refusal> WHY =
      Map.of(
          TAKEN_BACK, new Refusal(Reason.CANCELLED, "its issuer took it back before it came"),
          REPLACED, new Refusal(Reason.SUPERSEDED, "another order took its place before it came"));

  // An order lives this long at the most, and a day more for the clocks.
  private static final Duration KEPT = Command.LONGEST_UPGRADE.plusDays(1);
  private static final String NOTHING = "{}";

  private final OrderRecord record;
  private final InstantSource clock;
  private final Executor executor;
  private final RefusalCount asked;

  Tombstones(OrderRecord record, InstantSource clock, Executor executor, RefusalCount asked) {
    this.record = record;
    this.clock = clock;
    this.executor = executor;
    this.asked = asked;
  }

  private static Digest standIn(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) number;
    return new Digest(bytes);
  }

  /** Whether of the order only its id is known. */
  static boolean unseen(Digest digest) {
    return WHY.containsKey(digest);
  }

  /** Answers what became of a command; one that never came ends here and now. */
  void answer(String from, Inquiry inquiry, Receipt receipt) {
    CommandKey key = new CommandKey(inquiry.issuer(), inquiry.id());
    Optional<Digest> known = record.digest(key);
    if (known.isEmpty()) {
      neverCame(from, key, inquiry.digest(), receipt);
    } else if (unseen(known.get())) {
      Result result = new Result.Declined(WHY.get(known.get()));
      record.received(receipt, key);
      record.send(key, result, record.write(key.id(), inquiry.digest(), result));
    } else if (known.get().equals(inquiry.digest())) {
      record.repeat(key, receipt);
    } else {
      receipt.refuse(
          Refusal.of(Reason.ID_CONFLICT, "command %s came here with other content", key));
    }
  }

  private void neverCame(String from, CommandKey key, Digest digest, Receipt receipt) {
    if (!asked.recorded(from, clock.instant())) {
      receipt.refuse(
          Refusal.of(
              Reason.RATE_LIMITED,
              "more than %d questions this minute after what never came; ask again",
              ASKED_A_MINUTE));
      return;
    }
    Result result =
        new Result.Declined(
            new Refusal(Reason.STALE, "never received; its time to be delivered is over"));
    Sealed outcome = record.write(key.id(), digest, result);
    Intent intent = new Intent(key, digest, outcome, NOTHING, NOTHING, clock.instant().plus(KEPT));
    record.take(intent, receipt);
    var unused =
        record
            .conclude(intent, result, outcome)
            .whenCompleteAsync(
                (kept, error) -> {
                  if (error == null) {
                    record.taken(key);
                  } else {
                    record.forget(key);
                  }
                },
                executor);
  }

  /** Why an order is not begun whose cancel, or whose replacement, came first. */
  Optional<Refusal> endedBefore(CommandKey key) {
    return record.digest(key).map(WHY::get);
  }

  /** Writes down that what this cancel takes back is never to be begun. */
  CompletableFuture<Void> bury(Admission cancel, CommandKey key, Sealed outcome) {
    return bury(key, TAKEN_BACK, Intent.of(cancel), outcome);
  }

  /** Writes down that what this order replaces, which has not come, is never to be begun. */
  CompletableFuture<Void> replace(CommandKey key, Intent by) {
    Result result = new Result.Declined(WHY.get(REPLACED));
    return bury(key, REPLACED, by, record.write(key.id(), REPLACED, result));
  }

  private CompletableFuture<Void> bury(
      CommandKey key, Digest standIn, Intent because, Sealed outcome) {
    return record.bury(
        new Intent(
            key,
            standIn,
            because.sealed(),
            because.content(),
            because.leaf(),
            clock.instant().plus(KEPT)),
        outcome);
  }
}
