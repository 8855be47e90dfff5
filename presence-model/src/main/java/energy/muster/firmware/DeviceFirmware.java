// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.util.Objects;
import java.util.Optional;

/**
 * What a device says in its presence of what it runs. A hint: what a decision rests on is the
 * signed {@link FirmwareReport}.
 *
 * @param boot how often the device has started, over its life
 * @param update how far it is with another version; empty while there is none
 */
public record DeviceFirmware(
    String product, FirmwareVersion version, long boot, Optional<UpdateProgress> update) {
  public DeviceFirmware {
    Hardware.requireName("a product", product);
    Objects.requireNonNull(version);
    Objects.requireNonNull(update);
    if (boot < 0) {
      throw new IllegalArgumentException("starts count from 0");
    }
  }

  /** Ignores unknown fields: an older reader may know less of a newer device's presence. */
  public static DeviceFirmware read(Fields fields) {
    return fields.some(
        known ->
            new DeviceFirmware(
                known.text("product"),
                known.value("version", FirmwareVersion::parse),
                known.integer("boot"),
                known.optionalObject("update").map(update -> update.some(UpdateProgress::read))));
  }

  public ObjectNode write() {
    ObjectNode object =
        Json.object().put("product", product).put("version", version.toString()).put("boot", boot);
    update.ifPresent(progress -> object.set("update", progress.write()));
    return object;
  }
}
