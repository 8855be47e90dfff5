// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.command.Priority;
import energy.muster.command.Verb;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Result;
import energy.muster.outcome.WriteOff;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders that are taken back, given up, or ended by the service. */
final class EndedOrderTest extends Sitting {
  private static final String HELD = "held until the device is there";

  private String id;

  @BeforeEach
  void anOrderThatNobodyAnswers() throws Exception {
    service.behave((command, device) -> Optional.empty());
    session.run("shed load-48");
    id = first().id().brief().toLowerCase(Locale.ROOT);
    events.clear();
  }

  private Command last() {
    return service.commands().get(service.commands().size() - 1);
  }

  @Test
  void whatWasNotSentIsCancelledByTheService() throws Exception {
    service.says(first(), LOAD, DeliveryState.HELD, HELD);
    assertThat(session.run("cancel " + id + " because \"wrong load\"").ok()).isTrue();
    assertThat(last().instruction()).isEqualTo(new Instruction.Cancel(first().id()));
    assertThat(last().priority()).isEqualTo(Priority.EMERGENCY);
    assertThat(last().reason()).contains("wrong load");
    assertThat(one(Event.Ended.class).standing().text()).isEqualTo("had not been sent and is void");
    assertThat(session.run("expect cancelled").ok()).isTrue();
  }

  private Command first() {
    return service.commands().get(0);
  }

  @Test
  void whatTheDeviceHadIsCancelledByTheDevice() throws Exception {
    service.says(first(), LOAD, DeliveryState.RECEIVED, "");
    service.behave((command, device) -> Optional.of(new Result.Executed("cancelled: shed")));
    assertThat(session.run("cancel " + id).ok()).isTrue();
    assertThat(one(Event.Answered.class).instruction().verb()).isEqualTo(Verb.CANCEL);
    assertThat(session.run("expect cancelled").ok()).isTrue();
  }

  @Test
  void whatIsDoneIsTooLateAndSaidSoByTheDevice() throws Exception {
    service.says(first(), LOAD, DeliveryState.RECEIVED, "");
    service.behave(
        (command, device) ->
            Optional.of(new Result.Declined(new Refusal(Reason.TOO_LATE, "it was executed"))));
    assertThat(session.run("cancel " + id).ok()).isFalse();
    assertThat(session.run("expect refused too-late").ok()).isTrue();
  }

  @Test
  void whatHasEndedIsNotCancelledAgain() throws Exception {
    service.keepsAnswer(first(), LOAD, new Result.Executed("off"));
    assertThat(session.run("cancel " + id).ok()).isFalse();
    assertThat(one(Event.TooLate.class).standing().state()).isEqualTo(DeliveryState.EXECUTED);
    assertThat(session.run("expect refused too-late").ok()).isTrue();
    assertThat(service.commands()).hasSize(1);
  }

  @Test
  void aNoticeEndsADeliveryAndIsShownOnce() throws Exception {
    Command order = first();
    service.notice("expired", Optional.of(order), Optional.of(LOAD), "is void").join();
    service.notice("expired", Optional.of(order), Optional.of(LOAD), "is void").join();
    assertThat(one(Event.Ended.class).standing().state()).isEqualTo(DeliveryState.EXPIRED);
    assertThat(all(Event.Noticed.class)).extracting(Event.Noticed::news).containsOnly(false);
  }

  @Test
  void anUnconfirmedDeliveryStaysOpenUntilItIsGivenUp() throws Exception {
    Command order = first();
    service.notice("unconfirmed", Optional.of(order), Optional.of(LOAD), "unknown").join();
    assertThat(one(Event.Noticed.class).news()).isTrue();
    assertThat(all(Event.Ended.class)).isEmpty();
    service.says(order, LOAD, DeliveryState.UNCONFIRMED, "no answer");
    assertThat(session.run("give up " + id + " because \"the feeder was rebuilt\"").ok()).isTrue();
    assertThat(questions)
        .containsExactly("give up shed of load-48 as uncertain: \"the feeder was rebuilt\"?");
    WriteOff writeOff = service.writeOffs().get(0);
    assertThat(writeOff.command()).isEqualTo(order.id());
    assertThat(writeOff.device()).isEqualTo(LOAD);
    assertThat(one(Event.GivenUp.class).reason()).isEqualTo("the feeder was rebuilt");
    assertThat(session.run("expect uncertain").ok()).isTrue();
    session.run("order " + id);
    assertThat(one(Event.OrderShown.class).proof().writeOffs()).containsExactly(writeOff);
  }

  @Test
  void evidenceThatComesAfterwardsIsShown() throws Exception {
    Command order = first();
    service.notice("written-off", Optional.of(order), Optional.of(LOAD), "given up").join();
    service.report(service.answer(order, LOAD, new Result.Executed("off after all"))).join();
    assertThat(one(Event.Answered.class).outcome().result().text()).isEqualTo("off after all");
  }

  @Test
  void onlyWhatIsUnconfirmedIsGivenUpAndOnlyWithConsent() throws Exception {
    service.says(first(), LOAD, DeliveryState.SENT, "");
    assertThat(session.run("give up " + id + " because impatient"))
        .isInstanceOf(LineResult.Mistake.class);
    service.says(first(), LOAD, DeliveryState.UNCONFIRMED, "");
    agrees = false;
    assertThat(session.run("give up " + id + " because impatient").ok()).isFalse();
    assertThat(service.writeOffs()).isEmpty();
  }

  @Test
  void aSealThatDoesNotHoldIsNotBelievedInARecord() throws Exception {
    service.keepsForgedAnswer(first(), LOAD, pki.device("load-50a"));
    assertThat(session.run("order " + id).ok()).isTrue();
    OrderProof proof = one(Event.OrderShown.class).proof();
    assertThat(proof.command()).contains(first());
    assertThat(proof.outcomes()).isEmpty();
    assertThat(proof.distrusted())
        .extracting(Refusal::reason)
        .containsExactly(Reason.NOT_AUTHORISED);
  }
}
