// SPDX-License-Identifier: Apache-2.0
package energy.muster.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The fields every sealed document begins with.
 *
 * @param site the utility's name for the network, so that a document of one site means nothing on
 *     another
 * @param issuer who says it; the seal must be by the same account
 * @param issuedAt by the issuer's clock, to the millisecond; never trusted for judging certificates
 */
public record Header(
    DocumentType type, String site, DocumentId id, BareJid issuer, Instant issuedAt) {
  public static final int VERSION = 1;

  private static final Pattern SITE = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");

  public Header {
    Objects.requireNonNull(type);
    Objects.requireNonNull(id);
    Objects.requireNonNull(issuer);
    issuedAt = issuedAt.truncatedTo(ChronoUnit.MILLIS);
    if (!SITE.matcher(site).matches()) {
      throw new IllegalArgumentException(
          "a site is 1 to 63 characters of a-z, 0-9, dot and hyphen: '" + site + "'");
    }
  }

  public static Header read(Fields fields, DocumentType expected) {
    String type = fields.text("type");
    if (!type.equals(expected.wire())) {
      throw new Refused(Reason.MALFORMED, "expected a " + expected.wire() + ", got '" + type + "'");
    }
    if (fields.integer("v") != VERSION) {
      throw new Refused(
          Reason.UNSUPPORTED, "only version " + VERSION + " of a " + type + " is known");
    }
    return new Header(
        expected,
        fields.text("site"),
        fields.value("id", DocumentId::new),
        fields.value("issuer", BareJid::parse),
        fields.instant("issuedAt"));
  }

  /** Refuses what was said on another site. */
  public void requireSite(String here) {
    if (!site.equals(here)) {
      throw new Refused(Reason.WRONG_TARGET, "it is of the site " + site);
    }
  }

  /** A new object that begins with these fields. */
  public ObjectNode write() {
    return Json.object()
        .put("type", type.wire())
        .put("v", VERSION)
        .put("site", site)
        .put("id", id.text())
        .put("issuer", issuer.toString())
        .put("issuedAt", issuedAt.toString());
  }
}
