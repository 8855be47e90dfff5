// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import java.util.Comparator;

/** A tariff or a price series of a supplier, whatever its version. Typed {@code northco/night}. */
public record OfferName(String supplier, String name) implements Comparable<OfferName> {
  private static final Comparator<OfferName> ORDER =
      Comparator.comparing(OfferName::supplier).thenComparing(OfferName::name);

  public OfferName {
    Terms.name(supplier);
    Terms.name(name);
  }

  public static OfferName parse(String text) {
    int slash = text.indexOf('/');
    Terms.require(slash > 0, "'%s' names no tariff or series, such as northco/night", text);
    return new OfferName(text.substring(0, slash), text.substring(slash + 1));
  }

  @Override
  public int compareTo(OfferName other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return supplier + "/" + name;
  }
}
