// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Power;
import energy.muster.command.Precondition;
import energy.muster.command.Verb;
import energy.muster.ied.driver.DriverSettings;
import energy.muster.ied.fixture.OneDevice;
import energy.muster.ied.fixture.Orders;
import energy.muster.outcome.Result;
import energy.muster.presence.Operating;
import energy.muster.refusal.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An order with an end is undone at its end, if it is still the last. */
class ReversalTest {
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
  private static final DriverSettings.Load LOAD =
      new DriverSettings.Load(Power.kilowatts(20), false, Optional.empty());

  @TempDir Path folder;
  private OneDevice device;

  @BeforeEach
  void start() {
    device = new OneDevice(folder, "load-48", LOAD);
  }

  @AfterEach
  void close() {
    device.close();
  }

  private Orders shedForAWhile() {
    return device
        .site()
        .order(Verb.SHED)
        .executeBy(device.in(Duration.ofHours(2)))
        .until(device.in(HALF_AN_HOUR));
  }

  private Operating operating() {
    device.advance(Duration.ofSeconds(1));
    return device.site().link().presence().orElseThrow().operating();
  }

  private String read() {
    return device.carryOut(device.site().order(Verb.READ)).text();
  }

  @Test
  void untilThenItSaysWhenAndAfterwardsThatItWasUndone() {
    device.carryOut(shedForAWhile());
    assertThat(read()).matches("off; shed until [0-9:]{8}");

    device.advance(HALF_AN_HOUR);

    assertThat(read()).matches("on, 20 kW; shed was undone at [0-9:]{8}");
    assertThat(device.site().events().lines()).containsOnlyOnce("undone shed");
    assertThat(device.site().link().announcements())
        .last()
        .satisfies(last -> assertThat(last.status()).contains("; shed was undone at "));
  }

  @Test
  void anEndThatCameWhileTheDeviceWasDownIsKeptAtItsStart() {
    device.carryOut(shedForAWhile());
    device.journal().dieAfter(0);
    device.site().time().set(device.in(HALF_AN_HOUR.multipliedBy(2)));

    device.restart();

    assertThat(operating()).isEqualTo(Operating.ON);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void whereverTheDeviceIsKilledTheLoadComesBack(int entries) {
    Orders order = shedForAWhile();
    device.journal().dieAfter(entries);
    device.tryAsk(order.delivery());
    device.advance(HALF_AN_HOUR);
    device.restart();
    device.ask(order.delivery());

    device.advance(HALF_AN_HOUR);

    assertThat(operating()).isEqualTo(Operating.ON);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aLaterOrderWithoutAnEndStaysWhereverTheDeviceIsKilled(int entries) {
    device.carryOut(shedForAWhile());
    Orders later = device.site().order(Verb.SHED).executeBy(device.in(Duration.ofHours(2)));
    device.journal().dieAfter(entries);
    device.tryAsk(later.delivery());
    device.restart();
    device.ask(later.delivery());
    assertThat(device.result(later.id())).isInstanceOf(Result.Executed.class);

    device.advance(HALF_AN_HOUR.multipliedBy(2));

    assertThat(operating()).isEqualTo(Operating.OFF);
  }

  @Test
  void whatWasUndoneStaysUndoneAfterARestart() {
    device.carryOut(shedForAWhile());
    device.advance(HALF_AN_HOUR);

    device.restart();

    assertThat(operating()).isEqualTo(Operating.ON);
    assertThat(read()).contains("shed was undone at");
  }

  @Test
  void anOrderThatHoldsOnlyUntilAnEndThatComesWhileItIsWrittenDownIsNotBegun() {
    device.carryOut(shedForAWhile());
    Orders again = device.site().order(Verb.SHED).executeBy(device.in(Duration.ofHours(2)));
    Precondition off =
        new Precondition(OptionalLong.empty(), Optional.of(Operating.OFF), Optional.empty());
    device.journal().whileIntending(() -> device.site().time().advance(HALF_AN_HOUR));

    Result result = device.carryOut(again.when(off));

    assertThat(OneDevice.reason(result)).isEqualTo(Reason.PRECONDITION);
    assertThat(operating()).isEqualTo(Operating.ON);
  }
}
