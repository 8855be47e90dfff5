// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A person holds an upgrade back, or lets it go on. To end it for good its order is cancelled.
 *
 * @param order the upgrade
 */
public record CampaignAct(Header header, DocumentId order, Kind kind, String reason) {
  private static final int MAX_REASON = 500;

  /** What is done. */
  public enum Kind {
    /** No further device begins; those that have begun go on. */
    PAUSE,
    /** It goes on, also where its own threshold had stopped it. */
    RESUME;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> ofWire(String wire) {
      return Arrays.stream(values()).filter(kind -> kind.wire().equals(wire)).findFirst();
    }
  }

  public CampaignAct {
    if (header.type() != DocumentType.CAMPAIGN_ACT) {
      throw new IllegalArgumentException("the header is not of campaign-act");
    }
    Objects.requireNonNull(order);
    Objects.requireNonNull(kind);
    if (reason.isBlank() || reason.length() > MAX_REASON) {
      throw new IllegalArgumentException("a reason has 1 to " + MAX_REASON + " characters");
    }
  }

  public static CampaignAct read(byte[] signed) {
    return Fields.readAll(Json.parse(signed), CampaignAct::read);
  }

  private static CampaignAct read(Fields fields) {
    return new CampaignAct(
        Header.read(fields, DocumentType.CAMPAIGN_ACT),
        fields.value("order", DocumentId::new),
        fields.oneOf("act", Kind::ofWire),
        fields.text("reason"));
  }

  /** The bytes to sign. */
  public byte[] write() {
    return Json.bytes(
        header.write().put("order", order.text()).put("act", kind.wire()).put("reason", reason));
  }
}
