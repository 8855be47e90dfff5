// SPDX-License-Identifier: Apache-2.0
package energy.muster.command;

import java.math.BigDecimal;

/** Active power, exact, from 0 to 10 GW. */
public record Power(BigDecimal kilowatts) implements Comparable<Power> {
  private static final BigDecimal MAX = new BigDecimal("10000000");
  private static final int MAX_SCALE = 6;

  public static final Power ZERO = new Power(BigDecimal.ZERO);

  public Power {
    kilowatts = kilowatts.signum() == 0 ? BigDecimal.ZERO : kilowatts.stripTrailingZeros();
    if (kilowatts.scale() < 0) {
      kilowatts = kilowatts.setScale(0);
    }
    if (kilowatts.signum() < 0 || kilowatts.compareTo(MAX) > 0 || kilowatts.scale() > MAX_SCALE) {
      throw new IllegalArgumentException(
          "power is 0 to 10,000,000 kW with at most 6 decimals, not "
              + kilowatts.toEngineeringString());
    }
  }

  public static Power kilowatts(BigDecimal kilowatts) {
    return new Power(kilowatts);
  }

  public static Power kilowatts(double kilowatts) {
    return new Power(BigDecimal.valueOf(kilowatts));
  }

  public Power plus(Power other) {
    return new Power(kilowatts.add(other.kilowatts));
  }

  /** Nothing where the other is more. */
  public Power minus(Power other) {
    return compareTo(other) <= 0 ? ZERO : new Power(kilowatts.subtract(other.kilowatts));
  }

  public Power min(Power other) {
    return compareTo(other) <= 0 ? this : other;
  }

  @Override
  public int compareTo(Power other) {
    return kilowatts.compareTo(other.kilowatts);
  }

  @Override
  public String toString() {
    return kilowatts.toPlainString() + " kW";
  }
}
