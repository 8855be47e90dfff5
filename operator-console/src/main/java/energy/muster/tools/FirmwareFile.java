// SPDX-License-Identifier: Apache-2.0
package energy.muster.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentType;
import energy.muster.firmware.Manifest;
import energy.muster.firmware.Release;
import energy.muster.firmware.Releases;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One sealed document about firmware, as a file holds it. */
record FirmwareFile(Path file, Sealed sealed) {
  static FirmwareFile read(Path file) throws IOException {
    List<Sealed> found = SealedFile.read(file);
    if (found.size() != 1) {
      throw new IOException(
          file + " holds " + found.size() + " sealed documents; expected one about firmware");
    }
    return new FirmwareFile(file, found.get(0));
  }

  /** As it was signed; by whom, and whether at all, has not been checked. */
  private byte[] content() {
    return sealed.unverified();
  }

  boolean is(DocumentType type) {
    return Json.parse(content()).path("type").asText().equals(type.wire());
  }

  Digest digest() {
    return Digest.of(content());
  }

  Manifest manifest() {
    require(DocumentType.FIRMWARE_MANIFEST, "a manifest, which bin/muster firmware manifest makes");
    return Manifest.read(content());
  }

  Releases releases() {
    require(
        DocumentType.FIRMWARE_RELEASES,
        "a list of releases, which bin/muster firmware release makes");
    return Releases.read(content());
  }

  private void require(DocumentType type, String expected) {
    if (!is(type)) {
      throw new Refused(Reason.MALFORMED, file + " is not " + expected);
    }
  }

  /** For people. */
  String words() {
    if (is(DocumentType.FIRMWARE_RELEASES)) {
      return words(releases());
    }
    return words(manifest(), digest());
  }

  ObjectNode json() {
    ObjectNode object = Json.object().put("file", file.toString());
    object.put("digest", digest().toString());
    object.set("content", Json.parse(content()));
    return object;
  }

  private static String words(Manifest manifest, Digest digest) {
    StringBuilder words =
        new StringBuilder()
            .append(manifest.product())
            .append(' ')
            .append(manifest.version())
            .append(" for ")
            .append(manifest.vendor())
            .append(' ')
            .append(String.join(", ", manifest.models()))
            .append("\n  built by      ")
            .append(manifest.header().issuer())
            .append(" at ")
            .append(manifest.header().issuedAt())
            .append("\n  manifest      ")
            .append(digest)
            .append("\n  image         ")
            .append(manifest.image().size())
            .append(" bytes in ")
            .append(manifest.image().chunks())
            .append(" chunks, SHA-256 ")
            .append(manifest.image().digest())
            .append("\n  counter       ")
            .append(manifest.counter())
            .append("\n  to be installed before ")
            .append(manifest.expires());
    manifest.from().ifPresent(from -> words.append("\n  from          ").append(from));
    manifest
        .needs()
        .forEach(
            (part, version) ->
                words.append("\n  needs         ").append(part).append(' ').append(version));
    manifest.notes().forEach(note -> words.append("\n  note          ").append(note));
    return words.toString();
  }

  private static String words(Releases releases) {
    StringBuilder words =
        new StringBuilder("list of releases ")
            .append(releases.number())
            .append(", until ")
            .append(releases.expires())
            .append("\n  released by   ")
            .append(releases.header().issuer())
            .append(" at ")
            .append(releases.header().issuedAt());
    for (Release release : releases.releases()) {
      words
          .append("\n  ")
          .append(release.product())
          .append(' ')
          .append(release.version())
          .append("  ")
          .append(release.manifest());
    }
    return words.append(releases.releases().isEmpty() ? "\n  nothing" : "").toString();
  }
}
