// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.ied.fixture.Orders;
import energy.muster.refusal.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders with a time of their own that several runs of a device have in their hands. */
class WaitingOrdersAcrossRunsTest extends OneActuator {
  WaitingOrdersAcrossRunsTest() {
    super("gen-1");
  }

  /** Between the two the order comes due, so that it is begun as soon as it is brought again. */
  @ParameterizedTest
  @CsvSource({"0,1", "0,2", "1,1", "1,2", "1,3", "2,1", "2,2", "3,1"})
  void aDeviceThatIsKilledTwiceOverAnOrderDoesNotBeginItTwice(int entries, int thenEntries) {
    Orders order = startIn(MINUTE);
    device.journal().dieAfter(entries);
    device.tryAsk(order.delivery());
    device.restart();
    device.journal().dieAfter(thenEntries);
    device.advance(MINUTE);
    device.tryAsk(order.delivery());

    device.restart();
    device.advance(MINUTE);

    assertThat(executed(order)).isLessThanOrEqualTo(1);
  }

  @Test
  void aDeviceThatTakesItsLeaveBeginsNothingMore() {
    Orders order = startIn(MINUTE);
    device.ask(order.delivery());
    device.site().device().stop("restart", Runnable::run).join();

    assertThat(device.refusal(startIn(MINUTE).delivery())).isEqualTo(Reason.BUSY);
    device.advance(MINUTE);
    assertThat(executed(order)).isZero();

    device.restart();
    device.advance(MINUTE);
    assertThat(executed(order)).isEqualTo(1);
  }

  @Test
  void anOrderThatADiskHadNoRoomForIsBegunOnceAlsoByADeviceThatIsKilled() {
    Orders order = startIn(MINUTE);
    device.journal().takesNothingNew(true);
    assertThat(device.refusal(order.delivery())).isEqualTo(Reason.NO_SPACE);
    device.journal().takesNothingNew(false);
    device.advance(MINUTE);
    device.journal().dieAfter(1);
    device.tryAsk(order.delivery());

    device.restart();
    device.advance(MINUTE);

    assertThat(executed(order)).isEqualTo(1);
  }
}
