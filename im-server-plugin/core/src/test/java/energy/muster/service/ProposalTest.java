// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import energy.muster.identity.FullJid;
import energy.muster.presence.Duty;
import energy.muster.presence.PersonPresence;
import energy.muster.refusal.Reason;
import energy.muster.service.fixture.Disk;
import energy.muster.service.journal.Entry;
import energy.muster.service.tariff.MarketRules;
import energy.muster.service.tariff.ProposalRule;
import energy.muster.tariff.PriceSeries;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dear price is proposed to operators, and nothing else follows from it. */
final class ProposalTest extends PublishingSite {
  private static final MarketRules RULES =
      new MarketRules(
          List.of(ProposalRule.parse("northco/day-ahead above 0.80: shed 500 kW from branch-60")),
          Duration.ofMinutes(15));

  ProposalTest() {
    super(RULES);
  }

  private FullJid operator(String name, String area) {
    return world.prove(world.pki.operator(name, area), "console");
  }

  private JsonNode proposals(FullJid who) {
    return world.get(who, Payload.empty(Wire.PROPOSALS)).requireLargeJson().get("proposals");
  }

  private Payload answer(String json) {
    return Payload.of(Wire.PROPOSAL, json(json));
  }

  @Test
  void aDearTimeIsProposedAsAWholeToThoseWhoAnswerForTheArea() {
    FullJid anna = operator("anna", "branch-60");
    publish(series(1, "0.50", "0.81", "0.95", "0.60", "0.90"), "meter-1");

    JsonNode list = proposals(anna);
    assertThat(list).hasSize(2);
    assertThat(list.get(0).get("from").asText()).isEqualTo(hour(2).toString());
    assertThat(list.get(0).get("until").asText()).isEqualTo(hour(4).toString());
    assertThat(list.get(0).get("perKwh").asText()).isEqualTo("0.95");
    assertThat(world.notices(anna)).contains("proposal");
    assertThat(proposals(operator("ben", "branch-7"))).isEmpty();
    assertThat(proposals(supplier)).isEmpty();
  }

  @Test
  void whatIsNotDearIsNotProposed() {
    publish(series(1, "0.50", "0.80"), "meter-1");
    assertThat(proposals(operator("anna", "branch-60"))).isEmpty();
  }

  @Test
  void anAmendmentWithdrawsWhatItMakesCheapAndProposesWhatItMakesDear() {
    PriceSeries series = series(1, "0.50", "0.81");
    FullJid anna = operator("anna", "branch-60");
    publish(series, "meter-1");
    publish(amendment(series, 2, 0), "meter-1");

    assertThat(proposals(anna)).hasSize(2);
    assertThat(proposals(anna).get(0).get("state").asText()).isEqualTo("withdrawn");
    assertThat(proposals(anna).get(1).get("from").asText()).isEqualTo(hour(1).toString());
  }

  @Test
  void itLapsesWithItsPriceAndItsNumberIsNotGivenAgain() {
    publish(series(1, "0.90"), "meter-1");
    world.pass(Duration.ofHours(3));
    FullJid anna = operator("anna", "branch-60");
    assertThat(proposals(anna)).isEmpty();

    world.killAndRestart();
    supplier = world.prove(publisher, "console");
    world.prove(meter("meter-1"), "k2");
    publish(series(-1, "0.95", "0.95", "0.95"), "meter-1");
    assertThat(proposals(operator("anna", "branch-60")).get(0).get("number").asInt()).isEqualTo(2);
  }

  @Test
  void oneTakesItOnAndAColleagueIsToldSoUntilItIsLetGo() {
    publish(series(1, "0.90"), "meter-1");
    FullJid anna = operator("anna", "branch-60");
    FullJid ben = operator("ben", "branch-60");

    world.set(anna, answer("{\"number\":1}"));
    assertThat(world.refusal(ben, answer("{\"number\":1}"))).isEqualTo(Reason.ALREADY_THERE);

    world.set(anna, answer("{\"number\":1,\"release\":true}"));
    world.set(ben, answer("{\"number\":1}"));
    assertThat(proposals(anna).get(0).get("by").asText()).startsWith("ben@");
  }

  @Test
  void whatCouldNotBeWrittenDownWasNotTakenOnNorLetGo() {
    publish(series(1, "0.90"), "meter-1");
    FullJid anna = operator("anna", "branch-60");
    FullJid ben = operator("ben", "branch-60");
    Payload release = answer("{\"number\":1,\"release\":true}");
    world.journal.disk(Disk.FULL);
    assertThat(world.refusal(anna, answer("{\"number\":1}"))).isEqualTo(Reason.NO_SPACE);
    world.journal.disk(Disk.WELL);
    world.set(ben, answer("{\"number\":1}"));
    world.journal.disk(Disk.FULL);
    assertThat(world.refusal(ben, release)).isEqualTo(Reason.NO_SPACE);
    world.journal.disk(Disk.WELL);

    world.set(ben, release);

    assertThat(proposals(anna).get(0).get("state").asText()).isEqualTo("open");
  }

  @Test
  void ofTwoWhoTakeItOnAtOnceTheSecondWaitsForTheFirst() {
    publish(series(1, "0.90"), "meter-1");
    FullJid anna = operator("anna", "branch-60");
    FullJid ben = operator("ben", "branch-60");
    world.journal.hold();
    var first = world.service().request(anna, true, answer("{\"number\":1}"));
    var second = world.service().request(ben, true, answer("{\"number\":1}"));
    assertThat(second).isNotDone();

    world.journal.sync();

    assertThat(first).isCompleted();
    assertThat(second).isCompletedExceptionally();
    assertThat(proposals(anna).get(0).get("by").asText()).startsWith("anna@");
  }

  @Test
  void oneThatCouldNotBeWrittenDownIsToldAndWrittenAtTheNextLook() {
    FullJid anna = operator("anna", "branch-60");
    world.journal.hold();
    var published =
        world.service().request(supplier, true, draft(series(1, "0.90"), "meter-1").submit());
    world.journal.disk(Disk.FULL);
    world.journal.sync();
    world.journal.disk(Disk.WELL);
    assertThat(published).isCompleted();
    assertThat(world.journal.entries(Entry.ProposalNoted.class)).isEmpty();
    assertThat(proposed(anna)).isEqualTo(1);

    publish(tariff(1, "2026-01-01", "0.20"), "meter-1");

    assertThat(world.journal.entries(Entry.ProposalNoted.class)).hasSize(1);
  }

  @Test
  void itStandsOverAKillAndIsNotMadeTwice() {
    publish(series(1, "0.90"), "meter-1");
    world.killAndRestart();
    FullJid anna = operator("anna", "branch-60");

    assertThat(proposals(anna)).hasSize(1);
    assertThat(proposals(anna).get(0).get("number").asInt()).isEqualTo(1);
    assertThat(world.notices(anna)).contains("proposal");
  }

  @Test
  void whoComesOnDutyLaterIsToldOnceThoughTheyWereConnectedAlready() {
    FullJid anna = operator("anna", "branch-60");
    says(anna, Duty.OFF_DUTY);
    publish(series(1, "0.90"), "meter-1");
    assertThat(proposed(anna)).isZero();

    says(anna, Duty.ON_DUTY);
    assertThat(proposed(anna)).isEqualTo(1);

    says(anna, Duty.AWAY);
    says(anna, Duty.ON_DUTY);
    assertThat(proposed(anna)).isEqualTo(1);
  }

  private void says(FullJid person, Duty duty) {
    world.service().person(person, PersonPresence.of(duty, ""), true);
  }

  private long proposed(FullJid person) {
    return world.notices(person).stream().filter("proposal"::equals).count();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"northco above 0.8: shed 5 kW from a", "northco/a above x: shed 5 kW from b", ""})
  void aRuleThatCannotBeReadSaysHowOneLooks(String rule) {
    assertThatThrownBy(() -> ProposalRule.parse(rule)).isInstanceOf(IllegalArgumentException.class);
  }
}
