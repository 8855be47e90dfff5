// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Power;
import energy.muster.fixture.TestPki;
import energy.muster.identity.Area;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.response.ShedProposal;
import energy.muster.tariff.OfferName;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is proposed because of a price, and who has taken it on. */
final class ProposalsTest extends Sitting {
  private static final OfferName HOME = OfferName.parse("northco/home");

  /** A load that says what it can shed. */
  private void someLoad() throws Exception {
    service.with("load-1", QuorumTest.load(40), "branch-60");
    begin();
    events.clear();
  }

  private ShedProposal proposal(Instant from) {
    return new ShedProposal(
        3,
        HOME,
        new BigDecimal("0.91"),
        new BigDecimal("0.80"),
        "USD",
        from,
        from.plus(Duration.ofHours(2)),
        Power.kilowatts(20),
        new Area("branch-60"),
        ShedProposal.State.OPEN,
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void aProposalForLaterBecomesAnOrderForItsBeginningToTheFirstThatTogetherAreEnough()
      throws Exception {
    someLoad();
    service.meters.market.propose(proposal(now.plus(Duration.ofHours(1))));

    assertThat(session.run("proposals").ok()).isTrue();
    assertThat(one(Event.ProposalsShown.class).proposals()).hasSize(1);
    assertThat(session.run("accept proposal 3").ok()).as("events %s", events).isTrue();

    assertThat(only().executeAt()).contains(now.plus(Duration.ofHours(1)));
    assertThat(only().until()).contains(now.plus(Duration.ofHours(3)));
    assertThat(only().reason().orElseThrow()).contains("proposal 3, northco/home costs 0.91");
    assertThat(service.leaves()).hasSize(1);
    assertThat(service.meters.market.words).hasSize(2);
    assertThat(service.meters.market.words.get(1).path("order").asText())
        .isEqualTo(only().id().text());
  }

  @Test
  void whoDoesNotSignLetsTheProposalGo() throws Exception {
    someLoad();
    service.meters.market.propose(proposal(now.plus(Duration.ofHours(1))));
    agrees = false;

    session.run("accept proposal 3");

    assertThat(service.commands()).isEmpty();
    assertThat(service.meters.market.words.get(1).path("release").asBoolean()).isTrue();
  }

  private ObjectNode lastWord() {
    assertThat(service.meters.market.words).hasSize(2);
    return service.meters.market.words.get(1);
  }

  /** A proposal for now, whose order meets such devices. */
  private void proposedNow(ServiceDouble.Behaviour devices) throws Exception {
    someLoad();
    service.behave(devices);
    service.meters.market.propose(proposal(now));
  }

  private void assertKept() {
    assertThat(lastWord().path("order").asText()).isEqualTo(only().id().text());
    assertThat(lastWord().has("release")).isFalse();
    assertThat(all(Event.Said.class))
        .extracting(Event.Said::text)
        .anyMatch(text -> text.contains("stays yours: order " + only().id().brief()));
  }

  @Test
  void aProposalWhoseOrderNobodyAnswersInTimeIsNotGivenToAColleague() throws Exception {
    proposedNow((command, device) -> Optional.empty());

    session.run("accept proposal 3");

    assertKept();
  }

  @Test
  void aProposalWhoseOrderCannotBeLookedUpIsNotGivenToAColleague() throws Exception {
    proposedNow((command, device) -> Optional.empty());
    service.failing.add(new Refused(Reason.BUSY, "not now"));

    session.run("accept proposal 3");

    assertKept();
  }

  @Test
  void whoInterruptsTheWaitKeepsTheProposalWhoseOrderIsUnderWay() throws Exception {
    proposedNow(
        (command, device) -> {
          Thread.currentThread().interrupt();
          return Optional.empty();
        });

    assertThatThrownBy(() -> session.run("accept proposal 3"))
        .isInstanceOf(InterruptedException.class);

    assertKept();
  }

  @Test
  void aProposalWhoseOrderTheServiceRefusesIsLetGo() throws Exception {
    proposedNow(
        (command, device) -> {
          throw new Refused(Reason.NOT_AUTHORISED, "not yours");
        });

    session.run("accept proposal 3");

    assertThat(lastWord().path("release").asBoolean()).isTrue();
  }

  @Test
  void aProposalWhoseOrderEveryDeviceRefusesIsLetGo() throws Exception {
    proposedNow(
        (command, device) ->
            Optional.of(new Result.Declined(new Refusal(Reason.LOCAL_CONTROL, "locked"))));

    session.run("accept proposal 3");

    assertThat(lastWord().path("release").asBoolean()).isTrue();
  }

  @Test
  void whoKeptAProposalLetsItGoOnceTheyHaveLookedAndSaidYes() throws Exception {
    proposedNow((command, device) -> Optional.empty());
    session.run("accept proposal 3");
    events.clear();
    questions.clear();
    agrees = false;

    assertThat(session.run("release proposal 3").ok()).isFalse();
    assertThat(questions)
        .containsExactly(
            "order "
                + only().id().brief()
                + " was given for proposal 3; who accepts it next sheds 20 kW once more: let it"
                + " go?");
    assertThat(service.meters.market.words).hasSize(2);

    agrees = true;
    assertThat(session.run("release proposal 3").ok()).isTrue();
    assertThat(service.meters.market.words.get(2).path("release").asBoolean()).isTrue();
    assertThat(one(Event.ProposalsShown.class).proposals())
        .extracting(ShedProposal::state)
        .containsExactly(ShedProposal.State.OPEN);
  }

  @Test
  void aProposalWithoutAnOrderIsLetGoWithoutAQuestion() throws Exception {
    service.meters.market.propose(proposal(now).accepted(TestPki.jid("op-1"), Optional.empty()));

    assertThat(session.run("release proposal 3").ok()).isTrue();

    assertThat(questions).isEmpty();
    assertThat(service.meters.market.words.get(0).path("release").asBoolean()).isTrue();
  }

  @Test
  void aProposalThatIsNotThereIsNotLetGo() throws Exception {
    assertThat(session.run("release proposal 4").ok()).isFalse();
    assertThat(one(Event.Mistaken.class).hint().text()).contains("there is no proposal 4");
    assertThat(service.meters.market.words).isEmpty();
  }

  @Test
  void aProposalThatIsNotThereIsAMistake() throws Exception {
    assertThat(session.run("accept proposal 4").ok()).isFalse();
    assertThat(one(Event.Mistaken.class).hint().text()).contains("there is no proposal 4");
    assertThat(service.meters.market.words).isEmpty();
  }
}
