// SPDX-License-Identifier: Apache-2.0
package energy.muster.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.FullJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.util.Objects;

/**
 * "This session is mine": sealed with the account's key over the service's nonce.
 *
 * @param nonce the service's challenge, base64url of 32 bytes, good for one proof
 * @param session the full JID that is proven
 * @param boot counts the starts of the client's host
 * @param journalSeq last sequence number of the client's journal; if it falls, a journal was
 *     restored from an older copy
 */
public record SessionProof(
    Header header, String nonce, FullJid session, long boot, long journalSeq) {

  public SessionProof {
    Objects.requireNonNull(nonce);
    Objects.requireNonNull(session);
    if (header.type() != DocumentType.SESSION) {
      throw new IllegalArgumentException("the header is not of a session proof");
    }
  }

  public static SessionProof read(byte[] signed) {
    return Fields.readAll(Json.parse(signed), SessionProof::read);
  }

  private static SessionProof read(Fields fields) {
    return new SessionProof(
        Header.read(fields, DocumentType.SESSION),
        fields.text("nonce"),
        fields.value("fullJid", FullJid::parse),
        fields.integer("boot"),
        fields.integer("journalSeq"));
  }

  /** The bytes to sign. */
  public byte[] write() {
    ObjectNode object =
        header
            .write()
            .put("nonce", nonce)
            .put("fullJid", session.toString())
            .put("boot", boot)
            .put("journalSeq", journalSeq);
    return Json.bytes(object);
  }
}
