// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.alarm;

import energy.muster.alarm.Reading;
import energy.muster.alarm.Trigger;
import energy.muster.alarm.Trigger.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** What one rule sees of the samples. */
interface Signal {
  static Signal of(Trigger trigger) {
    if (trigger instanceof Trigger.Level level) {
      return new LevelSignal(level);
    }
    if (trigger instanceof Trigger.Rate rate) {
      return new RateSignal(rate);
    }
    return new NoticedSignal((Trigger.Noticed) trigger);
  }

  void take(Sample sample, Instant at);

  /** Lets time pass, up to {@link #next} at the furthest. */
  default void pass(Instant at) {}

  /** When it is another without a sample. */
  default Optional<Instant> next() {
    return Optional.empty();
  }

  /** Whether it is as the rule describes, given whether there is an alarm already. */
  boolean met(boolean active);

  /** What is compared with the limit; empty for a happening, or while nothing is measured. */
  default Optional<BigDecimal> value() {
    return Optional.empty();
  }

  /** Of two values the one further into the alarm. */
  default BigDecimal worse(BigDecimal one, BigDecimal other) {
    return side().worse(one, other);
  }

  default Side side() {
    return Side.ABOVE;
  }

  /** The value there is now beside the worst there was. */
  default Optional<Reading> reading(Optional<BigDecimal> worst) {
    return Optional.empty();
  }
}
