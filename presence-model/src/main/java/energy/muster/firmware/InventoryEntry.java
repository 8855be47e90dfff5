// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.seal.Digest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What one device runs by its own signed word, and how that stands to what is released.
 *
 * @param at when it said so, by its clock
 * @param manifest by which it was installed; empty for what it came with
 * @param order the upgrade that brought it
 * @param scan whether the device had it looked through before it installed it, if it says so
 * @param releases number of the highest list of releases that the device knows
 * @param newest the highest released version that fits its hardware, if there is one
 */
public record InventoryEntry(
    BareJid device,
    Installed installed,
    Instant at,
    Optional<Digest> manifest,
    Optional<DocumentId> order,
    Optional<ImageScan> scan,
    long releases,
    Optional<FirmwareVersion> newest,
    Standing standing) {

  /** How what runs stands to what is released. */
  public enum Standing {
    /** It runs the newest release that fits it. */
    CURRENT,
    /** A newer release fits it: it needs an upgrade. */
    BEHIND,
    /** It runs what the list of releases does not name, or by another manifest than that names. */
    DRIFTED,
    /** Nothing is released for it. */
    UNRELEASED;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Standing> ofWire(String wire) {
      return Arrays.stream(values()).filter(each -> each.wire().equals(wire)).findFirst();
    }
  }

  public InventoryEntry {
    Objects.requireNonNull(device);
    Objects.requireNonNull(installed);
    Objects.requireNonNull(at);
    Objects.requireNonNull(manifest);
    Objects.requireNonNull(order);
    Objects.requireNonNull(scan);
    Objects.requireNonNull(newest);
    Objects.requireNonNull(standing);
  }

  static InventoryEntry read(Fields fields) {
    return new InventoryEntry(
        fields.value("device", BareJid::parse),
        fields.object("installed").some(Installed::read),
        fields.instant("at"),
        fields.optionalValue("manifest", Digest::parse),
        fields.optionalValue("order", DocumentId::new),
        fields.optionalObject("scan").map(scan -> scan.some(ImageScan::read)),
        fields.integer("releases"),
        fields.optionalValue("newest", FirmwareVersion::parse),
        fields.oneOf("standing", Standing::ofWire));
  }

  ObjectNode write() {
    ObjectNode object = Json.object().put("device", device.toString());
    object.set("installed", installed.write());
    object.put("at", at.toString());
    manifest.ifPresent(digest -> object.put("manifest", digest.toString()));
    order.ifPresent(id -> object.put("order", id.text()));
    scan.ifPresent(said -> object.set("scan", said.write()));
    object.put("releases", releases);
    newest.ifPresent(version -> object.put("newest", version.toString()));
    return object.put("standing", standing.wire());
  }
}
