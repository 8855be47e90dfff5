// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Other prices for some intervals of a series. What was said at first is kept beside them.
 *
 * @param amends the document of the series
 * @param version counts from 2, the series itself being 1; a higher one counts over a lower
 * @param reason for people
 * @param changes 1 to 3,000, one for an interval
 */
public record PriceAmendment(
    Header header,
    OfferName name,
    DocumentId amends,
    long version,
    String reason,
    List<Change> changes)
    implements PriceDocument {

  /**
   * Another price.
   *
   * @param at when the interval starts
   */
  public record Change(Instant at, BigDecimal price) {
    public Change {
      Objects.requireNonNull(at);
      Objects.requireNonNull(price);
    }

    private static Change read(Fields fields) {
      return new Change(fields.instant("at"), fields.value("price", Decimals::parse));
    }

    private ObjectNode write() {
      return Json.object().put("at", at.toString()).put("price", price.toPlainString());
    }
  }

  public PriceAmendment {
    Objects.requireNonNull(name);
    Objects.requireNonNull(amends);
    Terms.label(reason);
    Terms.require(
        header.type() == DocumentType.PRICE_AMENDMENT, "the header is not of a price-amendment");
    Terms.require(version >= 2, "an amendment's version counts from 2");
    changes = Terms.atMost(PriceSeries.MOST, "changes", changes);
    Terms.require(!changes.isEmpty(), "an amendment changes something");
    Terms.distinct("changes", changes.stream().map(Change::at).toList());
  }

  /** A later amendment that says anew all that the other says. */
  @Override
  public boolean replaces(PriceDocument other, Instant now) {
    return other instanceof PriceAmendment lower
        && lower.amends.equals(amends)
        && lower.version < version
        && changes.stream()
            .map(Change::at)
            .collect(Collectors.toSet())
            .containsAll(lower.changes.stream().map(Change::at).toList());
  }

  public static PriceAmendment read(byte[] signed) {
    return Fields.readAll(Json.parse(signed), PriceAmendment::read);
  }

  static PriceAmendment read(Fields fields) {
    return new PriceAmendment(
        Header.read(fields, DocumentType.PRICE_AMENDMENT),
        new OfferName(fields.text("supplier"), fields.text("series")),
        fields.value("amends", DocumentId::new),
        fields.integer("version"),
        fields.text("reason"),
        Terms.listed(fields, "changes", Change::read));
  }

  @Override
  public byte[] write() {
    ObjectNode object =
        header
            .write()
            .put("supplier", name.supplier())
            .put("series", name.name())
            .put("amends", amends.text())
            .put("version", version)
            .put("reason", reason);
    Terms.put(object, "changes", changes, Change::write);
    return Json.bytes(object);
  }

  /** Such as {@code northco/day-ahead amendment 2}. */
  @Override
  public String toString() {
    return name + " amendment " + version;
  }
}
