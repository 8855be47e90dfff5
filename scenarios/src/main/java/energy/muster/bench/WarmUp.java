// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/**
 * Rounds before the measured ones, until they bring no more: three JVMs compile what they run
 * often, each method after some thousand calls, and what is to be measured is what they do then.
 * That takes some ten thousand orders; before, the compilers are half of what the machine does.
 */
final class WarmUp {
  private static final Duration LONGEST = Duration.ofMinutes(6);
  private static final int ROUNDS_WITHOUT_GAIN = 4;
  private static final double GAIN = 0.97;

  /** Of one core, at most, by all compilers together. */
  private static final double IDLE = 0.05;

  /** Does what is measured, and says how long it took. */
  interface Round {
    double millis() throws IOException, InterruptedException;
  }

  private WarmUp() {}

  static void until(String bench, String each, Round round)
      throws IOException, InterruptedException {
    double best = Double.MAX_VALUE;
    double compiling = 1;
    int withoutGain = 0;
    long until = System.nanoTime() + LONGEST.toNanos();
    while (System.nanoTime() < until && (withoutGain < ROUNDS_WITHOUT_GAIN || compiling > IDLE)) {
      Duration worked = Compilers.worked();
      long begin = System.nanoTime();
      double now = round.millis();
      long took = System.nanoTime() - begin;
      compiling = (double) Compilers.worked().minus(worked).toNanos() / took;
      withoutGain = now < GAIN * best ? 0 : withoutGain + 1;
      best = Math.min(best, now);
      System.err.printf(
          Locale.ROOT,
          "%s: warming up, %.1f ms %s now, compiling for %.0f %% of a core%n",
          bench,
          now,
          each,
          100 * compiling);
    }
  }
}
