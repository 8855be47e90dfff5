// SPDX-License-Identifier: Apache-2.0
package energy.muster.json;

import java.math.BigDecimal;

/**
 * Decimal numbers from outside. Of a short one with an exponent, what is written out, as arithmetic
 * and people want it, could be of any length.
 */
public final class Numbers {
  /** Places before or behind the point, and characters, of what was measured or ordered. */
  public static final int MOST_PLACES = 32;

  private Numbers() {}

  /**
   * Reads a number of at most so many characters, and so many places before or behind the point.
   */
  public static BigDecimal read(String text, int most) {
    if (text.length() <= most) {
      BigDecimal number = new BigDecimal(text);
      if (fits(number, most)) {
        return number;
      }
    }
    throw new IllegalArgumentException("a number has at most " + most + " characters and places");
  }

  static boolean fits(BigDecimal number, int most) {
    return Math.abs((long) number.scale()) <= most;
  }
}
