// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Priority;
import energy.muster.command.Verb;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Inquiry;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.service.fixture.World.Draft;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What nobody answered is asked after, and never carried again. */
final class UnansweredTest extends OneLoadAndItsOperator {
  private static final Duration BACK = Duration.ofHours(-1);

  @Test
  void whatWasTakenAndNotAnsweredIsAskedForAndNeverCarriedAgain() {
    Draft order = shed();
    stayWithoutAnswer(AFTER_EXECUTE_BY);

    assertThat(state(order)).isEqualTo(DeliveryState.UNCONFIRMED);
    assertThat(noticed("unconfirmed")).hasSize(1);
    assertThat(asked(device))
        .containsExactly(new Inquiry(operator.certified().jid(), order.id(), order.digest()));
    assertThat(world.network.to(device, Wire.DELIVER)).hasSize(1);

    world.set(device, world.outcome(load, order, new Result.Executed("shed")));
    assertThat(state(order)).isEqualTo(DeliveryState.EXECUTED);
  }

  @Test
  void whatMayHaveArrivedIsAskedForOnTheNextSessionOnceItsTimeIsOver() {
    world.network.fail(device, Wire.DELIVER, new Unanswered("lost"));
    Draft order = shed();
    world.cut(device);
    world.pass(AFTER_DELIVER_BY);
    assertThat(state(order)).isEqualTo(DeliveryState.SENT);

    device = world.prove(load, "k2");

    assertThat(asked(device)).hasSize(1);
    assertThat(world.network.to(device, Wire.DELIVER)).isEmpty();
    Refusal never = new Refusal(Reason.STALE, "never received");
    world.set(device, world.outcome(load, order, new Result.Declined(never)));
    assertThat(state(order)).isEqualTo(DeliveryState.REFUSED);
  }

  @Test
  void anUnconfirmedDeliveryIsAskedForAfterARestartOfTheService() {
    Draft order = shed();
    world.cut(device);
    world.pass(AFTER_EXECUTE_BY);
    assertThat(state(order)).isEqualTo(DeliveryState.UNCONFIRMED);

    world.killAndRestart();
    person = world.prove(operator, "console");
    device = world.prove(load, "k2");

    assertThat(asked(device)).hasSize(1);
  }

  /** So that certificates hold already at what the clock is set back to. */
  private void hoursPass() {
    world.pass(BACK.abs().multipliedBy(2));
    bothAreThere();
  }

  @Test
  void aDeviceIsAskedThoughTheClockWasSetBackWhileItWasWaitedFor() {
    hoursPass();
    world.network.fail(device, Wire.DELIVER, new Unanswered("lost"));
    shed();
    world.network.heal(device, Wire.DELIVER);
    world.clock.set(world.clock.in(BACK));

    Draft urgent =
        submitted(
            world
                .draft(operator, Verb.SHED, "load-48")
                .but(order -> order.priority(Priority.EMERGENCY)));

    assertThat(state(urgent)).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void aDeviceThatPutOneOrderOffGetsItThoughTheClockWasSetBack() {
    hoursPass();
    Refusal full = new Refusal(Reason.NO_SPACE, "free its disk");
    world.network.fail(device, Wire.DELIVER, new Refused(full));
    Draft first = shed();
    world.network.heal(device, Wire.DELIVER);
    world.clock.set(world.clock.in(BACK));

    Draft second = shed();

    assertThat(state(first)).isEqualTo(DeliveryState.RECEIVED);
    assertThat(state(second)).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void aPersonIsToldThoughTheClockWasSetBackWhileNobodyAnswered() {
    hoursPass();
    Draft first = shed();
    Draft second = shed();
    Payload late = world.outcome(load, second, new Result.Executed("shed"));
    world.network.fail(person, Wire.OUTCOME, new Unanswered("lost"));
    world.set(device, world.outcome(load, first, new Result.Executed("shed")));
    assertThat(world.network.to(person, Wire.OUTCOME)).hasSize(1);
    world.clock.set(world.clock.in(BACK));

    world.set(device, late);

    assertThat(world.network.to(person, Wire.OUTCOMES)).hasSize(1);
  }
}
