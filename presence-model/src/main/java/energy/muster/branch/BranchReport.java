// SPDX-License-Identifier: Apache-2.0
package energy.muster.branch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.Area;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A master IED's signed word to the people of its branch: what it decided, how that ended, or that
 * a person must decide.
 *
 * @param order what it speaks of, if of an order
 * @param text for people; 1 to 500 characters
 */
public record BranchReport(
    Header header, Area branch, Kind kind, Optional<DocumentId> order, String text) {
  public static final int MAX_TEXT = 500;

  /** What it is about. */
  public enum Kind {
    /** It has given an order by itself. */
    ORDERS,
    /** Such an order has ended. */
    ENDED,
    /** The branch needs something that no mandate lets it do. */
    ASKS;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> ofWire(String wire) {
      return Arrays.stream(values()).filter(kind -> kind.wire().equals(wire)).findFirst();
    }
  }

  public BranchReport {
    Objects.requireNonNull(branch);
    Objects.requireNonNull(order);
    if (header.type() != DocumentType.BRANCH_REPORT) {
      throw new IllegalArgumentException("the header is not of a branch-report");
    }
    if (order.isPresent() == (kind == Kind.ASKS)) {
      throw new IllegalArgumentException("what asks a person names no order, all else does");
    }
    if (text.isBlank() || text.length() > MAX_TEXT) {
      throw new IllegalArgumentException("a report has a text of 1 to " + MAX_TEXT + " characters");
    }
  }

  public static BranchReport read(byte[] signed) {
    return Fields.readAll(
        Json.parse(signed),
        fields ->
            new BranchReport(
                Header.read(fields, DocumentType.BRANCH_REPORT),
                fields.value("branch", Area::new),
                fields.oneOf("kind", Kind::ofWire),
                fields.optionalValue("order", DocumentId::new),
                fields.text("text")));
  }

  /** The bytes to sign. */
  public byte[] write() {
    ObjectNode object = header.write().put("branch", branch.name()).put("kind", kind.wire());
    order.ifPresent(id -> object.put("order", id.text()));
    return Json.bytes(object.put("text", text));
  }
}
