// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The most by which power may change in a minute, UCUM kW/min.
 *
 * @param kilowattsPerMinute above 0, at most 10,000,000
 */
public record Ramp(BigDecimal kilowattsPerMinute) {
  private static final BigDecimal MAX = BigDecimal.valueOf(10_000_000);

  public Ramp {
    if (kilowattsPerMinute.signum() <= 0 || kilowattsPerMinute.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          "a ramp is above 0 and at most 10,000,000 kW/min, not "
              + kilowattsPerMinute.toEngineeringString());
    }
  }

  /** The one that takes longer, where there are two. */
  public static Optional<Ramp> slower(Optional<Ramp> one, Optional<Ramp> other) {
    return Stream.concat(one.stream(), other.stream())
        .min(Comparator.comparing(Ramp::kilowattsPerMinute));
  }

  @Override
  public String toString() {
    return kilowattsPerMinute.stripTrailingZeros().toPlainString() + " kW/min";
  }
}
