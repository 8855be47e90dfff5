// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import java.util.Comparator;

/** Which tariff of which supplier, whatever its version. Typed {@code northco/e-tou-c}. */
public record TariffName(String supplier, String tariff) implements Comparable<TariffName> {
  private static final Comparator<TariffName> ORDER =
      Comparator.comparing(TariffName::supplier).thenComparing(TariffName::tariff);

  public TariffName {
    Terms.name(supplier);
    Terms.name(tariff);
  }

  public static TariffName parse(String text) {
    int slash = text.indexOf('/');
    Terms.require(slash > 0, "'%s' is no tariff, such as northco/e-tou-c", text);
    return new TariffName(text.substring(0, slash), text.substring(slash + 1));
  }

  @Override
  public int compareTo(TariffName other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return supplier + "/" + tariff;
  }
}
