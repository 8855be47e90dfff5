// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.seal.Digest;
import java.util.List;
import java.util.Objects;

/**
 * A firmware of which the service has the manifest, and how much of its image is there.
 *
 * @param manifest digest of the manifest's signed content
 * @param released whether it stands in the newest list of releases
 * @param listThere whether the list of chunks is there; it comes first
 * @param chunksThere how many chunks of the image are there and are what was signed
 * @param missing the first runs of chunks that are not there
 * @param complete whether the whole image is there, is what was signed, and may be handed out
 * @param scan what the scanner said, in words: {@code clean}, {@code not scanned}, or what it found
 */
public record StoredFirmware(
    Digest manifest,
    String product,
    FirmwareVersion version,
    Image image,
    boolean released,
    boolean listThere,
    int chunksThere,
    List<Run> missing,
    boolean complete,
    String scan) {
  /** At most so many runs are named at a time. */
  public static final int MOST_RUNS = 64;

  /** Chunks from the first to the last of them. */
  public record Run(int first, int last) {
    public Run {
      if (first < 0 || last < first) {
        throw new IllegalArgumentException("a run goes from its first to its last chunk");
      }
    }
  }

  public StoredFirmware {
    Objects.requireNonNull(manifest);
    Hardware.requireName("a product", product);
    Objects.requireNonNull(version);
    Objects.requireNonNull(image);
    missing = List.copyOf(missing);
    Objects.requireNonNull(scan);
  }

  static StoredFirmware read(Fields fields) {
    return new StoredFirmware(
        fields.value("manifest", Digest::parse),
        fields.text("product"),
        fields.value("version", FirmwareVersion::parse),
        fields.object("image").all(Image::read),
        fields.flag("released"),
        fields.flag("listThere"),
        Math.toIntExact(fields.integer("chunksThere")),
        fields.objects("missing").stream().map(each -> each.some(StoredFirmware::run)).toList(),
        fields.flag("complete"),
        fields.text("scan"));
  }

  private static Run run(Fields fields) {
    return new Run(
        Math.toIntExact(fields.integer("first")), Math.toIntExact(fields.integer("last")));
  }

  ObjectNode write() {
    ObjectNode object =
        Json.object()
            .put("manifest", manifest.toString())
            .put("product", product)
            .put("version", version.toString());
    object.set("image", image.write());
    object.put("released", released).put("listThere", listThere).put("chunksThere", chunksThere);
    ArrayNode runs = object.putArray("missing");
    missing.forEach(run -> runs.addObject().put("first", run.first()).put("last", run.last()));
    return object.put("complete", complete).put("scan", scan);
  }
}
