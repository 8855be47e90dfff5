// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The time for which an amount is owed. */
public enum Per {
  DAY,
  /** A billing month; for some of its days, their share of it. */
  MONTH,
  /** A calendar year; a day is a 365th of it, or a 366th. */
  YEAR;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Per> ofWire(String wire) {
    return Arrays.stream(values()).filter(per -> per.wire().equals(wire)).findFirst();
  }
}
