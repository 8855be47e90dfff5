// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What one firmware is, by the word of whoever built it. It lets no device take it: for that it
 * must stand in the {@link Releases} of somebody else.
 *
 * @param product what it is a version of
 * @param counter the rollback counter: a device never goes back to a lower one, whatever the
 *     versions are called
 * @param vendor whose hardware it is for
 * @param models which of the vendor's models
 * @param from the lowest version from which a device can go to it; empty where any will do
 * @param needs of other parts of the device, by name, the lowest version
 * @param expires from then on no device takes it
 * @param notes for people: what is new
 */
public record Manifest(
    Header header,
    String product,
    FirmwareVersion version,
    long counter,
    String vendor,
    List<String> models,
    Image image,
    Optional<FirmwareVersion> from,
    SortedMap<String, FirmwareVersion> needs,
    Instant expires,
    List<String> notes) {
  private static final int MOST_MODELS = 64;
  private static final int MOST_NEEDS = 16;
  private static final int MOST_NOTES = 32;
  private static final int LONGEST_NOTE = 500;

  /** What would move a reader's cursor, or turn what it says around. */
  private static final Pattern NOT_TEXT =
      Pattern.compile("[\\p{Cc}\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");

  public Manifest {
    require(
        header.type() == DocumentType.FIRMWARE_MANIFEST, "the header is not of firmware-manifest");
    Hardware.requireName("a product", product);
    Objects.requireNonNull(version);
    require(counter >= 0, "the rollback counter counts from 0");
    Hardware.requireName("a vendor", vendor);
    models = List.copyOf(models);
    require(
        !models.isEmpty() && models.size() <= MOST_MODELS,
        "a firmware is for 1 to " + MOST_MODELS + " models");
    models.forEach(model -> Hardware.requireName("a model", model));
    expires = expires.truncatedTo(ChronoUnit.SECONDS);
    Objects.requireNonNull(image);
    require(
        from.filter(lowest -> lowest.compareTo(version) > 0).isEmpty(),
        "one cannot have to come from a higher version");
    needs = Collections.unmodifiableSortedMap(new TreeMap<>(needs));
    require(needs.size() <= MOST_NEEDS, "at most " + MOST_NEEDS + " other parts");
    needs.keySet().forEach(part -> Hardware.requireName("a part", part));
    require(expires.isAfter(header.issuedAt()), "it expires before it is issued");
    notes = List.copyOf(notes);
    require(
        notes.size() <= MOST_NOTES
            && notes.stream().allMatch(note -> note.length() <= LONGEST_NOTE),
        "at most %d notes of %d characters".formatted(MOST_NOTES, LONGEST_NOTE));
    require(
        notes.stream().noneMatch(note -> NOT_TEXT.matcher(note).find()),
        "a note is a line of text, without control characters");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  public boolean fits(Hardware hardware) {
    return vendor.equals(hardware.vendor()) && models.contains(hardware.model());
  }

  public static Manifest read(byte[] signed) {
    return Fields.readAll(Json.parse(signed), Manifest::read);
  }

  private static Manifest read(Fields fields) {
    return new Manifest(
        Header.read(fields, DocumentType.FIRMWARE_MANIFEST),
        fields.text("product"),
        fields.value("version", FirmwareVersion::parse),
        fields.integer("counter"),
        fields.text("vendor"),
        fields.values("models", model -> model),
        fields.object("image").all(Image::read),
        fields.optionalValue("from", FirmwareVersion::parse),
        Installed.readParts(fields, "needs"),
        fields.instant("expires"),
        fields.values("notes", note -> note));
  }

  /** The bytes to sign. */
  public byte[] write() {
    ObjectNode object =
        header
            .write()
            .put("product", product)
            .put("version", version.toString())
            .put("counter", counter)
            .put("vendor", vendor);
    ArrayNode models = object.putArray("models");
    models().forEach(models::add);
    object.set("image", image.write());
    from.ifPresent(lowest -> object.put("from", lowest.toString()));
    Installed.writeParts(object, "needs", needs);
    object.put("expires", expires.toString());
    ArrayNode notes = object.putArray("notes");
    notes().forEach(notes::add);
    return Json.bytes(object);
  }
}
