// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The phrases that all drivers answer with. */
final class Answers {
  static final String READ_BACK = "read back after a restart: ";

  private Answers() {}

  static CompletionStage<Result> executed(String text) {
    return CompletableFuture.completedFuture(new Result.Executed(text));
  }

  static CompletionStage<Result> declined(Refusal refusal) {
    return CompletableFuture.completedFuture(new Result.Declined(refusal));
  }

  static Optional<Refusal> no(Reason reason, String text) {
    return Optional.of(new Refusal(reason, text));
  }

  static Optional<Refusal> unsupported(Order order, String kind) {
    return no(Reason.UNSUPPORTED, "a " + kind + " does not " + order.verb());
  }

  /** The answer after a restart in the middle of an order. */
  static Result readBack(boolean asOrdered, String reading) {
    return asOrdered
        ? new Result.Executed(READ_BACK + reading)
        : new Result.Failed(
            new Refusal(
                Reason.HARDWARE_FAULT,
                "the device restarted before it was done; it reads back: " + reading));
  }

  /** Whole seconds until then, rounded up, so that "0 s left" is never said too early. */
  static long secondsUntil(Instant now, Instant then) {
    return Math.max(0, Duration.between(now, then).plusMillis(999).toSeconds());
  }

  static BigDecimal tenths(BigDecimal value) {
    return value.setScale(1, RoundingMode.HALF_UP);
  }

  static BigDecimal tenths(double value) {
    return tenths(BigDecimal.valueOf(value));
  }
}
