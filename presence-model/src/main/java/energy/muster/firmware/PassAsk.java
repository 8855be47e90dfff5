// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.seal.Digest;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.Objects;

/**
 * Asks the service for leave to fetch one image over HTTPS; the answer is a {@link Pass}.
 *
 * @param image digest of the whole image
 */
public record PassAsk(Digest image) {
  public PassAsk {
    Objects.requireNonNull(image);
  }

  public static PassAsk read(Payload payload) {
    return Fields.readAll(
        payload.requireJson(), fields -> new PassAsk(fields.value("image", Digest::parse)));
  }

  public Payload payload() {
    return Payload.of(Wire.FIRMWARE_PASS, Json.object().put("image", image.toString()));
  }
}
