// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.service.Timing;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before asking again: doubling, with 20 % jitter so that retries spread. */
final class Backoff {
  private static final double JITTER = 0.2;

  private final Timing timing;
  private int failures;

  Backoff(Timing timing) {
    this.timing = timing;
  }

  Duration next() {
    long base = timing.firstRetry().toMillis();
    long longest = timing.longestRetry().toMillis();
    for (int i = 0; i < failures && base < longest; i++) {
      base *= 2;
    }
    failures++;
    double factor = 1 - JITTER + 2 * JITTER * ThreadLocalRandom.current().nextDouble();
    return Duration.ofMillis((long) (Math.min(base, longest) * factor));
  }

  void reset() {
    failures = 0;
  }
}
