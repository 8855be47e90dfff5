// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.firmware.ChunkList;
import energy.muster.firmware.Manifest;
import energy.muster.firmware.StoredFirmware;
import energy.muster.firmware.UploadPiece;
import energy.muster.fixture.Firmwares;
import energy.muster.refusal.Reason;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Firmware and lists of releases on their way to the service. */
final class FirmwareTest extends Sitting {
  private static final int CHUNK = 16 * 1024;

  @TempDir Path folder;
  private final Firmwares firmwares = new Firmwares(pki);
  private final byte[] bytes = Firmwares.image("2.4.1", 40_000);
  private final ChunkList list = firmwares.chunks(bytes, CHUNK);
  private final Manifest manifest = firmwares.manifest("2.4.1", list);
  private Path image;
  private Path file;

  @BeforeEach
  void files() throws Exception {
    image = Files.write(folder.resolve("relay.bin"), bytes);
    file = write("relay.manifest", firmwares.sealed(manifest));
    service.firmware.stored.add(
        new StoredFirmware(
            Digest.of(manifest.write()),
            "relay",
            manifest.version(),
            manifest.image(),
            false,
            false,
            0,
            List.of(new StoredFirmware.Run(0, manifest.image().chunks() - 1)),
            false,
            "not scanned"));
  }

  private Path write(String name, Sealed sealed) throws Exception {
    return Files.write(folder.resolve(name), sealed.cms());
  }

  private String mistake(String line) throws Exception {
    assertThat(session.run(line).ok()).isFalse();
    return one(Event.Mistaken.class).hint().text();
  }

  @Test
  void theDepotIsShown() throws Exception {
    assertThat(session.run("firmware").ok()).isTrue();
    assertThat(one(FirmwareEvent.DepotShown.class).depot().firmwares()).hasSize(1);
  }

  @Test
  void anImageIsUploadedWholeWithItsManifest() throws Exception {
    assertThat(session.run("publish firmware " + image + " with " + file).ok()).isTrue();

    assertThat(service.firmware.published).hasSize(1);
    assertThat(service.firmware.pieces)
        .filteredOn(piece -> piece.part() == UploadPiece.Part.IMAGE)
        .extracting(UploadPiece::index)
        .containsExactly(0, 1, 2);
    List<FirmwareEvent.Uploaded> told = all(FirmwareEvent.Uploaded.class);
    assertThat(told.get(told.size() - 1).done()).isEqualTo(3);
  }

  @Test
  void anotherImageThanTheManifestIsAboutIsNotSent() throws Exception {
    Path other = Files.write(folder.resolve("other.bin"), Firmwares.image("2.4.2", 40_000));

    assertThat(mistake("publish firmware " + other + " with " + file))
        .endsWith("other.bin is not the image that this manifest is about");
    assertThat(service.firmware.published).isEmpty();
  }

  @Test
  void aFileThatIsNotThereIsSaid() throws Exception {
    assertThat(mistake("publish firmware " + folder.resolve("none.bin") + " with " + file))
        .startsWith("there is no file ");
    events.clear();
    assertThat(mistake("publish releases " + folder.resolve("none.cms")))
        .startsWith("there is no file ");
  }

  @Test
  void whatIsNoSignedDocumentIsSaid() throws Exception {
    assertThat(mistake("publish firmware " + image + " with " + image))
        .contains("is no signed document");
  }

  @Test
  void aManifestInThePlaceOfAListIsSaid() throws Exception {
    assertThat(mistake("publish releases " + file)).endsWith("is no firmware-releases");
  }

  @Test
  void aManifestThatNoBuilderSignedIsNotSent() throws Exception {
    Path forged = write("forged", Sealer.seal(manifest.write(), pki.now(), firmwares.releaser()));

    assertThat(session.run("publish firmware " + image + " with " + forged).ok()).isFalse();
    assertThat(one(Event.Declined.class).refusal().reason()).isEqualTo(Reason.NOT_AUTHORISED);
    assertThat(service.firmware.published).isEmpty();
  }

  @Test
  void aListOfReleasesIsPublishedAndSaidInWords() throws Exception {
    Path releases = write("releases-3.cms", firmwares.sealed(firmwares.releases(3, manifest)));

    assertThat(session.run("publish releases " + releases).ok()).isTrue();
    assertThat(one(Event.Said.class).text())
        .startsWith("list of releases 3 counts from now on, until ")
        .endsWith(": relay 2.4.1");
  }
}
