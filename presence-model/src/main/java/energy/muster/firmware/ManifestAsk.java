// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.seal.Digest;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.Objects;

/**
 * Asks the service for one manifest; it answers with the same element around the sealed document.
 *
 * @param manifest digest of the signed content
 */
public record ManifestAsk(Digest manifest) {
  public ManifestAsk {
    Objects.requireNonNull(manifest);
  }

  public static ManifestAsk read(Payload payload) {
    return Fields.readAll(
        payload.requireJson(), fields -> new ManifestAsk(fields.value("manifest", Digest::parse)));
  }

  public Payload payload() {
    return Payload.of(Wire.FIRMWARE_MANIFEST, Json.object().put("manifest", manifest.toString()));
  }
}
