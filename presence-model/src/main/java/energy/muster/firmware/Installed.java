// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a device runs.
 *
 * @param counter the rollback counter of it
 * @param boot how often the device has started, over its life: a version counts as installed only
 *     when it comes with a higher one
 * @param parts versions of what is not part of the image, such as its boot loader
 */
public record Installed(
    Hardware hardware,
    String product,
    FirmwareVersion version,
    long counter,
    long boot,
    SortedMap<String, FirmwareVersion> parts) {
  public Installed {
    Objects.requireNonNull(hardware);
    Hardware.requireName("a product", product);
    Objects.requireNonNull(version);
    if (counter < 0 || boot < 0) {
      throw new IllegalArgumentException("counters count from 0");
    }
    parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
  }

  static Installed read(Fields fields) {
    return new Installed(
        fields.value("hardware", Hardware::parse),
        fields.text("product"),
        fields.value("version", FirmwareVersion::parse),
        fields.integer("counter"),
        fields.integer("boot"),
        readParts(fields, "parts"));
  }

  ObjectNode write() {
    ObjectNode object =
        Json.object()
            .put("hardware", hardware.toString())
            .put("product", product)
            .put("version", version.toString())
            .put("counter", counter)
            .put("boot", boot);
    writeParts(object, "parts", parts);
    return object;
  }

  static SortedMap<String, FirmwareVersion> readParts(Fields fields, String name) {
    SortedMap<String, FirmwareVersion> parts = new TreeMap<>();
    fields
        .optionalObject(name)
        .ifPresent(
            object -> {
              for (String part : object.rest()) {
                parts.put(part, object.value(part, FirmwareVersion::parse));
              }
            });
    return parts;
  }

  static void writeParts(ObjectNode object, String name, SortedMap<String, FirmwareVersion> parts) {
    if (!parts.isEmpty()) {
      ObjectNode written = object.putObject(name);
      parts.forEach((part, version) -> written.put(part, version.toString()));
    }
  }
}
