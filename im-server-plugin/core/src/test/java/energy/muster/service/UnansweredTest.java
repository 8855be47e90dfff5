// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Inquiry;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.service.fixture.World.Draft;
import energy.muster.wire.Wire;
import org.junit.jupiter.api.Test;

/** What nobody answered is asked after, and never carried again. */
final class UnansweredTest extends OneLoadAndItsOperator {
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
}
