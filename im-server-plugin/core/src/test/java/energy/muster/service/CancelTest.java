// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.outcome.DeliveryState;
import energy.muster.service.fixture.World.Draft;
import energy.muster.wire.Wire;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A cancel ends at once what was not sent, and leaves the rest to the device. */
final class CancelTest extends OneLoadAndItsOperator {
  @Test
  void aCancelOfWhatWasNotSentEndsBothWithoutTheDevice() {
    world.cut(device);
    Draft order = shed();
    Draft cancel = submitted(cancelOf(order.id(), "load-48"));

    assertThat(state(order)).isEqualTo(DeliveryState.CANCELLED);
    assertThat(state(cancel)).isEqualTo(DeliveryState.CANCELLED);
    assertThat(noticed("cancelled")).singleElement().asString().contains(order.id().brief());
    device = world.prove(load, "k2");
    assertThat(world.network.to(device, Wire.DELIVER)).isEmpty();
  }

  @Test
  void aCancelOfWhatWasSentGoesToTheDeviceWhichAloneCanTell() {
    Draft order = shed();
    Draft cancel = submitted(cancelOf(order.id(), "load-48"));
    assertThat(state(order)).isEqualTo(DeliveryState.RECEIVED);
    assertThat(state(cancel)).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void aCancelThatCannotBeJournaledHasCancelledNothing() {
    world.cut(device);
    Draft order = shed();
    world.journal.breakDown(true);
    Draft cancel = cancelOf(order.id(), "load-48");
    assertThat(world.service().request(person, true, cancel.submit()).toCompletableFuture())
        .isCompletedExceptionally();
    world.journal.breakDown(false);

    device = world.prove(load, "k2");
    world.pass(Duration.ofSeconds(5));

    assertThat(state(order)).isEqualTo(DeliveryState.RECEIVED);
  }
}
