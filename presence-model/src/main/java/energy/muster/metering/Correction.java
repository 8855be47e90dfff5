// SPDX-License-Identifier: Apache-2.0
package energy.muster.metering;

import java.time.Instant;
import java.util.Objects;

/**
 * A value that took the place of another.
 *
 * @param original what stood there before
 * @param by what stands there since
 * @param reason for people
 * @param at when it was put there
 */
public record Correction(IntervalEnergy original, IntervalEnergy by, String reason, Instant at) {
  public Correction {
    Objects.requireNonNull(reason);
    Objects.requireNonNull(at);
    if (!original.start().equals(by.start())) {
      throw new IllegalArgumentException("a correction is of the same interval");
    }
  }
}
