// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.seal.Digest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every firmware that may be taken at one time, by the word of whoever releases it: what The Update
 * Framework has as snapshot and timestamp. It is short-lived, so that a device notices when newer
 * ones are kept from it, and whole, so that nobody can mix releases of different days.
 *
 * @param number rises with every list of the site; a device takes none below the highest it knows
 * @param expires from then on a device takes nothing by it; at most 30 days after it was issued
 */
public record Releases(Header header, long number, Instant expires, List<Release> releases) {
  public static final Duration LONGEST = Duration.ofDays(30);
  private static final int MOST = 100;

  public Releases {
    require(
        header.type() == DocumentType.FIRMWARE_RELEASES, "the header is not of firmware-releases");
    expires = expires.truncatedTo(ChronoUnit.SECONDS);
    require(number >= 1, "lists of releases count from 1");
    require(expires.isAfter(header.issuedAt()), "it expires before it is issued");
    require(
        !expires.isAfter(header.issuedAt().plus(LONGEST)),
        "a list of releases is good for at most " + LONGEST.toDays() + " days");
    releases = List.copyOf(releases);
    require(releases.size() <= MOST, "at most " + MOST + " releases");
    Set<String> seen = new HashSet<>();
    for (Release release : releases) {
      require(
          seen.add(release.product() + " " + release.version()),
          "%s %s stands in it twice".formatted(release.product(), release.version()));
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** The one of that version. */
  public Optional<Release> find(String product, FirmwareVersion version) {
    return releases.stream()
        .filter(release -> release.product().equals(product) && release.version().equals(version))
        .findFirst();
  }

  /** Whether the firmware with this manifest may be taken. */
  public boolean lists(Digest manifest) {
    return releases.stream().anyMatch(release -> release.manifest().equals(manifest));
  }

  public static Releases read(byte[] signed) {
    return Fields.readAll(Json.parse(signed), Releases::read);
  }

  private static Releases read(Fields fields) {
    return new Releases(
        Header.read(fields, DocumentType.FIRMWARE_RELEASES),
        fields.integer("number"),
        fields.instant("expires"),
        fields.objects("releases").stream().map(each -> each.all(Release::read)).toList());
  }

  /** The bytes to sign. */
  public byte[] write() {
    ObjectNode object = header.write().put("number", number).put("expires", expires.toString());
    ArrayNode all = object.putArray("releases");
    releases.forEach(release -> all.add(release.write()));
    return Json.bytes(object);
  }
}
