// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import static energy.muster.service.firmware.FirmwareSite.refused;
import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.firmware.Manifest;
import energy.muster.firmware.Piece;
import energy.muster.firmware.PieceAsk;
import energy.muster.firmware.Rollout;
import energy.muster.firmware.StoredFirmware;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.scan.Scanner;
import energy.muster.seal.Digest;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World.Draft;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody with a stolen key, or at the service's disk, may not bring about. */
class FirmwareAbuseTest {
  @TempDir Path folder;
  private FirmwareSite site;

  @BeforeEach
  void aSite() {
    site =
        new FirmwareSite(
            new RulesDraft().branchAway(1).room(1, 1_000_000).rules(), folder, Scanner.NONE);
  }

  private byte[] fetched(Wire what, int index) {
    return Piece.read(
            site.world.get(
                site.sessions.get("sw1"),
                new PieceAsk(site.list.image().digest(), index).payload(what)))
        .bytes();
  }

  private void alter(String name) throws IOException {
    Path file = folder.resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void anImageThatWasAlteredOnDiskIsHandedOutNoMoreAndComesAgain() throws IOException {
    site.with("sw1");
    site.published();
    alter(site.list.image().digest().toString());

    assertThat(fetched(Wire.FIRMWARE_CHUNK, 0)).isEqualTo(site.chunk(0));
    assertThat(refused(() -> fetched(Wire.FIRMWARE_CHUNK, 1))).isEqualTo(Reason.PRECONDITION);
    assertThat(refused(() -> fetched(Wire.FIRMWARE_CHUNK, 0))).isEqualTo(Reason.PRECONDITION);
    StoredFirmware stored = site.depot().firmwares().get(0);
    assertThat(stored.complete()).isFalse();
    assertThat(stored.missing()).containsExactly(new StoredFirmware.Run(1, 1));

    site.uploads();

    assertThat(fetched(Wire.FIRMWARE_CHUNK, 1)).isEqualTo(site.chunk(1));
  }

  @Test
  void aListOfChunksThatWasAlteredOnDiskComesAgain() throws IOException {
    site.with("sw1");
    site.published();
    site.world.killAndRestart();
    site.arrive();
    alter(site.list.image().digest() + ".list");

    assertThat(refused(() -> fetched(Wire.FIRMWARE_LIST, 0))).isEqualTo(Reason.PRECONDITION);
    site.uploads();

    assertThat(fetched(Wire.FIRMWARE_LIST, 0)).isEqualTo(site.list.bytes());
    assertThat(fetched(Wire.FIRMWARE_CHUNK, 1)).isEqualTo(site.chunk(1));
  }

  @Test
  void whatARevokedBuilderBroughtTakesNobodysRoomAndNobodysVersion() {
    SigningIdentity thief = site.world.pki.identity("bld-2", Role.FIRMWARE_BUILDER, "*");
    Manifest squat = site.manifest(thief, site.other());
    site.world.set(site.world.prove(thief, "t"), site.sealed(squat.write(), thief));
    Manifest honest = site.manifest();
    assertThat(site.world.refusal(site.build, site.sealed(honest.write(), site.builder)))
        .isEqualTo(Reason.ID_CONFLICT);

    site.world.service().replaceTrust(site.world.pki.revoke(thief).trust());

    site.brings(honest);
    assertThat(site.depot().firmwares()).hasSize(1);
  }

  @Test
  void anUpgradeByAListThatHasEndedIsNotTaken() {
    site.with("sw1");
    Digest manifest = site.brings(site.manifest());
    site.uploads();
    site.releases(site.releases(1, Duration.ofHours(1), manifest));
    site.world.pass(Duration.ofHours(2));

    assertThat(
            site.world.refusal(
                site.install, site.upgrade(manifest, Rollout.CAREFUL, "sw1").submit()))
        .isEqualTo(Reason.STALE);
  }

  @Test
  void anUpgradeToWhatARevokedBuilderMadeIsNotTaken() {
    site.with("sw1");
    Digest manifest = site.published();
    site.world.service().replaceTrust(site.world.pki.revoke(site.builder).trust());

    assertThat(
            site.world.refusal(
                site.install, site.upgrade(manifest, Rollout.CAREFUL, "sw1").submit()))
        .isEqualTo(Reason.REVOKED);
  }

  @Test
  void whoeverOrderedHearsOfAFailureHoweverManyWordsItTakes() {
    site.with("sw1");
    Draft order = site.submits(site.upgrade(site.published(), Rollout.CAREFUL, "sw1"));

    site.concludes(
        "sw1",
        order,
        new Result.Failed(new Refusal(Reason.TRANSFER_FAILED, "it says " + "x".repeat(2_000))));

    List<Payload> told = site.world.network.to(site.install, Wire.NOTICE);
    assertThat(told)
        .extracting(notice -> Json.parse(Json.bytes(notice.requireJson())).path("kind").asText())
        .contains("campaign-failed");
  }
}
