// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.seal.Digest;
import java.util.Objects;

/**
 * One firmware that devices may take.
 *
 * @param manifest digest of the signed content of its {@link Manifest}
 */
public record Release(String product, FirmwareVersion version, Digest manifest) {
  public Release {
    Hardware.requireName("a product", product);
    Objects.requireNonNull(version);
    Objects.requireNonNull(manifest);
  }

  static Release read(Fields fields) {
    return new Release(
        fields.text("product"),
        fields.value("version", FirmwareVersion::parse),
        fields.value("manifest", Digest::parse));
  }

  ObjectNode write() {
    return Json.object()
        .put("product", product)
        .put("version", version.toString())
        .put("manifest", manifest.toString());
  }
}
