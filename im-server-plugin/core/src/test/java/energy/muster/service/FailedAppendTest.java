// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.outcome.DeliveryState;
import energy.muster.service.fixture.World.Draft;
import energy.muster.wire.Wire;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What could not be journaled has not happened, whatever went on while that was not known. */
final class FailedAppendTest extends OneLoadAndItsOperator {
  private static final Duration RETRIED = Duration.ofSeconds(2);

  private int delivered() {
    return world.network.to(device, Wire.DELIVER).size();
  }

  private Draft heldOrder() {
    world.cut(device);
    Draft order = shed();
    assertThat(state(order)).isEqualTo(DeliveryState.HELD);
    return order;
  }

  @Test
  void aHeldOrderWaitsUntilItIsOnDiskThatItIsSent() {
    Draft order = heldOrder();
    world.journal.breakDown(true);
    device = world.prove(load, "k2");
    world.pass(RETRIED);
    world.pass(RETRIED);
    assertThat(delivered()).isZero();

    world.journal.breakDown(false);
    world.pass(Duration.ofSeconds(10));

    assertThat(delivered()).isEqualTo(1);
    assertThat(world.journal.history(order.id(), LOAD))
        .containsExactly(DeliveryState.HELD, DeliveryState.SENT, DeliveryState.RECEIVED);
  }

  @Test
  void whatCouldNotBeJournaledAsSentIsCancelledAsNeverSent() {
    Draft order = heldOrder();
    world.journal.breakDown(true);
    device = world.prove(load, "k2");
    world.journal.breakDown(false);

    Draft cancel = submitted(cancelOf(order.id(), "load-48"));

    assertThat(state(order)).isEqualTo(DeliveryState.CANCELLED);
    assertThat(state(cancel)).isEqualTo(DeliveryState.CANCELLED);
    world.pass(RETRIED);
    assertThat(delivered()).isZero();
  }

  @Test
  void aNewSessionDoesNotGetWhatIsNotOnDiskAsSentYet() {
    Draft order = heldOrder();
    world.journal.hold();
    world.prove(load, "k2");
    device = world.prove(load, "k3");
    assertThat(delivered()).isZero();

    world.journal.sync();

    assertThat(delivered()).isEqualTo(1);
    assertThat(state(order)).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void aNewSessionWhileItIsJournaledAsSentDoesNotMakeItUncertain() {
    Draft order = heldOrder();
    world.journal.hold();
    world.journal.breakDown(true);
    world.prove(load, "k2");
    device = world.prove(load, "k3");
    world.journal.sync();
    world.cut(device);
    world.journal.breakDown(false);
    world.pass(AFTER_DELIVER_BY);

    assertThat(state(order)).isEqualTo(DeliveryState.EXPIRED);
    assertThat(delivered()).isZero();
  }
}
