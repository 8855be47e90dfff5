// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a bill is rounded to the currency's minor unit, half away from zero. */
public enum Rounding {
  /** Every line as it is written; the total is the sum of the lines. */
  LINE,
  /** Only the total; lines stand there with all their decimals. */
  TOTAL;

  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Rounding> ofWire(String wire) {
    return Arrays.stream(values()).filter(each -> each.wire().equals(wire)).findFirst();
  }
}
