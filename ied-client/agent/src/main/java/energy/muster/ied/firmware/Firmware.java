// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.firmware.FirmwareVersion;
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
 */
public record Firmware(
    String product,
    FirmwareVersion version,
    long counter,
    Optional<Digest> manifest,
    Optional<CommandKey> order) {
  public Firmware {
    Objects.requireNonNull(product);
    Objects.requireNonNull(version);
    Objects.requireNonNull(manifest);
    Objects.requireNonNull(order);
  }

  static Firmware of(Manifest manifest, Digest digest, CommandKey order) {
    return new Firmware(
        manifest.product(),
        manifest.version(),
        manifest.counter(),
        Optional.of(digest),
        Optional.of(order));
  }

  static Firmware read(Fields fields) {
    return new Firmware(
        fields.text("product"),
        fields.value("version", FirmwareVersion::parse),
        fields.integer("counter"),
        fields.optionalValue("manifest", Digest::parse),
        fields.optionalObject("order").map(order -> order.all(Firmware::readKey)));
  }

  ObjectNode write() {
    ObjectNode object =
        Json.object()
            .put("product", product)
            .put("version", version.toString())
            .put("counter", counter);
    manifest.ifPresent(digest -> object.put("manifest", digest.toString()));
    order.ifPresent(key -> object.set("order", write(key)));
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
