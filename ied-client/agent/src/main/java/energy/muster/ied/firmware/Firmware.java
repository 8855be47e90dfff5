// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.firmware.ImageScan;
import energy.muster.firmware.Manifest;
import energy.muster.identity.BareJid;
import energy.muster.ied.gate.CommandKey;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.seal.Digest;
import java.util.Objects;
import java.util.Optional;

/**
 * What stands in a slot.
 *
 * @param counter its rollback counter
 * @param manifest by which it was installed; empty for what the device came with
 * @param order the upgrade by which it was; empty for what the device came with
 * @param scan whether it was looked through before; empty for what the device came with
 */
public record Firmware(
    String product,
    FirmwareVersion version,
    long counter,
    Optional<Digest> manifest,
    Optional<CommandKey> order,
    Optional<ImageScan> scan) {
  public Firmware {
    Objects.requireNonNull(product);
    Objects.requireNonNull(version);
    Objects.requireNonNull(manifest);
    Objects.requireNonNull(order);
    Objects.requireNonNull(scan);
  }

  /** What a device came with. */
  public static Firmware delivered(String product, FirmwareVersion version, long counter) {
    return new Firmware(
        product, version, counter, Optional.empty(), Optional.empty(), Optional.empty());
  }

  static Firmware of(Manifest manifest, Digest digest, CommandKey order, ImageScan scan) {
    return new Firmware(
        manifest.product(),
        manifest.version(),
        manifest.counter(),
        Optional.of(digest),
        Optional.of(order),
        Optional.of(scan));
  }

  static Firmware read(Fields fields) {
    return new Firmware(
        fields.text("product"),
        fields.value("version", FirmwareVersion::parse),
        fields.integer("counter"),
        fields.optionalValue("manifest", Digest::parse),
        fields.optionalObject("order").map(order -> order.all(Firmware::readKey)),
        fields.optionalObject("scan").map(scan -> scan.all(ImageScan::read)));
  }

  ObjectNode write() {
    ObjectNode object =
        Json.object()
            .put("product", product)
            .put("version", version.toString())
            .put("counter", counter);
    manifest.ifPresent(digest -> object.put("manifest", digest.toString()));
    order.ifPresent(key -> object.set("order", write(key)));
    scan.ifPresent(said -> object.set("scan", said.write()));
    return object;
  }

  static CommandKey readKey(Fields fields) {
    return new CommandKey(
        fields.value("issuer", BareJid::parse), fields.value("id", DocumentId::new));
  }

  static ObjectNode write(CommandKey key) {
    return Json.object().put("issuer", key.issuer().toString()).put("id", key.id().text());
  }
}
