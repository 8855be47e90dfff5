// SPDX-License-Identifier: Apache-2.0
package energy.muster.outcome;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.seal.Digest;
import java.util.Objects;

/**
 * The question what became of a command whose time to be delivered is over: it names the command
 * and does not carry it. Not signed, because its answer moves nothing but an order that is stale.
 *
 * @param digest of the command's signed bytes
 */
public record Inquiry(BareJid issuer, DocumentId id, Digest digest) {
  public Inquiry {
    Objects.requireNonNull(issuer);
    Objects.requireNonNull(id);
    Objects.requireNonNull(digest);
  }

  /** Reads the JSON of an {@code inquire} element, or refuses it. */
  public static Inquiry read(ObjectNode json) {
    return Fields.readAll(
        json,
        fields ->
            new Inquiry(
                fields.value("issuer", BareJid::parse),
                fields.value("id", DocumentId::new),
                fields.value("digest", Digest::parse)));
  }

  public ObjectNode write() {
    return Json.object()
        .put("issuer", issuer.toString())
        .put("id", id.text())
        .put("digest", digest.toString());
  }
}
