// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;

/**
 * The measured and rated quantities presence may carry, each with its one unit (UCUM case-sensitive
 * code).
 */
public enum Quantity {
  LOAD("load", "%", 0, 1_000),
  POWER("power", "kW", -10_000_000, 10_000_000),
  SHEDDABLE("sheddable", "kW", 0, 10_000_000),
  LIMIT("limit", "kW", 0, 10_000_000),
  CAPACITY("capacity", "kW", 0, 10_000_000),
  FUEL("fuel", "%", 0, 100),
  TEMPERATURE("temperature", "Cel", -273.15, 3_000),
  ENERGY("energy", "kW.h", -1e12, 1e12);

  /** Longer numbers are not measured but made up. */
  public static final int MAX_DIGITS = 24;

  private final String wire;
  private final String unit;
  private final BigDecimal least;
  private final BigDecimal most;

  Quantity(String wire, String unit, double least, double most) {
    this.wire = wire;
    this.unit = unit;
    this.least = BigDecimal.valueOf(least);
    this.most = BigDecimal.valueOf(most);
  }

  /** Refuses what no such thing can measure. */
  public BigDecimal require(BigDecimal value) {
    if (value.compareTo(least) < 0
        || value.compareTo(most) > 0
        || value.precision() > MAX_DIGITS
        || Math.abs(value.scale()) > MAX_DIGITS) {
      throw new IllegalArgumentException(
          "%s is %s to %s %s, not %s"
              .formatted(
                  wire, least.toPlainString(), most.toPlainString(), unit, value.toString()));
    }
    return value;
  }

  public String wire() {
    return wire;
  }

  public String unit() {
    return unit;
  }

  /** The unit as people write it. */
  public String spokenUnit() {
    return switch (this) {
      case TEMPERATURE -> "°C";
      case ENERGY -> "kWh";
      default -> unit;
    };
  }

  public static Optional<Quantity> ofWire(String wire) {
    return Arrays.stream(values()).filter(quantity -> quantity.wire.equals(wire)).findFirst();
  }
}
