// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.firmware.CampaignState;
import energy.muster.firmware.Rollout;
import energy.muster.firmware.Share;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.Operating;
import energy.muster.scan.Scanner;
import energy.muster.seal.Digest;
import energy.muster.service.fixture.World;
import energy.muster.service.fixture.World.Draft;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A branch keeps a switching device in service without anybody having named its ends. */
class BothEndsTest {
  private static final Rollout BOLD = new Rollout(List.of(), 100, new Share(2, false), 5);

  @TempDir Path folder;
  private FirmwareSite site;
  private Digest manifest;

  private void site(int away, RedundancyGroup... groups) {
    site =
        new FirmwareSite(
            new RulesDraft().groups(groups).branchAway(away).rules(), folder, Scanner.NONE);
    site.with("sw4", "sw6");
    manifest = site.published();
  }

  private Draft upgrades(String... relays) {
    return site.submits(site.upgrade(manifest, BOLD, relays));
  }

  private String why(Draft order, String relay) {
    return site.member(order, relay).text();
  }

  @Test
  void theTwoSwitchesOfABranchGoOneAfterTheOtherThoughNobodyNamedThem() {
    site(1);
    Draft order = upgrades("sw4", "sw6");

    assertThat(site.got("sw4")).isTrue();
    assertThat(site.got("sw6")).isFalse();
    assertThat(why(order, "sw6")).isEqualTo("held: sw4 of branch-60 is being upgraded");

    site.succeeds("sw4", order, manifest);
    assertThat(site.got("sw6")).isTrue();
    site.succeeds("sw6", order, manifest);
    assertThat(site.board(order).state()).isEqualTo(CampaignState.DONE);
  }

  @Test
  void twoUpgradesDoNotTakeBothEither() {
    site(1);
    Draft one = upgrades("sw4");
    Draft other = upgrades("sw6");

    assertThat(site.got("sw6")).isFalse();
    assertThat(why(other, "sw6")).isEqualTo("held: sw4 of branch-60 is being upgraded");
    site.succeeds("sw4", one, manifest);
    assertThat(site.got("sw6")).isTrue();
  }

  @Test
  void aNewServiceKnowsWhoOfABranchHasBegun() {
    site(1);
    Draft one = upgrades("sw4");
    Draft other = upgrades("sw6");
    site.world.killAndRestart();
    site.arrive();

    assertThat(site.got("sw6")).isFalse();
    assertThat(why(other, "sw6")).isEqualTo("held: sw4 of branch-60 is being upgraded");
    site.succeeds("sw4", one, manifest);
    assertThat(site.got("sw6")).isTrue();
  }

  @Test
  void whileOneEndIsGoneTheOtherStays() {
    site(1);
    site.goes("sw4");
    Draft order = upgrades("sw6");

    assertThat(site.got("sw6")).isFalse();
    assertThat(why(order, "sw6")).isEqualTo("held: sw4 of branch-60 is not there");
    site.comes("sw4");
    assertThat(site.got("sw6")).isTrue();
  }

  @Test
  void afterARestartTheOneThatIsStillGoneIsKnown() {
    site(1);
    site.goes("sw4");
    site.world.killAndRestart();
    site.keys.remove("sw4");
    site.arrive();
    Draft order = upgrades("sw6");

    assertThat(site.got("sw6")).isFalse();
    assertThat(why(order, "sw6")).isEqualTo("held: sw4 of branch-60 is not there");
  }

  @Test
  void switchesOfOtherBranchesAndDevicesThatDoNotSwitchAreNoEnds() {
    site(1);
    site.in("branch-13", "sw2").with("meter-1");
    site.says("meter-1", DeviceKind.METER, Operating.NONE);
    Draft order = upgrades("sw4", "sw2", "meter-1");

    assertThat(site.got("sw4")).isTrue();
    assertThat(site.got("sw2")).isTrue();
    assertThat(site.got("meter-1")).isTrue();
    assertThat(site.board(order).wave()).isEqualTo(1);
  }

  @Test
  void aRelayIsAnEndAsABreakerIs() {
    site(1);
    site.with("r-1");
    site.says("r-1", DeviceKind.RELAY, Operating.NONE);
    upgrades("sw4", "r-1");

    assertThat(site.got("sw4")).isTrue();
    assertThat(site.got("r-1")).isFalse();
  }

  @Test
  void theSiteMaySayThatTwoMayBeAway() {
    site(2);
    site.with("sw9");
    Draft order = upgrades("sw4", "sw6", "sw9");

    assertThat(site.got("sw4") && site.got("sw6")).isTrue();
    assertThat(site.got("sw9")).isFalse();
    assertThat(why(order, "sw9"))
        .isEqualTo("held: sw4 and 1 more of branch-60 are without service");
  }

  @Test
  void theSiteMaySayThatBranchesAreNotWatched() {
    site(0);
    upgrades("sw4", "sw6");

    assertThat(site.got("sw4") && site.got("sw6")).isTrue();
  }

  @Test
  void whereTheSiteHasNamedTheEndsOfABranchTheyAloneAreMeant() {
    site(1, RedundancyGroup.ends("branch-60", Set.of(World.jid("sw4"), World.jid("sw6"))));
    site.with("sw9");
    upgrades("sw4", "sw6", "sw9");

    assertThat(site.got("sw4") && site.got("sw9")).isTrue();
    assertThat(site.got("sw6")).isFalse();
  }
}
