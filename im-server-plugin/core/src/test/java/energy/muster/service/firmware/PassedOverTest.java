// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.firmware.CampaignMember;
import energy.muster.firmware.CampaignMember.State;
import energy.muster.firmware.CampaignState;
import energy.muster.firmware.Rollout;
import energy.muster.firmware.Share;
import energy.muster.outcome.DeliveryState;
import energy.muster.scan.Scanner;
import energy.muster.seal.Digest;
import energy.muster.service.fixture.World;
import energy.muster.service.fixture.World.Draft;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wave is not held up by a device that stays away. */
class PassedOverTest {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String[] FIVE = {"r1", "r2", "r3", "r4", "r5"};

  @TempDir Path folder;
  private FirmwareSite site;
  private Digest manifest;

  @BeforeEach
  void fiveRelays() {
    site = new FirmwareSite(new RulesDraft().patience(PATIENCE).rules(), folder, Scanner.NONE);
    site.with(FIVE);
    manifest = site.published();
  }

  private static Rollout waves(Optional<Duration> patience, int... sizes) {
    return new Rollout(
        Arrays.stream(sizes).mapToObj(size -> new Share(size, false)).toList(),
        100,
        new Share(1, false),
        1,
        patience);
  }

  private Draft ordered(Rollout rollout) {
    return site.submits(site.upgrade(manifest, rollout, FIVE));
  }

  private CampaignMember member(Draft order, String relay) {
    return site.member(order, relay);
  }

  @Test
  void theFirstWavesPlaceGoesToTheNextWhenItsDeviceStaysAway() {
    site.goes("r1");
    Draft order = ordered(waves(Optional.empty(), 1, 2));
    site.world.pass(PATIENCE.minusSeconds(1));
    assertThat(site.got("r2")).isFalse();

    site.world.pass(Duration.ofSeconds(1));
    assertThat(site.got("r2")).isTrue();
    assertThat(site.got("r3")).isFalse();
    assertThat(member(order, "r2").wave()).isEqualTo(1);
    assertThat(member(order, "r1").text()).startsWith("held: passed over, still wanted: ");
    assertThat(site.world.notices(site.install)).contains("campaign-passed-over");

    site.succeeds("r2", order, manifest);
    assertThat(site.got("r3") && site.got("r4")).isTrue();
    assertThat(site.got("r5")).isFalse();
  }

  @Test
  void aWaveThatIsOtherwiseDoneGoesOnWithAnotherInThePlaceOfWhoeverIsAway() {
    site.goes("r2");
    Draft order = ordered(waves(Optional.empty(), 3));
    site.succeeds("r1", order, manifest);
    site.succeeds("r3", order, manifest);
    assertThat(site.got("r4")).isFalse();

    site.world.pass(PATIENCE);
    assertThat(site.got("r4")).isTrue();
    assertThat(site.got("r5")).isFalse();
    site.succeeds("r4", order, manifest);
    assertThat(site.got("r5")).isTrue();
    site.succeeds("r5", order, manifest);
    assertThat(site.board(order).state()).isEqualTo(CampaignState.RUNNING);

    site.comes("r2");
    assertThat(site.got("r2")).isTrue();
    site.succeeds("r2", order, manifest);
    assertThat(site.board(order).state()).isEqualTo(CampaignState.DONE);
  }

  @Test
  void whoeverComesBackTakesTheNextFreePlaceAndNoneBesides() {
    site.goes("r1");
    Draft order = ordered(waves(Optional.empty(), 1, 1));
    site.world.pass(PATIENCE);
    assertThat(site.got("r2")).isTrue();

    site.comes("r1");
    assertThat(site.got("r1")).isFalse();
    assertThat(member(order, "r1").text()).isEqualTo("held: wave 2 of 3: after wave 1");

    site.succeeds("r2", order, manifest);
    assertThat(site.got("r1")).isTrue();
    assertThat(member(order, "r1").wave()).isEqualTo(2);
    assertThat(site.got("r3")).isFalse();
  }

  @Test
  void whoeverIsAwayUntilTheEndIsPutInFrontOfAPerson() {
    site.goes("r1");
    Draft order = ordered(waves(Optional.empty(), 1));
    site.world.pass(PATIENCE);
    for (int n = 2; n <= 5; n++) {
      site.succeeds("r" + n, order, manifest);
    }

    site.world.pass(Duration.ofDays(2).plusHours(2));
    assertThat(site.world.journal.state(order.id(), World.jid("r1")))
        .isEqualTo(DeliveryState.EXPIRED);
    assertThat(site.world.notices(site.install)).contains("expired", "campaign-ended");
  }

  @Test
  void whoeverHasBegunIsWaitedForHoweverLongItIsGone() {
    Draft order = ordered(waves(Optional.empty(), 1));
    site.goes("r1");
    site.world.pass(PATIENCE.multipliedBy(6));

    assertThat(member(order, "r1").state()).isEqualTo(State.BEGUN);
    assertThat(site.got("r2")).isFalse();
  }

  @Test
  void aFailureInThePlaceOfAnotherStopsItAsAnyDoes() {
    site.goes("r1");
    Draft order = ordered(waves(Optional.empty(), 1));
    site.world.pass(PATIENCE);
    site.fails("r2", order);

    assertThat(site.board(order).state()).isEqualTo(CampaignState.STOPPED);
    assertThat(site.got("r3")).isFalse();
  }

  @Test
  void theOrderMaySayHowLong() {
    site.goes("r1");
    ordered(waves(Optional.of(Duration.ofSeconds(5)), 1));
    site.world.pass(Duration.ofSeconds(5));

    assertThat(site.got("r2")).isTrue();
  }

  @Test
  void theOrderMaySayThatEverybodyIsWaitedFor() {
    site.goes("r1");
    ordered(waves(Optional.of(Rollout.NOBODY), 1));
    site.world.pass(Duration.ofDays(1));

    assertThat(site.got("r2")).isFalse();
  }

  @Test
  void aShortAbsenceCostsNobodyItsPlace() {
    site.goes("r1");
    Draft order = ordered(waves(Optional.empty(), 1));
    site.world.pass(PATIENCE.minusSeconds(1));
    site.comes("r1");

    assertThat(site.got("r1")).isTrue();
    assertThat(member(order, "r1").wave()).isEqualTo(1);
    assertThat(site.got("r2")).isFalse();
  }

  @Test
  void thoseOfALaterWaveWhoAreAwayAllAlongDoNotHoldItUpOneByOne() {
    site.goes("r2");
    site.goes("r3");
    Draft order = ordered(waves(Optional.empty(), 1, 1));
    site.world.pass(PATIENCE);
    site.succeeds("r1", order, manifest);

    assertThat(site.got("r4")).isTrue();
  }

  @Test
  void aNewServiceWaitsAnewAndTakesNobodysPlaceBack() {
    site.goes("r1");
    Draft order = ordered(waves(Optional.empty(), 1, 2));
    site.world.pass(PATIENCE);
    site.succeeds("r2", order, manifest);
    assertThat(site.got("r3") && site.got("r4")).isTrue();
    site.world.killAndRestart();
    site.keys.remove("r1");
    site.arrive();

    assertThat(site.board(order).wave()).isEqualTo(2);
    assertThat(member(order, "r2").wave()).isEqualTo(1);
    assertThat(member(order, "r3").wave()).isEqualTo(2);
    assertThat(member(order, "r1").wave()).isEqualTo(3);
    site.succeeds("r3", order, manifest);
    site.succeeds("r4", order, manifest);
    assertThat(site.got("r5")).isTrue();
  }
}
