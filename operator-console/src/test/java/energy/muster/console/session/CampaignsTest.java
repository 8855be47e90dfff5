// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.document.DocumentId;
import energy.muster.firmware.Campaign;
import energy.muster.firmware.CampaignAct;
import energy.muster.firmware.CampaignMember;
import energy.muster.firmware.CampaignState;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.fixture.TestPki;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How upgrades stand, and a person's hand on them. */
final class CampaignsTest extends Sitting {
  private static final DocumentId ONE = new DocumentId("01KAJ3Q4Z8M2V7X9B5N6T1R0CD");
  private static final DocumentId OTHER = new DocumentId("01KAJ3Q4Z8M2V7X9B5N6T1R0XY");

  private Campaign campaign(DocumentId id, CampaignState state) {
    return new Campaign(
        id,
        TestPki.jid("inst-1"),
        "relay",
        new FirmwareVersion(2, 4, 1),
        state,
        "wave 1 of 1",
        1,
        List.of(1),
        now.plus(Duration.ofDays(3)),
        Map.of(CampaignMember.State.BEGUN, 1),
        List.of(
            new CampaignMember(
                TestPki.jid("sw3"),
                1,
                CampaignMember.State.BEGUN,
                now,
                "the device has it",
                Optional.empty())));
  }

  @BeforeEach
  void twoCampaigns() {
    service.firmware.campaigns.add(
        List.of(campaign(OTHER, CampaignState.RUNNING), campaign(ONE, CampaignState.RUNNING)));
  }

  @Test
  void allAreListed() throws Exception {
    assertThat(session.run("campaigns").ok()).isTrue();
    assertThat(one(FirmwareEvent.CampaignsListed.class).campaigns())
        .extracting(Campaign::order)
        .containsExactly(OTHER, ONE);
  }

  @Test
  void oneIsFoundByTheEndOfItsIdHoweverItIsTyped() throws Exception {
    assertThat(session.run("campaign r0cd").ok()).isTrue();
    FirmwareEvent.CampaignShown shown = one(FirmwareEvent.CampaignShown.class);
    assertThat(shown.campaign().order()).isEqualTo(ONE);
    assertThat(shown.live()).isFalse();
  }

  @Test
  void whatIsNoCampaignIsSaid() throws Exception {
    assertThat(session.run("campaign 7QK2XA").ok()).isFalse();
    assertThat(one(Event.Mistaken.class).hint().text())
        .isEqualTo("no campaign ends in '7QK2XA'; campaigns lists them");
  }

  @Test
  void anEndThatTwoHaveIsAskedBack() throws Exception {
    service.firmware.campaigns.clear();
    service.firmware.campaigns.add(
        List.of(
            campaign(ONE, CampaignState.RUNNING),
            campaign(new DocumentId("01KAJ3Q4Z8M2V7X9B5N6T2R0CD"), CampaignState.DONE)));

    assertThat(session.run("campaign R0CD").ok()).isFalse();
    assertThat(one(Event.Mistaken.class).hint().text())
        .isEqualTo("2 campaigns are meant by 'R0CD'; type more of its id");
  }

  @Test
  void whoeverLooksOnIsShownItAgainUntilItIsOver() throws Exception {
    service.firmware.campaigns.clear();
    List<Campaign> running = List.of(campaign(ONE, CampaignState.RUNNING));
    service.firmware.campaigns.add(running);
    service.firmware.campaigns.add(running);
    service.firmware.campaigns.add(List.of(campaign(ONE, CampaignState.DONE)));
    session.lookOn();

    assertThat(session.run("campaign R0CD").ok()).isTrue();
    assertThat(all(FirmwareEvent.CampaignShown.class))
        .extracting(FirmwareEvent.CampaignShown::live)
        .containsExactly(true, false);
  }

  @Test
  void aPauseIsSignedWithItsReason() throws Exception {
    assertThat(session.run("pause campaign R0CD because a storm is coming").ok()).isTrue();

    assertThat(service.firmware.acts)
        .singleElement()
        .satisfies(
            act -> {
              assertThat(act.kind()).isEqualTo(CampaignAct.Kind.PAUSE);
              assertThat(act.order()).isEqualTo(ONE);
              assertThat(act.reason()).isEqualTo("a storm is coming");
              assertThat(act.header().issuer()).isEqualTo(TestPki.jid("op-1"));
            });
    assertThat(one(FirmwareEvent.CampaignActed.class).state()).isEqualTo("paused");
  }

  @Test
  void aResumeIsSignedToo() throws Exception {
    session.run("resume campaign R0CD because it has passed");
    assertThat(service.firmware.acts.get(0).kind()).isEqualTo(CampaignAct.Kind.RESUME);
  }
}
