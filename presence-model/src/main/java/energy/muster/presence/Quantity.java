// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import java.util.Arrays;
import java.util.Optional;

/**
 * The measured and rated quantities presence may carry, each with its one unit (UCUM case-sensitive
 * code).
 */
public enum Quantity {
  LOAD("load", "%"),
  POWER("power", "kW"),
  SHEDDABLE("sheddable", "kW"),
  LIMIT("limit", "kW"),
  CAPACITY("capacity", "kW"),
  FUEL("fuel", "%"),
  TEMPERATURE("temperature", "Cel"),
  ENERGY("energy", "kW.h");

  private final String wire;
  private final String unit;

  Quantity(String wire, String unit) {
    this.wire = wire;
    this.unit = unit;
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
