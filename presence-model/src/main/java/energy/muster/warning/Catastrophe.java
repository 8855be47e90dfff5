// SPDX-License-Identifier: Apache-2.0
package energy.muster.warning;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is worth a warning: it does harm before a person could be asked. */
public enum Catastrophe {
  SHORT_CIRCUIT,
  EARTH_FAULT,
  ARC_FLASH,
  OVER_VOLTAGE;

  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Catastrophe> ofWire(String wire) {
    return Arrays.stream(values()).filter(event -> event.wire().equals(wire)).findFirst();
  }

  @Override
  public String toString() {
    return wire();
  }
}
