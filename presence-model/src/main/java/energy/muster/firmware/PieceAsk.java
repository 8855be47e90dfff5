// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.seal.Digest;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.Objects;

/**
 * Asks for one piece of an image ({@link Wire#FIRMWARE_CHUNK}) or of the list of its pieces ({@link
 * Wire#FIRMWARE_LIST}); the answer is a {@link Piece}.
 *
 * @param image digest of the whole image
 * @param index of the piece, counted from 0
 */
public record PieceAsk(Digest image, int index) {
  public PieceAsk {
    Objects.requireNonNull(image);
    if (index < 0) {
      throw new IllegalArgumentException("pieces count from 0");
    }
  }

  public static PieceAsk read(Payload payload) {
    return Fields.readAll(
        payload.requireJson(),
        fields ->
            new PieceAsk(
                fields.value("image", Digest::parse), Math.toIntExact(fields.integer("index"))));
  }

  /** As an element of that name. */
  public Payload payload(Wire wire) {
    return Payload.of(wire, Json.object().put("image", image.toString()).put("index", index));
  }
}
