// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import java.io.IOException;
import java.util.Locale;

/**
 * Rounds before the measured ones, until they bring no more: three JVMs compile what they run
 * often, each method after some thousand calls, and measured is what they do then.
 */
final class WarmUp {
  private static final int MOST_ROUNDS = 40;
  private static final int ROUNDS_WITHOUT_GAIN = 4;
  private static final double GAIN = 0.97;

  /** Does what is measured, and says how long it took. */
  interface Round {
    double millis() throws IOException, InterruptedException;
  }

  private WarmUp() {}

  static void until(String bench, String each, Round round)
      throws IOException, InterruptedException {
    double best = Double.MAX_VALUE;
    int withoutGain = 0;
    for (int i = 0; i < MOST_ROUNDS && withoutGain < ROUNDS_WITHOUT_GAIN; i++) {
      double now = round.millis();
      withoutGain = now < GAIN * best ? 0 : withoutGain + 1;
      best = Math.min(best, now);
      System.err.printf(Locale.ROOT, "%s: warming up, %.1f ms %s now%n", bench, now, each);
    }
  }
}
