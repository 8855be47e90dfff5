// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.ied.fixture.OneDevice;
import energy.muster.ied.fixture.Orders;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Taking orders back: a definite answer each time. */
class CancellingTest extends OneActuator {
  private static final Result NEVER_CAME =
      new Result.Executed("it had not arrived, and will not be carried out");

  CancellingTest() {
    super("gen-1");
  }

  private Orders waiting() {
    Orders order = device.site().order(Verb.START).executeAt(device.in(MINUTE));
    device.ask(order.delivery());
    return order;
  }

  private Orders cancel(DocumentId id) {
    return device.site().order(new Instruction.Cancel(id));
  }

  @Test
  void anOrderThatWaitsIsTakenBack() {
    Orders order = waiting();

    Result cancelled = device.carryOut(cancel(order.id()));

    assertThat(cancelled).isInstanceOf(Result.Executed.class);
    assertThat(cancelled.text()).startsWith("cancelled: start was to be at ");
    assertThat(OneDevice.reason(device.result(order.id()))).isEqualTo(Reason.CANCELLED);
    device.advance(MINUTE);
    assertThat(actuator.executions()).isEmpty();
  }

  @Test
  void whatWasTakenBackStaysSoAfterARestart() {
    Orders order = waiting();
    device.carryOut(cancel(order.id()));

    device.restart();
    device.advance(MINUTE);
    device.ask(order.delivery());

    assertThat(OneDevice.reason(device.result(order.id()))).isEqualTo(Reason.CANCELLED);
    assertThat(actuator.executions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void whereverTheDeviceIsKilledACancelThatIsSentAgainSaysWhatIs(int entries) {
    Orders order = waiting();
    Orders cancel = cancel(order.id());
    device.journal().dieAfter(entries);
    device.tryAsk(cancel.delivery());

    device.restart();
    device.ask(cancel.delivery());

    assertThat(device.result(cancel.id())).isInstanceOf(Result.Executed.class);
    device.advance(MINUTE);
    assertThat(actuator.executions()).isEmpty();
    device.ask(order.inquiry());
    assertThat(OneDevice.reason(device.result(order.id()))).isEqualTo(Reason.CANCELLED);
  }

  @Test
  void whatWasCarriedOutIsTooLateToTakeBackAndSaidWithItsTime() {
    Orders order = device.site().order(Verb.START);
    device.carryOut(order);

    Result late = device.carryOut(cancel(order.id()));

    assertThat(OneDevice.reason(late)).isEqualTo(Reason.TOO_LATE);
    assertThat(late.text()).matches("it was executed at 20.*Z: moved");
  }

  @Test
  void whatWasRefusedIsTooLateToTakeBackAndSaidWithItsReason() {
    Orders order = device.site().order(Verb.START).executeBy(device.now());
    device.site().time().advance(Duration.ofSeconds(1));
    device.carryOut(order);

    Result late = device.carryOut(cancel(order.id()));

    assertThat(OneDevice.reason(late)).isEqualTo(Reason.TOO_LATE);
    assertThat(late.text()).startsWith("it was refused at").contains("to be executed by");
  }

  @Test
  void whatIsBeingCarriedOutIsTooLateToTakeBack() {
    actuator.hold();
    Orders order = device.site().order(Verb.START);
    device.ask(order.delivery());

    Result late = device.carryOut(cancel(order.id()));

    assertThat(OneDevice.reason(late)).isEqualTo(Reason.TOO_LATE);
    assertThat(late.text()).isEqualTo("it is being carried out");
  }

  @Test
  void anOrderThatComesAfterItsCancelIsRefused() {
    Orders order = device.site().order(Verb.START);

    assertThat(device.carryOut(cancel(order.id()))).isEqualTo(NEVER_CAME);

    assertThat(OneDevice.reason(device.carryOut(order))).isEqualTo(Reason.CANCELLED);
    assertThat(actuator.executions()).isEmpty();
  }

  @Test
  void anOrderThatComesAfterItsCancelIsRefusedAfterARestartToo() {
    Orders order = device.site().order(Verb.START).executeAt(device.in(MINUTE));
    Orders cancel = cancel(order.id());
    device.carryOut(cancel);

    device.restart();

    assertThat(OneDevice.reason(device.carryOut(order))).isEqualTo(Reason.CANCELLED);
    assertThat(OneDevice.reason(device.carryOut(order))).isEqualTo(Reason.CANCELLED);
    assertThat(device.carryOut(cancel(order.id()))).isEqualTo(NEVER_CAME);
    device.advance(MINUTE);
    assertThat(actuator.executions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aDeviceThatDiesOverTheCancelOfWhatNeverCameAnswersItWhenItIsSentAgain(int entries) {
    Orders order = device.site().order(Verb.START);
    Orders cancel = cancel(order.id());
    device.journal().dieAfter(entries);
    device.tryAsk(cancel.delivery());

    device.restart();

    assertThat(device.carryOut(cancel)).isEqualTo(NEVER_CAME);
    assertThat(OneDevice.reason(device.carryOut(order))).isEqualTo(Reason.CANCELLED);
  }

  @Test
  void nobodyTakesBackTheOrderOfAnother() {
    Orders order = waiting();
    Orders theirs =
        Orders.order(
            device.site().pki().operator("op-2", "*"),
            device.site().jid(),
            new Instruction.Cancel(order.id()),
            device.now());

    assertThat(OneDevice.reason(device.carryOut(theirs))).isEqualTo(Reason.UNKNOWN);
    device.advance(MINUTE);
    assertThat(actuator.executions()).containsEntry(order.id(), 1);
  }

  @Test
  void aCancelDoesNotTakeBackItself() {
    DocumentId id = DocumentId.next(device.now());

    assertThat(OneDevice.reason(device.carryOut(cancel(id).id(id))))
        .isEqualTo(Reason.INVALID_ARGUMENT);
  }

  @Test
  void withoutDiskSpaceTheOrderWaitsOn() {
    Orders order = waiting();
    device.journal().full(true);
    assertThat(device.refusal(cancel(order.id()).delivery())).isEqualTo(Reason.NO_SPACE);

    device.journal().full(false);
    device.advance(MINUTE);
    assertThat(actuator.executions()).containsEntry(order.id(), 1);
  }

  @Test
  void withoutDiskSpaceWhatNeverCameCannotBeTakenBack() {
    Orders order = device.site().order(Verb.START);
    Orders cancel = cancel(order.id());
    device.journal().full(true);
    assertThat(device.refusal(cancel.delivery())).isEqualTo(Reason.NO_SPACE);

    device.journal().full(false);
    assertThat(device.carryOut(cancel)).isEqualTo(NEVER_CAME);
  }
}
