// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import static energy.muster.service.firmware.FirmwareSite.refused;
import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.document.DocumentType;
import energy.muster.firmware.ImageScan;
import energy.muster.firmware.Inventory;
import energy.muster.firmware.InventoryEntry.Standing;
import energy.muster.firmware.Manifest;
import energy.muster.firmware.ManifestAsk;
import energy.muster.firmware.Piece;
import energy.muster.firmware.PieceAsk;
import energy.muster.firmware.Releases;
import energy.muster.firmware.StoredFirmware;
import energy.muster.firmware.UploadPiece.Part;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.scan.Scanner;
import energy.muster.scan.ScannerPolicy;
import energy.muster.seal.Digest;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests, images and lists of releases come to the service, and devices fetch them there. */
class FirmwareTest {
  @TempDir Path folder;
  private FirmwareSite site;

  @BeforeEach
  void aSite() {
    site = site(ScannerPolicy.OPTIONAL, Scanner.NONE);
  }

  private FirmwareSite site(ScannerPolicy policy, Scanner scanner) {
    return new FirmwareSite(
        new RulesDraft().scanner(policy).branchAway(1).room(2, 1_000_000).rules(),
        folder.resolve(policy.wire()),
        scanner);
  }

  private StoredFirmware stored() {
    return site.depot().firmwares().get(0);
  }

  private Reason publishing(byte[] content, SigningIdentity signer) {
    return refused(() -> site.world.set(site.build, site.sealed(content, signer)));
  }

  private Payload chunk(String relay, int index) {
    return site.world.get(
        site.sessions.get(relay),
        new PieceAsk(site.list.image().digest(), index).payload(Wire.FIRMWARE_CHUNK));
  }

  @Test
  void anImageIsThereWhenEveryChunkOfItHasCome() {
    site.brings(site.manifest());
    site.uploadsList();
    assertThat(stored().listThere()).isTrue();
    assertThat(stored().missing()).containsExactly(new StoredFirmware.Run(0, 3));

    site.world.set(site.build, site.piece(Part.IMAGE, 1, site.chunk(1)));
    assertThat(stored().missing())
        .containsExactly(new StoredFirmware.Run(0, 0), new StoredFirmware.Run(2, 3));
    assertThat(stored().complete()).isFalse();

    site.uploads();
    assertThat(stored().complete()).isTrue();
    assertThat(stored().scan()).startsWith("not scanned");
  }

  @Test
  void anUploadGoesOnAfterTheServiceWasKilled() {
    site.brings(site.manifest());
    site.uploadsList();
    site.world.set(site.build, site.piece(Part.IMAGE, 2, site.chunk(2)));
    site.world.killAndRestart();
    site.arrive();

    assertThat(stored().missing())
        .containsExactly(new StoredFirmware.Run(0, 1), new StoredFirmware.Run(3, 3));
    site.uploads();
    assertThat(stored().complete()).isTrue();
    site.world.killAndRestart();
    site.arrive();
    assertThat(stored().complete()).isTrue();
  }

  @Test
  void aChunkThatIsNotWhatWasSignedIsRefused() {
    site.brings(site.manifest());
    site.uploadsList();
    byte[] altered = site.chunk(1);
    altered[9]++;

    assertThat(site.world.refusal(site.build, site.piece(Part.IMAGE, 1, altered)))
        .isEqualTo(Reason.CORRUPT);
    assertThat(site.world.refusal(site.build, site.piece(Part.IMAGE, 4, altered)))
        .isEqualTo(Reason.INVALID_ARGUMENT);
  }

  @Test
  void chunksBeforeTheirListAndImagesOfNoManifestAreRefused() {
    Payload early = site.piece(Part.IMAGE, 0, site.chunk(0));
    assertThat(site.world.refusal(site.build, early)).isEqualTo(Reason.UNKNOWN);

    site.brings(site.manifest());
    assertThat(site.world.refusal(site.build, early)).isEqualTo(Reason.PRECONDITION);
  }

  @Test
  void whoIsNoBuilderPublishesNoManifestAndWhoIsNoReleaserReleasesNothing() {
    Manifest manifest = site.manifest();
    assertThat(
            refused(
                () -> site.world.set(site.release, site.sealed(manifest.write(), site.releaser))))
        .isEqualTo(Reason.NOT_AUTHORISED);
    Digest digest = site.brings(manifest);
    site.uploads();
    assertThat(publishing(site.releases(1, digest).write(), site.builder))
        .isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void aListOfReleasesCountsOnlyWithItsImagesAndAHigherNumber() {
    Digest manifest = site.brings(site.manifest());
    Releases second = site.releases(2, manifest);
    assertThat(site.world.refusal(site.release, site.sealed(second.write(), site.releaser)))
        .isEqualTo(Reason.PRECONDITION);

    site.uploads();
    site.releases(second);
    site.releases(second);
    assertThat(
            site.world.refusal(
                site.release, site.sealed(site.releases(1, manifest).write(), site.releaser)))
        .isEqualTo(Reason.ROLLBACK);
    assertThat(site.depot().releases()).isEqualTo(2);
    assertThat(stored().released()).isTrue();
  }

  @Test
  void nobodyReleasesWhatTheyHaveBuilt() {
    SigningIdentity both = site.world.pki.identity("rel-1", Role.FIRMWARE_BUILDER, "*");
    Manifest own =
        new Manifest(
            site.world.header(DocumentType.FIRMWARE_MANIFEST, both.certified().jid()),
            FirmwareSite.PRODUCT,
            FirmwareSite.NEW,
            3,
            "northco",
            List.of("rl-7"),
            site.list.image(),
            Optional.empty(),
            new TreeMap<>(),
            site.world.clock.in(Duration.ofDays(60)),
            List.of());
    site.world.set(site.release, site.sealed(own.write(), both));
    site.uploads();

    Releases list = site.releases(1, Digest.of(own.write()));
    assertThat(site.world.refusal(site.release, site.sealed(list.write(), site.releaser)))
        .isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void aDeviceFetchesWhatIsThereAndNothingElse() {
    site.with("sw2");
    Digest manifest = site.brings(site.manifest());
    site.uploadsList();
    assertThat(refused(() -> chunk("sw2", 0))).isEqualTo(Reason.PRECONDITION);
    site.uploads();
    site.releases(site.releases(1, manifest));

    assertThat(Piece.read(chunk("sw2", 1)).bytes()).isEqualTo(site.chunk(1));
    assertThat(
            Piece.read(
                    site.world.get(
                        site.sessions.get("sw2"),
                        new PieceAsk(site.list.image().digest(), 0).payload(Wire.FIRMWARE_LIST)))
                .bytes())
        .isEqualTo(site.list.bytes());
    assertThat(
            site.world
                .get(site.sessions.get("sw2"), new ManifestAsk(manifest).payload())
                .requireSealed()
                .unverified())
        .isEqualTo(site.brought.write());
    assertThat(refused(() -> chunk("sw2", 4))).isEqualTo(Reason.INVALID_ARGUMENT);
  }

  @Test
  void whatTheScannerFindsIsNeverReleased() {
    site =
        site(
            ScannerPolicy.REQUIRED,
            content ->
                is(content, site.image)
                    ? new Scanner.Verdict.Found("Test.Virus")
                    : new Scanner.Verdict.Clean());
    Digest manifest = site.brings(site.manifest());
    site.uploads();

    assertThat(stored().complete()).isFalse();
    assertThat(stored().scan()).isEqualTo("found Test.Virus");
    assertThat(
            site.world.refusal(
                site.release, site.sealed(site.releases(1, manifest).write(), site.releaser)))
        .isEqualTo(Reason.CONTENT_REFUSED);
  }

  @Test
  void whereTheScannerIsRequiredNothingCountsUntilItHasLooked() {
    boolean[] there = {false};
    site =
        site(
            ScannerPolicy.REQUIRED,
            content ->
                there[0] || !is(content, site.image)
                    ? new Scanner.Verdict.Clean()
                    : new Scanner.Verdict.Unavailable("it is off"));
    Digest manifest = site.brings(site.manifest());
    site.uploads();
    Releases list = site.releases(1, manifest);
    assertThat(site.world.refusal(site.release, site.sealed(list.write(), site.releaser)))
        .isEqualTo(Reason.CONTENT_REFUSED);

    there[0] = true;
    // Being asked again, it looks again.
    assertThat(site.world.refusal(site.release, site.sealed(list.write(), site.releaser)))
        .isEqualTo(Reason.CONTENT_REFUSED);
    site.releases(list);
    assertThat(stored().scan()).isEqualTo("clean");
  }

  private static boolean is(Scanner.Content content, byte[] bytes) {
    try (InputStream in = content.open()) {
      return Arrays.equals(in.readAllBytes(), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aManifestIsLookedThroughBecausePeopleReadItsNotes() {
    byte[][] evil = {{}};
    site =
        site(
            ScannerPolicy.OPTIONAL,
            content ->
                is(content, evil[0])
                    ? new Scanner.Verdict.Found("Test.Notes")
                    : new Scanner.Verdict.Clean());
    Manifest manifest = site.manifest();
    evil[0] = manifest.write();

    assertThat(publishing(manifest.write(), site.builder)).isEqualTo(Reason.CONTENT_REFUSED);
    assertThat(site.depot().firmwares()).isEmpty();
    evil[0] = new byte[0];
    site.brings(manifest);
    assertThat(site.depot().firmwares()).hasSize(1);
  }

  @Test
  void aManifestThatNobodyCouldLookThroughIsTakenOnlyWhereTheScannerIsOptional() {
    Scanner absent = content -> new Scanner.Verdict.Unavailable("it is off");
    site = site(ScannerPolicy.REQUIRED, absent);
    assertThat(publishing(site.manifest().write(), site.builder)).isEqualTo(Reason.CONTENT_REFUSED);

    site = site(ScannerPolicy.OPTIONAL, absent);
    site.brings(site.manifest());
    assertThat(site.depot().firmwares()).hasSize(1);
  }

  @Test
  void moreImagesThanThereIsRoomForAreRefused() {
    site =
        new FirmwareSite(
            new RulesDraft().branchAway(1).room(2, 1_000).rules(),
            folder.resolve("small"),
            Scanner.NONE);

    assertThat(publishing(site.manifest().write(), site.builder)).isEqualTo(Reason.NO_SPACE);
  }

  private Inventory inventory() {
    return Inventory.read(
        site.world
            .get(site.install, Payload.of(Wire.INVENTORY, Inventory.Query.ALL.write()))
            .requireLargeJson());
  }

  @Test
  void theInventorySaysWhatRunsWhereAndWhoNeedsAnUpgrade() {
    site.with("sw1", "sw2");
    site.world.prove(site.world.pki.device("sw9", "branch-60"), "k1");
    assertThat(inventory().devices()).allMatch(each -> each.standing() == Standing.UNRELEASED);

    Digest manifest = site.published();
    site.reports("sw2", FirmwareSite.NEW, Optional.of(manifest), Optional.empty());

    assertThat(inventory().devices().get(1).scan())
        .contains(ImageScan.absent("clamd is not there"));
    assertThat(inventory().devices())
        .extracting(each -> each.device().local() + " " + each.standing().wire())
        .containsExactly("sw1 behind", "sw2 current");
    assertThat(inventory().unreported()).isEqualTo(1);
    site.reports("sw1", FirmwareSite.NEW, Optional.of(Digest.of(new byte[] {1})), Optional.empty());
    assertThat(inventory().devices().get(0).standing()).isEqualTo(Standing.DRIFTED);
  }

  @Test
  void theInventoryIsThereAfterARestartWithTheDevicesOwnSeal() {
    site.with("sw1");
    site.world.killAndRestart();
    site.arrive();

    Payload one =
        site.world.get(
            site.install,
            Payload.of(Wire.INVENTORY, Json.object().put("device", World.jid("sw1").toString())));
    assertThat(
            site.world
                .pki
                .trust()
                .open(one.requireSealed(), site.world.clock.instant())
                .soleSigner())
        .isEqualTo(site.keys.get("sw1").certified());
  }
}
