// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the service has of firmware, for whoever uploads or chooses one.
 *
 * @param releases number of the newest list of releases, 0 where there is none
 * @param expires when that list ends
 * @param scanner what the site has decided about the scanner: {@code required}, {@code optional} or
 *     {@code off}
 */
public record Depot(
    long releases, Optional<Instant> expires, String scanner, List<StoredFirmware> firmwares) {
  public Depot {
    Objects.requireNonNull(expires);
    Objects.requireNonNull(scanner);
    firmwares = List.copyOf(firmwares);
  }

  public static Depot read(ObjectNode json) {
    return Fields.of(json)
        .some(
            fields ->
                new Depot(
                    fields.integer("releases"),
                    fields.optionalInstant("expires"),
                    fields.text("scanner"),
                    fields.objects("firmwares").stream()
                        .map(each -> each.some(StoredFirmware::read))
                        .toList()));
  }

  public ObjectNode write() {
    ObjectNode object = Json.object().put("releases", releases);
    expires.ifPresent(at -> object.put("expires", at.toString()));
    object.put("scanner", scanner);
    ArrayNode all = object.putArray("firmwares");
    firmwares.forEach(each -> all.add(each.write()));
    return object;
  }
}
