// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.seal.Digest;
import java.util.Objects;
import java.util.Optional;

/**
 * What a device runs, by its own signed word; given when a session begins and when it changes. An
 * upgrade has succeeded when this says so, and not before.
 *
 * @param manifest by which the version was installed; empty for what it came with
 * @param order the upgrade by which it came to this version; empty for what it came with
 * @param scan whether the device had it looked through; empty for what it came with, and of devices
 *     that do not say
 * @param releases number of the highest list of releases that it knows; 0 for none
 */
public record FirmwareReport(
    Header header,
    Installed installed,
    Optional<Digest> manifest,
    Optional<DocumentId> order,
    Optional<ImageScan> scan,
    long releases) {
  public FirmwareReport {
    if (header.type() != DocumentType.FIRMWARE_REPORT) {
      throw new IllegalArgumentException("the header is not of firmware-report");
    }
    Objects.requireNonNull(installed);
    Objects.requireNonNull(manifest);
    Objects.requireNonNull(order);
    Objects.requireNonNull(scan);
    if (releases < 0) {
      throw new IllegalArgumentException("lists of releases count from 1");
    }
  }

  public static FirmwareReport read(byte[] signed) {
    return Fields.readAll(Json.parse(signed), FirmwareReport::read);
  }

  private static FirmwareReport read(Fields fields) {
    return new FirmwareReport(
        Header.read(fields, DocumentType.FIRMWARE_REPORT),
        fields.object("installed").all(Installed::read),
        fields.optionalValue("manifest", Digest::parse),
        fields.optionalValue("order", DocumentId::new),
        fields.optionalObject("scan").map(scan -> scan.all(ImageScan::read)),
        fields.integer("releases"));
  }

  /** The bytes to sign. */
  public byte[] write() {
    ObjectNode object = header.write();
    object.set("installed", installed.write());
    manifest.ifPresent(digest -> object.put("manifest", digest.toString()));
    order.ifPresent(id -> object.put("order", id.text()));
    scan.ifPresent(said -> object.set("scan", said.write()));
    object.put("releases", releases);
    return Json.bytes(object);
  }
}
