// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import java.util.Optional;

/**
 * How hard and which storm.
 *
 * @param rounds 1 to 100,000; one takes 6 to 25 s
 * @param seed what strikes when is drawn from it
 * @param control a guard to switch off
 */
public record StormOptions(int rounds, long seed, Optional<Control> control) {
  private static final int USUAL_ROUNDS = 3;
  private static final int MOST_ROUNDS = 100_000;

  public StormOptions {
    if (rounds < 1 || rounds > MOST_ROUNDS) {
      throw new IllegalArgumentException("rounds are 1 to " + MOST_ROUNDS + ", not " + rounds);
    }
  }

  /** A short one that is always the same. */
  public static StormOptions usual() {
    return new StormOptions(USUAL_ROUNDS, 1, Optional.empty());
  }

  /** As many rounds as usual, by default. */
  public static StormOptions of(Optional<Integer> rounds, long seed, Optional<Control> control) {
    return new StormOptions(rounds.orElse(USUAL_ROUNDS), seed, control);
  }
}
