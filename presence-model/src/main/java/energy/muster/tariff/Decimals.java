// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Exact numbers as documents have them. Each is a string in JSON, so that no reader on the way
 * makes a binary fraction of it.
 */
public final class Decimals {
  private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,8})(\\.[0-9]{1,8})?");

  private Decimals() {}

  /** At most 9 digits, a point and at most 8 more. */
  public static BigDecimal parse(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no decimal: at most 9 digits, a point and at most 8 more");
    }
    return new BigDecimal(text);
  }
}
