// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.json.Fields;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.time.Instant;

/** What a tariff-publisher says of prices, in whatever form. */
public sealed interface PriceDocument permits Tariff, PriceSeries, PriceAmendment {
  Header header();

  /** Of whose tariff or series it speaks. */
  OfferName name();

  /** The bytes to sign. */
  byte[] write();

  /**
   * Whether nothing that lies ahead needs the other any more once this one is there. Two series
   * never do that to each other, because they do not overlap.
   */
  default boolean replaces(PriceDocument other, Instant now) {
    return false;
  }

  /** Reads whichever it says it is. */
  static PriceDocument read(Fields fields) {
    String type = fields.text("type");
    if (type.equals(DocumentType.TARIFF.wire())) {
      return Tariff.read(fields);
    }
    if (type.equals(DocumentType.PRICE_SERIES.wire())) {
      return PriceSeries.read(fields);
    }
    if (type.equals(DocumentType.PRICE_AMENDMENT.wire())) {
      return PriceAmendment.read(fields);
    }
    throw new Refused(Reason.MALFORMED, "a " + type + " does not speak of prices");
  }
}
