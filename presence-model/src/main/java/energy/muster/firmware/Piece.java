// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.Base64;

/**
 * Some bytes of an image, or of the list of its pieces, as they travel over XMPP. They say nothing
 * of themselves: whoever takes them checks them against what was signed.
 */
public final class Piece {
  /** The most bytes that travel at once; a list of chunks is cut into pieces of this length. */
  public static final int LONGEST = Image.LONGEST_CHUNK;

  private static final int LONGEST_TEXT = (LONGEST + 2) / 3 * 4;

  private final byte[] bytes;

  /** Takes up to {@link #LONGEST} bytes; more are refused as too large. */
  public Piece(byte[] bytes) {
    if (bytes.length > LONGEST) {
      throw tooLarge();
    }
    this.bytes = bytes.clone();
  }

  public static Piece read(Payload payload) {
    String text = Fields.readAll(payload.requireLargeJson(), fields -> fields.text("bytes"));
    if (text.length() > LONGEST_TEXT) {
      throw tooLarge();
    }
    try {
      return new Piece(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw new Refused(Reason.MALFORMED, "field bytes is not base64");
    }
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /** As an element of that name. */
  public Payload payload(Wire wire) {
    return Payload.of(wire, Json.object().put("bytes", Base64.getEncoder().encodeToString(bytes)));
  }

  private static Refused tooLarge() {
    return new Refused(Refusal.of(Reason.TOO_LARGE, "at most %d bytes travel at once", LONGEST));
  }
}
