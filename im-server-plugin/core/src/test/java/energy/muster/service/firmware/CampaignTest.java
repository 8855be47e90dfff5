// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import static energy.muster.service.firmware.FirmwareSite.refused;
import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import energy.muster.document.DocumentType;
import energy.muster.firmware.CampaignAct;
import energy.muster.firmware.CampaignMember.State;
import energy.muster.firmware.CampaignState;
import energy.muster.firmware.Rollout;
import energy.muster.firmware.Share;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Result;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.Operating;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.scan.Scanner;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealer;
import energy.muster.service.fixture.World;
import energy.muster.service.fixture.World.Draft;
import energy.muster.service.journal.Entry;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Upgrades of several relays, one wave after another. */
class CampaignTest {
  private static final Rollout ONE_THEN_REST =
      new Rollout(List.of(new Share(1, false)), 100, new Share(1, false), 1);
  private static final Rollout ALL_AT_ONCE = new Rollout(List.of(), 100, new Share(2, false), 1);

  @TempDir Path folder;
  private FirmwareSite site;
  private Digest manifest;

  private void site(boolean twoPersons, RedundancyGroup... groups) {
    site =
        new FirmwareSite(
            new RulesDraft().twoPersons(twoPersons).groups(groups).patience(Rollout.NOBODY).rules(),
            folder,
            Scanner.NONE);
    site.with("sw1", "sw2", "sw3");
    manifest = site.published();
  }

  private Draft started(Rollout rollout) {
    return site.submits(site.upgrade(manifest, rollout, "sw1", "sw2", "sw3"));
  }

  private DeliveryState delivery(Draft order, String relay) {
    return site.world.journal.state(order.id(), World.jid(relay));
  }

  @Test
  void theNextWaveBeginsWhenTheFirstHasSucceeded() {
    site(false);
    Draft order = started(ONE_THEN_REST);

    assertThat(site.got("sw1")).isTrue();
    assertThat(site.got("sw2")).isFalse();
    assertThat(site.member(order, "sw2").text()).isEqualTo("held: wave 2 of 2: after wave 1");

    site.succeeds("sw1", order, manifest);
    assertThat(site.got("sw2")).isTrue();
    assertThat(site.got("sw3")).isTrue();
    site.succeeds("sw2", order, manifest);
    site.succeeds("sw3", order, manifest);
    assertThat(site.board(order).state()).isEqualTo(CampaignState.DONE);
    assertThat(site.world.notices(site.install)).contains("campaign-wave", "campaign-done");
  }

  @Test
  void anOutcomeWithoutTheSignedReportIsNoSuccess() {
    site(false);
    Draft order = started(ONE_THEN_REST);
    site.concludes("sw1", order, new Result.Executed("done", Optional.empty()));

    assertThat(site.member(order, "sw1").state()).isEqualTo(State.BEGUN);
    assertThat(site.got("sw2")).isFalse();

    // Of another order, and without a start since: neither is what it waits for.
    site.reports("sw1", FirmwareSite.NEW, Optional.of(manifest), Optional.empty());
    site.reports("sw1", FirmwareSite.NEW, Optional.of(manifest), Optional.of(order.id()));
    assertThat(site.member(order, "sw1").state()).isEqualTo(State.BEGUN);
    assertThat(site.got("sw2")).isFalse();
  }

  @Test
  void aFailureStopsItUntilAPersonLetsItGoOn() {
    site(false);
    Draft order = started(ONE_THEN_REST);
    site.fails("sw1", order);

    assertThat(site.board(order).state()).isEqualTo(CampaignState.STOPPED);
    assertThat(site.got("sw2")).isFalse();
    assertThat(site.world.notices(site.install)).contains("campaign-stopped");

    site.world.pass(Duration.ofSeconds(1));
    site.acts(order, CampaignAct.Kind.RESUME, "the relay was broken before");
    assertThat(site.got("sw2")).isTrue();
    site.succeeds("sw2", order, manifest);
    site.succeeds("sw3", order, manifest);
    assertThat(site.board(order).state()).isEqualTo(CampaignState.FAILED);
  }

  @Test
  void whoIsPausedBeginsNothingMore() {
    site(false);
    Draft order = started(ONE_THEN_REST);
    site.acts(order, CampaignAct.Kind.PAUSE, "a storm is coming");
    site.succeeds("sw1", order, manifest);

    assertThat(site.board(order).state()).isEqualTo(CampaignState.PAUSED);
    assertThat(site.board(order).text()).contains("a storm is coming");
    assertThat(site.got("sw2")).isFalse();

    site.world.pass(Duration.ofSeconds(1));
    site.acts(order, CampaignAct.Kind.RESUME, "it has passed");
    assertThat(site.got("sw2")).isTrue();
  }

  @Test
  void withAStaleRevocationListItIsHeldBackButDoesNotGoOn() {
    site(false);
    Draft order = started(ONE_THEN_REST);
    site.world.pass(Duration.ofHours(25));
    site.acts(order, CampaignAct.Kind.PAUSE, "whoever signs may be revoked");

    assertThat(
            refused(
                () -> {
                  site.acts(order, CampaignAct.Kind.RESUME, "it has passed");
                  return order;
                }))
        .isEqualTo(Reason.TRUST_STALE);
    assertThat(site.board(order).state()).isEqualTo(CampaignState.PAUSED);
  }

  @Test
  void whoMayNotUpgradeDoesNotLetItGoOn() {
    site(false);
    Draft order = started(ONE_THEN_REST);
    CampaignAct act =
        new CampaignAct(
            site.world.header(DocumentType.CAMPAIGN_ACT, site.builder.certified().jid()),
            order.id(),
            CampaignAct.Kind.PAUSE,
            "no");

    assertThat(
            site.world.refusal(
                site.build, Payload.of(Wire.CAMPAIGN_ACT, Sealer.seal(act.write(), site.builder))))
        .isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void ofARedundantPairOneStaysInServiceAllTheTime() {
    site(false, RedundancyGroup.of("pair", Set.of(World.jid("sw1"), World.jid("sw2"))));
    Draft order = started(ALL_AT_ONCE);

    assertThat(site.got("sw1")).isTrue();
    assertThat(site.got("sw2")).isFalse();
    assertThat(site.got("sw3")).isTrue();
    assertThat(site.member(order, "sw2").text()).isEqualTo("held: sw1 of pair is being upgraded");

    site.succeeds("sw1", order, manifest);
    assertThat(site.got("sw2")).isTrue();
  }

  @Test
  void whileOneOfAPairIsAwayTheOtherWaits() {
    site(false, RedundancyGroup.of("pair", Set.of(World.jid("sw1"), World.jid("sw2"))));
    site.goes("sw2");
    Draft order = started(ALL_AT_ONCE);

    assertThat(site.got("sw1")).isFalse();
    site.comes("sw2");
    assertThat(site.got("sw1") ^ site.got("sw2")).isTrue();
    assertThat(delivery(order, "sw3")).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void twoUpgradesTogetherDoNotTakeBothEndsOfABranch() {
    site(false, RedundancyGroup.ends("branch-60", Set.of(World.jid("sw1"), World.jid("sw2"))));
    Rollout bold = new Rollout(List.of(), 100, new Share(2, false), 5);
    site.submits(site.upgrade(manifest, bold, "sw1"));
    Draft other = site.submits(site.upgrade(manifest, bold, "sw2"));

    assertThat(site.got("sw1")).isTrue();
    assertThat(site.got("sw2")).isFalse();
    assertThat(site.member(other, "sw2").text())
        .isEqualTo("held: sw1 of branch-60 is being upgraded");
  }

  @Test
  void aGeneratorThatRunsIsNotUpgradedUntilItIsOff() {
    site(false);
    site.says("sw1", DeviceKind.GENERATOR, Operating.ON);
    Draft order = started(ALL_AT_ONCE);

    assertThat(site.got("sw1")).isFalse();
    assertThat(site.member(order, "sw1").text()).isEqualTo("held: the generator is on");
    site.goes("sw1");
    site.comes("sw1");
    assertThat(site.got("sw1")).isTrue();
  }

  @Test
  void whoeverIsAwayUntilTheEndIsPutInFrontOfAPerson() {
    site(false);
    site.goes("sw3");
    Draft order = started(ALL_AT_ONCE);
    site.succeeds("sw1", order, manifest);
    site.succeeds("sw2", order, manifest);
    assertThat(site.board(order).state()).isEqualTo(CampaignState.RUNNING);

    site.world.pass(Duration.ofDays(2).plusHours(2));
    assertThat(delivery(order, "sw3")).isEqualTo(DeliveryState.EXPIRED);
    assertThat(site.world.journal.entries(Entry.Owed.class))
        .extracting(each -> each.notice().kind())
        .contains("expired", "campaign-ended");
  }

  @Test
  void aNewServiceGoesOnInTheMiddleOfAWave() {
    site(false);
    Draft order = started(new Rollout(List.of(new Share(2, false)), 100, new Share(1, false), 1));
    site.succeeds("sw1", order, manifest);
    site.world.killAndRestart();
    site.arrive();

    assertThat(site.member(order, "sw1").state()).isEqualTo(State.SUCCEEDED);
    assertThat(site.member(order, "sw2").state()).isEqualTo(State.BEGUN);
    assertThat(site.member(order, "sw3").state()).isEqualTo(State.WAITING);
    assertThat(site.got("sw3")).isFalse();

    site.succeeds("sw2", order, manifest);
    assertThat(site.got("sw3")).isTrue();
  }

  @Test
  void aNewServiceKnowsThatItWasPausedAndStopped() {
    site(false);
    Draft paused = started(ONE_THEN_REST);
    site.acts(paused, CampaignAct.Kind.PAUSE, "a storm is coming");
    site.world.killAndRestart();
    site.arrive();
    assertThat(site.board(paused).state()).isEqualTo(CampaignState.PAUSED);

    site.fails("sw1", paused);
    site.world.killAndRestart();
    site.arrive();
    assertThat(site.board(paused).state()).isEqualTo(CampaignState.STOPPED);
    assertThat(site.got("sw2")).isFalse();
  }

  @Test
  void aCancelEndsWhatHasNotBegun() {
    site(false);
    Draft order = started(ONE_THEN_REST);
    Draft cancel =
        site.world
            .draft(site.installer, Verb.SHED, "sw1", "sw2", "sw3")
            .but(draft -> draft.instruction(new Instruction.Cancel(order.id())));
    site.submits(cancel);

    assertThat(delivery(order, "sw1")).isEqualTo(DeliveryState.RECEIVED);
    assertThat(delivery(order, "sw2")).isEqualTo(DeliveryState.CANCELLED);
    site.concludes("sw1", order, new Result.Declined(new Refusal(Reason.CANCELLED, "taken back")));
    assertThat(site.board(order).state()).isEqualTo(CampaignState.ENDED);
    assertThat(site.got("sw2")).isFalse();
  }

  @Test
  void anUpgradeThatTakesTwoPersonsWaitsForTheSecond() {
    site(true);
    Draft order = started(ALL_AT_ONCE);

    assertThat(site.got("sw1")).isFalse();
    assertThat(site.board(order).state()).isEqualTo(CampaignState.AWAITING_APPROVAL);
    assertThat(site.member(order, "sw1").text())
        .isEqualTo("held: waits for the approval of a second person");
    assertThat(site.world.notices(site.approve)).contains("approval-awaited");

    site.world.set(site.approve, order.signedBy(site.installer, site.second).submit());
    assertThat(site.got("sw1")).isTrue();
    assertThat(site.world.network.to(site.sessions.get("sw1"), Wire.DELIVER).get(0).requireSealed())
        .satisfies(
            carried ->
                assertThat(
                        site.world.pki.trust().open(carried, site.world.clock.instant()).signers())
                    .hasSize(2));
  }

  @Test
  void anApprovalHoldsAfterARestart() {
    site(true);
    Draft order = started(ONE_THEN_REST);
    site.world.set(site.install, order.signedBy(site.installer, site.second).submit());
    site.world.killAndRestart();
    site.arrive();

    assertThat(site.board(order).state()).isEqualTo(CampaignState.RUNNING);
  }

  @Test
  void whoseApprovalHadNoAnswerIsAnsweredWhenItComesAgain() {
    site(true);
    Draft order = started(ONE_THEN_REST);
    Payload approval = order.signedBy(site.installer, site.second).submit();
    site.world.set(site.approve, approval);
    assertThat(site.world.set(site.approve, approval).wire()).isEqualTo(Wire.ACCEPTED);

    site.world.killAndRestart();
    site.arrive();
    assertThat(site.world.set(site.approve, approval).wire()).isEqualTo(Wire.ACCEPTED);
  }

  @Test
  void anApprovalHoldsWhenTheSecondPersonsCertificateDoesNotAnyMore() {
    site(true);
    Draft order = started(ONE_THEN_REST);
    site.world.set(site.install, order.signedBy(site.installer, site.second).submit());
    site.world.pki.revoke(site.second);
    String crl = Base64.getEncoder().encodeToString(site.world.pki.crl());
    FullJid admin = site.world.prove(site.world.pki.identity("sec-1", Role.SECURITY_ADMIN), "a");
    site.world.set(admin, Payload.of(Wire.CRL, Json.object().put("crl", crl)));
    site.world.killAndRestart();
    site.arriveWithoutSecond();

    assertThat(site.board(order).state()).isEqualTo(CampaignState.RUNNING);
  }

  @Test
  void oneSignatureAgainOrOfSomebodyElseApprovesNothing() {
    site(true);
    Draft order = started(ALL_AT_ONCE);
    site.submits(order);
    assertThat(
            refused(
                () ->
                    site.world.set(
                        site.approve, order.signedBy(site.installer, site.builder).submit())))
        .isEqualTo(Reason.NOT_AUTHORISED);
    assertThat(site.got("sw1")).isFalse();
  }

  @Test
  void whatIsNotReleasedIsNotOrdered() {
    site(false);
    Draft order = site.upgrade(Digest.of(new byte[] {1}), ALL_AT_ONCE, "sw1");

    assertThat(site.world.refusal(site.install, order.submit())).isEqualTo(Reason.NOT_RELEASED);
  }
}
