// SPDX-License-Identifier: Apache-2.0
package energy.muster.response;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.tariff.OfferName;
import java.util.Objects;
import java.util.Optional;

/**
 * A device's signed word that it takes its energy from another supplier from now on.
 *
 * @param reason for people; 1 to 500 characters
 * @param usage what its own usage comes to with both; empty where the prices of the moment decided
 */
public record SupplierChange(
    Header header, OfferName from, OfferName to, String reason, Optional<UsageCost> usage) {
  private static final int MAX_REASON = 500;

  public SupplierChange {
    Objects.requireNonNull(from);
    Objects.requireNonNull(to);
    Objects.requireNonNull(usage);
    if (header.type() != DocumentType.SUPPLIER_CHANGE) {
      throw new IllegalArgumentException("the header is not of a supplier-change");
    }
    if (from.equals(to)) {
      throw new IllegalArgumentException("a change is to another offer");
    }
    if (reason.isBlank() || reason.length() > MAX_REASON) {
      throw new IllegalArgumentException("a reason has 1 to " + MAX_REASON + " characters");
    }
  }

  public static SupplierChange read(byte[] signed) {
    return Fields.readAll(
        Json.parse(signed),
        fields ->
            new SupplierChange(
                Header.read(fields, DocumentType.SUPPLIER_CHANGE),
                fields.value("from", OfferName::parse),
                fields.value("to", OfferName::parse),
                fields.text("reason"),
                fields.optionalObject("usage").map(each -> each.all(UsageCost::read))));
  }

  /** The bytes to sign. */
  public byte[] write() {
    ObjectNode object =
        header.write().put("from", from.toString()).put("to", to.toString()).put("reason", reason);
    usage.ifPresent(cost -> object.set("usage", cost.write()));
    return Json.bytes(object);
  }
}
