// SPDX-License-Identifier: Apache-2.0
package energy.muster.outcome;

import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.seal.Digest;
import java.util.Objects;

/**
 * A person's signed word that nobody will learn what became of one delivery: it ends as {@code
 * uncertain}. Later evidence from the device is added to it, never put in its place.
 *
 * @param command the id of the command
 * @param commandDigest of the command's signed bytes, so that it cannot be moved to another order
 * @param device whose delivery it is
 * @param reason why no answer is to be expected, 1 to 500 characters
 */
public record WriteOff(
    Header header, DocumentId command, Digest commandDigest, BareJid device, String reason) {
  public static final int MAX_REASON = 500;

  public WriteOff {
    Objects.requireNonNull(command);
    Objects.requireNonNull(commandDigest);
    Objects.requireNonNull(device);
    if (header.type() != DocumentType.WRITE_OFF) {
      throw new IllegalArgumentException("the header is not of a write-off");
    }
    if (reason.isBlank() || reason.length() > MAX_REASON) {
      throw new IllegalArgumentException(
          "a write-off says why, in 1 to " + MAX_REASON + " characters");
    }
  }

  public static WriteOff read(byte[] signed) {
    return Fields.readAll(Json.parse(signed), WriteOff::read);
  }

  private static WriteOff read(Fields fields) {
    return new WriteOff(
        Header.read(fields, DocumentType.WRITE_OFF),
        fields.value("command", DocumentId::new),
        fields.value("commandDigest", Digest::parse),
        fields.value("device", BareJid::parse),
        fields.text("reason"));
  }

  /** The bytes to sign. */
  public byte[] write() {
    return Json.bytes(
        header
            .write()
            .put("command", command.text())
            .put("commandDigest", commandDigest.toString())
            .put("device", device.toString())
            .put("reason", reason));
  }
}
