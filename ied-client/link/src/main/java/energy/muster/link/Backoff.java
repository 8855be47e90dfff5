// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next try: 1 s doubling to 30 s, each 20 % more or less so that a
 * thousand clients do not come back in the same instant. Not safe for use by many threads.
 */
final class Backoff {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final double JITTER = 0.2;

  private final DoubleSupplier random;
  private Duration step = SHORTEST;

  /** Takes the source of jitter, uniform in [0, 1). */
  Backoff(DoubleSupplier random) {
    this.random = random;
  }

  Duration next() {
    Duration wait = jittered(step);
    Duration doubled = step.multipliedBy(2);
    step = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return wait;
  }

  /** The longest wait at once, for what will not mend by itself. */
  Duration longest() {
    step = LONGEST;
    return next();
  }

  void reset() {
    step = SHORTEST;
  }

  private Duration jittered(Duration wait) {
    double factor = 1 - JITTER + 2 * JITTER * random.getAsDouble();
    return Duration.ofMillis(Math.round(wait.toMillis() * factor));
  }
}
