// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.firmware.Pass;
import energy.muster.firmware.PassAsk;
import energy.muster.firmware.Rollout;
import energy.muster.firmware.Share;
import energy.muster.identity.FullJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.scan.Scanner;
import energy.muster.seal.Digest;
import energy.muster.service.fixture.World.Draft;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets leave to fetch an image over HTTPS. */
class PassTest {
  private static final Rollout ONE_THEN_REST =
      new Rollout(List.of(new Share(1, false)), 100, new Share(1, false), 1);

  @TempDir Path folder;
  private FirmwareSite site;
  private Digest manifest;
  private Digest image;

  @BeforeEach
  void aReleaseForTwo() {
    site = new FirmwareSite(new RulesDraft().rules(), folder, Scanner.NONE);
    site.with("sw1", "sw2");
    manifest = site.published();
    image = site.list.image().digest();
  }

  private String refusal(FullJid who, Digest what) {
    try {
      Pass unexpected = Pass.read(site.world.get(who, new PassAsk(what).payload()));
      throw new AssertionError("it got a " + unexpected);
    } catch (Refused no) {
      assertThat(no.refusal().reason()).isEqualTo(Reason.NOT_AUTHORISED);
      return no.refusal().toString();
    }
  }

  private Pass pass(String relay) {
    return Pass.read(site.world.get(site.sessions.get(relay), new PassAsk(image).payload()));
  }

  @Test
  void aDeviceToWhichAnUpgradeHasGoneGetsOneAndTheNextWaveDoesNot() {
    Draft order = site.submits(site.upgrade(manifest, ONE_THEN_REST, "sw1", "sw2"));

    assertThat(site.world.admits(pass("sw1").token(), image)).isTrue();
    refusal(site.sessions.get("sw2"), image);

    site.succeeds("sw1", order, manifest);
    assertThat(site.world.admits(pass("sw2").token(), image)).isTrue();
    refusal(site.sessions.get("sw1"), image);
  }

  @Test
  void whoeverWasNotSentThereLearnsNothingOfWhichImagesThereAre() {
    FullJid relay = site.sessions.get("sw1");
    Digest unknown = Digest.of(new byte[] {1});

    assertThat(refusal(relay, image)).isEqualTo(refusal(relay, unknown));
    site.submits(site.upgrade(manifest, ONE_THEN_REST, "sw1", "sw2"));
    assertThat(refusal(relay, unknown)).isEqualTo(refusal(site.sessions.get("sw2"), image));
  }

  @Test
  void noPersonGetsOne() {
    site.submits(site.upgrade(manifest, ONE_THEN_REST, "sw1", "sw2"));

    refusal(site.install, image);
    refusal(site.build, image);
  }

  @Test
  void afterARestartTheDeviceAsksAgain() {
    site.submits(site.upgrade(manifest, ONE_THEN_REST, "sw1", "sw2"));
    Pass before = pass("sw1");
    site.world.killAndRestart();
    assertThat(site.world.admits(before.token(), image)).isFalse();

    site.arrive();
    assertThat(site.world.admits(pass("sw1").token(), image)).isTrue();
  }

  @Test
  void aDeviceWhoseUpgradeIsOverGetsNone() {
    Draft order = site.submits(site.upgrade(manifest, ONE_THEN_REST, "sw1", "sw2"));
    site.fails("sw1", order);

    refusal(site.sessions.get("sw1"), image);
  }
}
