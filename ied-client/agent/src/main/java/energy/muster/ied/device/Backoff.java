// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** 1 s doubling to 60 s, give or take 20 %, so that a crowd does not come back in step. */
final class Backoff {
  private static final long FIRST_MILLIS = 1_000;
  private static final long LONGEST_MILLIS = 60_000;
  private static final int DOUBLINGS = 6;
  private static final double JITTER = 0.2;

  private int failures;

  Duration next() {
    long millis = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures, DOUBLINGS));
    failures++;
    double factor = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
    return Duration.ofMillis(Math.round(millis * factor));
  }

  void reset() {
    failures = 0;
  }
}
