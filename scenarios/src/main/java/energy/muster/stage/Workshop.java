// SPDX-License-Identifier: Apache-2.0
package energy.muster.stage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.firmware.ChunkList;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.firmware.Manifest;
import energy.muster.firmware.Release;
import energy.muster.firmware.Releases;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.pki.AtomicFile;
import energy.muster.pki.Pem;
import energy.muster.pki.Subject;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.site.Equipment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Builds firmware that a simulated device can run, and releases it, with the keys of a stage. */
public final class Workshop {
  public static final String PRODUCT = "relay-fw";
  public static final String VENDOR = "northco";
  public static final String MODEL = "rl-7";
  public static final String BUILDER = "builder-1";
  public static final String RELEASER = "releaser-1";
  public static final String INSTALLER = "inst-1";

  private static final FirmwareVersion DELIVERED = new FirmwareVersion(2, 4, 0);
  private static final int CHUNK = 32 * 1024;
  private static final Duration GOOD_FOR = Duration.ofDays(7);

  private final SiteFolder folder;
  private final InstantSource clock;

  /** How an image behaves on a device. */
  public enum Health {
    WELL("exit 0", "exit 0"),
    /** As well, and so slow that somebody may come between. */
    SLOW("sleep 2", "sleep 2"),
    /** It says before it is installed that it will not do. */
    FAILS_SELF_TEST("exit 1", "exit 0"),
    /** It is well until the device is started with it. */
    DOES_NOT_START("exit 0", "exit 1");

    private final String selfTest;
    private final String boot;

    Health(String selfTest, String boot) {
      this.selfTest = selfTest;
      this.boot = boot;
    }
  }

  /** An image with its manifest, as files and as what they say. */
  public record Built(Path image, Path file, Manifest manifest, Sealed sealed, Digest digest) {}

  public Workshop(SiteFolder folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** A builder, a releaser and an installer, each of whom also sees the devices. */
  public static void staff(Stage stage, Area area) {
    for (String name : List.of(BUILDER, RELEASER, INSTALLER)) {
      Role role =
          switch (name) {
            case BUILDER -> Role.FIRMWARE_BUILDER;
            case RELEASER -> Role.FIRMWARE_RELEASER;
            default -> Role.INSTALLER;
          };
      stage
          .folder()
          .enrol(Subject.of(stage.folder().jid(name), role, area).with(Role.VIEWER, area));
    }
  }

  /** The section {@code firmware} of a device that came with that version. */
  public static ObjectNode cameWith(String device, FirmwareVersion version) {
    return Json.object()
        .put("folder", "firmware/" + device)
        .put("hardware", VENDOR + "/" + MODEL)
        .put("product", PRODUCT)
        .put("version", version.toString());
  }

  /**
   * A device of a site with what its maker delivered it with; loads are too small to be upgraded.
   */
  static DeviceSpec delivered(DeviceSpec device, Equipment equipment) {
    String hardware;
    String product;
    if (equipment instanceof Equipment.Breaker) {
      hardware = VENDOR + "/" + MODEL;
      product = PRODUCT;
    } else if (equipment instanceof Equipment.Generator) {
      hardware = VENDOR + "/gc-3";
      product = "genset-fw";
    } else if (equipment instanceof Equipment.Meter) {
      hardware = VENDOR + "/mt-1";
      product = "meter-fw";
    } else {
      return device;
    }
    return device.running(
        Json.object()
            .put("folder", "firmware/" + device.name())
            .put("hardware", hardware)
            .put("product", product)
            .put("version", DELIVERED.toString()));
  }

  /** A device of a story as one that can be upgraded. */
  public static DeviceSpec upgradable(DeviceSpec device, FirmwareVersion version) {
    return device.running(cameWith(device.name(), version));
  }

  /**
   * A program that a simulated device runs: a script with so many bytes behind it that mean
   * nothing.
   */
  public static byte[] program(FirmwareVersion version, Health health, int bytes) {
    String script =
        """
        #!/bin/sh
        echo '{"product":"%s","version":"%s","ok":true}'
        case "$1" in
          self-test) %s ;;
          boot) %s ;;
        esac
        exit 0
        """
            .formatted(PRODUCT, version, health.selfTest, health.boot);
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    image.writeBytes(script.getBytes(StandardCharsets.UTF_8));
    byte[] padding = new byte[Math.max(0, bytes - image.size())];
    new Random(version.hashCode()).nextBytes(padding);
    image.writeBytes(padding);
    return image.toByteArray();
  }

  /** Builds one and signs for it. */
  public Built build(FirmwareVersion version, Health health, int bytes) {
    return build(BUILDER, version, 0, program(version, health, bytes));
  }

  public Built build(String builder, FirmwareVersion version, long counter, byte[] program) {
    Instant now = clock.instant();
    try {
      Manifest manifest =
          new Manifest(
              header(DocumentType.FIRMWARE_MANIFEST, builder, now),
              PRODUCT,
              version,
              counter,
              VENDOR,
              List.of(MODEL),
              ChunkList.of(new ByteArrayInputStream(program), CHUNK).image(),
              Optional.empty(),
              new TreeMap<>(),
              now.plus(Duration.ofDays(365)),
              List.of("a version of the workshop"));
      return file(manifest, builder, program, now);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Built file(Manifest manifest, String builder, byte[] program, Instant now)
      throws IOException {
    byte[] content = manifest.write();
    Sealed sealed = Sealer.seal(content, now, folder.identity(folder.jid(builder)));
    Path shelf = Files.createDirectories(folder.data().resolve("workshop"));
    String stem = PRODUCT + "-" + manifest.version() + "-" + manifest.header().id().text();
    Path image = Files.write(shelf.resolve(stem + ".image"), program);
    Path file = write(shelf.resolve(stem + ".manifest"), sealed);
    return new Built(image, file, manifest, sealed, Digest.of(content));
  }

  private static Path write(Path file, Sealed sealed) throws IOException {
    AtomicFile.open(file, Pem.encode("CMS", sealed.cms()).getBytes(StandardCharsets.US_ASCII));
    return file;
  }

  /** A list of releases with these. */
  public Sealed list(String releaser, long number, Duration life, List<Built> built) {
    Instant now = clock.instant();
    List<Release> releases = new ArrayList<>();
    built.forEach(
        each ->
            releases.add(
                new Release(each.manifest().product(), each.manifest().version(), each.digest())));
    Releases list =
        new Releases(
            header(DocumentType.FIRMWARE_RELEASES, releaser, now),
            number,
            now.plus(life),
            releases);
    return Sealer.seal(list.write(), now, folder.identity(folder.jid(releaser)));
  }

  /** The file of a list of releases that is good for a week. */
  public Path release(long number, List<Built> built) {
    try {
      return write(
          Files.createDirectories(folder.data().resolve("workshop"))
              .resolve("releases-" + number + ".cms"),
          list(RELEASER, number, GOOD_FOR, built));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Header header(DocumentType type, String issuer, Instant now) {
    BareJid jid = folder.jid(issuer);
    return new Header(type, folder.site(), DocumentId.next(now), jid, now);
  }
}
