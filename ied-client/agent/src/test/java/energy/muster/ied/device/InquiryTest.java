// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import energy.muster.ied.fixture.OneDevice;
import energy.muster.ied.fixture.Orders;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The question what became of an order whose time to be delivered is over. */
class InquiryTest extends OneActuator {
  InquiryTest() {
    super("load-48");
  }

  @Test
  void theRecordedOutcomeIsSentAgain() {
    Orders order = device.site().order(Verb.SHED);
    device.carryOut(order);
    Outcome first = device.site().outcomes(order.id()).get(0);

    device.ask(order.inquiry());

    assertThat(device.site().outcomes(order.id())).containsExactly(first, first);
  }

  @Test
  void anOrderThatNeverCameIsStaleAndNeverCarriedOut() {
    Orders order = device.site().order(Verb.SHED);

    device.ask(order.inquiry());

    assertThat(device.result(order.id())).isEqualTo(neverReceived());
    assertThat(device.site().outcomes(order.id()).get(0).commandDigest())
        .isEqualTo(Digest.of(order.command().write()));
    assertThat(device.carryOut(order)).isEqualTo(neverReceived());
    assertThat(actuator.executions()).isEmpty();
  }

  private static Result neverReceived() {
    return new Result.Declined(
        new Refusal(Reason.STALE, "never received; its time to be delivered is over"));
  }

  @Test
  void whatWasGivenUpStaysSoAfterARestart() {
    Orders order = device.site().order(Verb.SHED);
    device.ask(order.inquiry());
    Outcome first = device.site().outcomes(order.id()).get(0);

    device.restart();
    device.ask(order.delivery());

    assertThat(device.site().outcomes(order.id())).containsExactly(first);
    assertThat(actuator.executions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aDeviceThatDiesOverTheQuestionEitherGaveItUpOrNeverHeardOfIt(int entries) {
    Orders order = device.site().order(Verb.SHED);
    device.journal().dieAfter(entries);
    device.tryAsk(order.inquiry());

    device.restart();
    device.ask(order.inquiry());

    assertThat(device.result(order.id())).isEqualTo(neverReceived());
    assertThat(device.carryOut(order)).isEqualTo(neverReceived());
    assertThat(actuator.executions()).isEmpty();
  }

  @Test
  void anotherContentUnderTheSameIdIsAConflict() {
    Orders order = device.site().order(Verb.SHED);
    device.carryOut(order);

    assertThat(device.refusal(device.site().order(Verb.RESTORE).id(order.id()).inquiry()))
        .isEqualTo(Reason.ID_CONFLICT);
  }

  @Test
  void anOrderThatWaitsOrIsBeingCarriedOutAnswersWhenItIsDone() {
    Orders order = device.site().order(Verb.SHED).executeAt(device.in(Duration.ofMinutes(1)));
    device.ask(order.delivery());

    device.ask(order.inquiry());
    assertThat(device.answered(order.id())).isFalse();

    device.advance(Duration.ofMinutes(1));
    assertThat(device.result(order.id())).isEqualTo(new Result.Executed("moved"));
  }

  @Test
  void anOrderWhoseCancelCameFirstWasTakenBack() {
    Orders order = device.site().order(Verb.SHED);
    device.carryOut(device.site().order(new Instruction.Cancel(order.id())));
    device.restart();

    device.ask(order.inquiry());

    assertThat(OneDevice.reason(device.result(order.id()))).isEqualTo(Reason.CANCELLED);
  }

  @Test
  void onlyTheServiceAsks() {
    Orders order = device.site().order(Verb.SHED);

    Throwable no =
        device
            .site()
            .link()
            .ask("op-1@grid.example/x", order.inquiry())
            .handle((payload, error) -> error)
            .join();

    assertThat(no)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.refusal().reason()).isEqualTo(Reason.NOT_AUTHORISED));
    assertThat(device.carryOut(order)).isEqualTo(new Result.Executed("moved"));
  }

  @Test
  void withoutDiskSpaceNothingIsGivenUp() {
    Orders order = device.site().order(Verb.SHED);
    device.journal().full(true);
    assertThat(device.refusal(order.inquiry())).isEqualTo(Reason.NO_SPACE);

    device.journal().full(false);
    assertThat(device.carryOut(order)).isEqualTo(new Result.Executed("moved"));
  }

  /** The service did not send it, and refused such word of it in each session, for months. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void whatWasReplacedBeforeItCameIsNotToldWhereverTheDeviceIsKilled(int entries) {
    Orders replaced = device.site().order(Verb.SHED);
    Orders by = device.site().order(Verb.SHED).supersedes(replaced.id());
    device.journal().dieAfter(entries);
    device.tryAsk(by.delivery());
    device.restart();
    device.tryAsk(by.delivery());

    assertThat(device.answered(replaced.id())).isFalse();
    assertThat(OneDevice.reason(device.carryOut(replaced))).isEqualTo(Reason.SUPERSEDED);
  }
}
