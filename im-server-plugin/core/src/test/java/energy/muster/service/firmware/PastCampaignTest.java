// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import static energy.muster.service.firmware.FirmwareSite.refused;
import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.firmware.Campaign;
import energy.muster.firmware.CampaignAct;
import energy.muster.firmware.CampaignMember.State;
import energy.muster.firmware.CampaignState;
import energy.muster.firmware.Rollout;
import energy.muster.firmware.Share;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.scan.Scanner;
import energy.muster.seal.Digest;
import energy.muster.service.fixture.World.Draft;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upgrade that is over is found as long as it is kept, also by a service that is new. */
class PastCampaignTest {
  private static final Rollout TWO_WAVES =
      new Rollout(List.of(new Share(1, false)), 50, new Share(3, false), 1);

  @TempDir Path folder;
  private FirmwareSite site;
  private Digest manifest;
  private Draft order;

  /** One succeeded, one failed, one stayed away. */
  @BeforeEach
  void anUpgradeThatIsOver() {
    site = new FirmwareSite(new RulesDraft().rules(), folder, Scanner.NONE);
    site.with("sw1", "sw2", "sw3");
    manifest = site.published();
    site.goes("sw3");
    order = site.submits(site.upgrade(manifest, TWO_WAVES, "sw1", "sw2", "sw3"));
    site.succeeds("sw1", order, manifest);
    site.fails("sw2", order);
    site.world.pass(Duration.ofDays(2).plusHours(2));
  }

  private void newService() {
    site.world.killAndRestart();
    site.keys.remove("sw3");
    site.arrive();
  }

  private List<Campaign> listed(FullJid person) {
    return Campaign.readAll(
        site.world.get(person, Payload.of(Wire.CAMPAIGNS, Json.object())).requireLargeJson());
  }

  @Test
  void aNewServiceListsItAsItEnded() {
    Campaign before = listed(site.install).get(0);
    newService();

    assertThat(listed(site.install)).containsExactly(before);
    assertThat(before.state()).isEqualTo(CampaignState.ENDED);
    assertThat(before.counts())
        .isEqualTo(Map.of(State.SUCCEEDED, 1, State.FAILED, 1, State.LEFT, 1));
  }

  @Test
  void aNewServiceShowsItsDevices() {
    Campaign before = site.board(order);
    newService();

    assertThat(site.board(order)).isEqualTo(before);
    assertThat(site.member(order, "sw1").state()).isEqualTo(State.SUCCEEDED);
  }

  @Test
  void theSameServiceFindsItAfterItHasLeftTheBoard() {
    Campaign before = site.board(order);
    site.world.pass(Duration.ofDays(3));
    site.arrive();

    assertThat(site.board(order)).isEqualTo(before);
    assertThat(listed(site.install)).hasSize(1);
  }

  @Test
  void whoMayNotSeeItsDevicesFindsNothing() {
    newService();
    FullJid other =
        site.world.prove(site.world.pki.identity("inst-3", Role.INSTALLER, "branch-13"), "c");

    assertThat(listed(other)).isEmpty();
    assertThat(
            refused(
                () ->
                    site.world.get(
                        other,
                        Payload.of(Wire.CAMPAIGNS, Json.object().put("id", order.id().text())))))
        .isEqualTo(Reason.UNKNOWN);
  }

  @Test
  void whatIsDecidedOfItComesTooLate() {
    newService();

    assertThat(
            refused(
                () -> {
                  site.acts(order, CampaignAct.Kind.PAUSE, "a storm");
                  return order;
                }))
        .isEqualTo(Reason.TOO_LATE);
  }
}
