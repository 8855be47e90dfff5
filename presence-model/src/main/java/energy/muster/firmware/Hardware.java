// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import java.util.regex.Pattern;

/** What a device is made of: whose, and which of their models. */
public record Hardware(String vendor, String model) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  public Hardware {
    requireName("a vendor", vendor);
    requireName("a model", model);
  }

  /** Refuses what is no name of a vendor, a model or a product. */
  public static void requireName(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          what + " is 1 to 64 letters, digits, dots, underscores and hyphens: '" + name + "'");
    }
  }

  /** Reads what {@link #toString} writes. */
  public static Hardware parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("hardware is vendor/model: '" + text + "'");
    }
    return new Hardware(text.substring(0, slash), text.substring(slash + 1));
  }

  @Override
  public String toString() {
    return vendor + "/" + model;
  }
}
