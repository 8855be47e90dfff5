// SPDX-License-Identifier: Apache-2.0
package energy.muster.metering;

import java.math.BigDecimal;

/**
 * What went through a meter over a time.
 *
 * @param intervals of which it is the sum, those without a value included
 * @param estimated how many of them are estimated
 * @param missing how many of them have no value
 */
public record EnergySum(long importWh, long exportWh, int intervals, int estimated, int missing) {
  private static final int WH_OF_KWH_DIGITS = 3;

  public BigDecimal importKwh() {
    return kwh(importWh);
  }

  public BigDecimal exportKwh() {
    return kwh(exportWh);
  }

  /** Exact, with three decimals. */
  public static BigDecimal kwh(long wh) {
    return BigDecimal.valueOf(wh, WH_OF_KWH_DIGITS);
  }
}
