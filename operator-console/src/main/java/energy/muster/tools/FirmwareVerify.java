// SPDX-License-Identifier: Apache-2.0
package energy.muster.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.firmware.ChunkList;
import energy.muster.firmware.Image;
import energy.muster.firmware.Manifest;
import energy.muster.firmware.Releases;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Opened;
import energy.muster.seal.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    description = {
      "Check who signed a manifest or a list of releases, and with --image and --releases that",
      "this image is the one meant and that it counts now. Exit status 0 only if all holds."
    })
final class FirmwareVerify implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private AuthorityOptions options;
  @Mixin private TrustOptions trusted;

  @Parameters(paramLabel = "FILE", description = "The signed manifest or list.")
  private Path file;

  @Option(names = "--image", paramLabel = "FILE", description = "The image of the manifest.")
  private Path image;

  @Option(
      names = "--releases",
      paramLabel = "FILE",
      description = "The list of releases by which the manifest is to count.")
  private Path releases;

  FirmwareVerify(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Instant now = surroundings.clock().instant();
    Trust trust = trusted.trust(options);
    TrustOptions.warn(surroundings, trust, now);
    FirmwareFile read = FirmwareFile.read(file);
    List<Certified> signers;
    if (read.is(DocumentType.FIRMWARE_RELEASES)) {
      signers = list(read, trust, now);
    } else {
      signers = signers(read, read.manifest().header(), Role.FIRMWARE_BUILDER, trust, now);
      checkManifest(read, signers, trust, now);
    }
    ObjectNode object = read.json().put("verified", true);
    ArrayNode names = object.putArray("signers");
    signers.forEach(signer -> names.add(signer.jid().toString()));
    options.print(
        surroundings,
        object,
        read.words()
            + "\n  verified: signed by "
            + String.join(", ", signers.stream().map(each -> each.jid().toString()).toList())
            + (image == null ? "" : "\n  verified: the image is the one that was signed")
            + (releases == null ? "" : "\n  verified: released"));
    return 0;
  }

  private void checkManifest(FirmwareFile read, List<Certified> builders, Trust trust, Instant now)
      throws IOException {
    Manifest manifest = read.manifest();
    require(
        now.isBefore(manifest.expires()),
        Reason.STALE,
        "it was to be installed before " + manifest.expires());
    if (image != null) {
      checkImage(manifest.image());
    }
    if (releases == null) {
      return;
    }
    FirmwareFile list = FirmwareFile.read(releases);
    List<Certified> releasers = list(list, trust, now);
    require(
        list.releases().lists(read.digest()),
        Reason.NOT_RELEASED,
        "this manifest does not stand in list of releases " + list.releases().number());
    for (Certified builder : builders) {
      require(
          releasers.stream().noneMatch(other -> other.jid().equals(builder.jid())),
          Reason.NOT_AUTHORISED,
          builder.jid() + " has built and released it, which takes two persons");
    }
  }

  private void checkImage(Image signed) throws IOException {
    try (InputStream bytes = Files.newInputStream(image)) {
      Image is = ChunkList.of(bytes, signed.chunk()).image();
      require(is.equals(signed), Reason.CORRUPT, image + " is not the image that was signed");
    }
  }

  private static List<Certified> list(FirmwareFile read, Trust trust, Instant now) {
    Releases list = read.releases();
    List<Certified> signers = signers(read, list.header(), Role.FIRMWARE_RELEASER, trust, now);
    require(
        now.isBefore(list.expires()),
        Reason.STALE,
        "list of releases %d ended at %s".formatted(list.number(), list.expires()));
    return signers;
  }

  /** Who signed it, its issuer among them; refused unless each of them holds the role. */
  static List<Certified> signers(
      FirmwareFile read, Header header, Role role, Trust trust, Instant now) {
    Opened opened = trust.open(read.sealed(), now);
    require(
        opened.signer(header.issuer()).isPresent(),
        Reason.BAD_SIGNATURE,
        header.issuer() + " is named as issuer but has not signed");
    for (Certified signer : opened.signers()) {
      require(signer.holds(role), Reason.NOT_AUTHORISED, signer.jid() + " is no " + role);
    }
    return opened.signers().stream()
        .sorted(Comparator.comparing(by -> by.jid().toString()))
        .toList();
  }

  private static void require(boolean holds, Reason reason, String otherwise) {
    if (!holds) {
      throw new Refused(reason, otherwise);
    }
  }
}
