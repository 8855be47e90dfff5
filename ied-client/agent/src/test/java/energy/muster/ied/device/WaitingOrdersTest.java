// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Precondition;
import energy.muster.command.Verb;
import energy.muster.ied.driver.DriverSettings;
import energy.muster.ied.fixture.OneDevice;
import energy.muster.ied.fixture.Orders;
import energy.muster.outcome.Result;
import energy.muster.presence.Operating;
import energy.muster.presence.RestrictionReason;
import energy.muster.refusal.Reason;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders with a time of their own. */
class WaitingOrdersTest extends OneActuator {
  private static final DriverSettings.Generator GENERATOR =
      new DriverSettings.Generator(
          Power.kilowatts(500),
          Duration.ofSeconds(20),
          Duration.ofSeconds(10),
          BigDecimal.valueOf(81),
          Duration.ofHours(8));

  WaitingOrdersTest() {
    super("gen-1");
  }

  @Test
  void anOrderIsCarriedOutWhenItIsDueAndNotBefore() {
    Orders order = startIn(MINUTE.multipliedBy(5));
    device.ask(order.delivery());

    device.advance(Duration.ofSeconds(299));
    assertThat(executed(order)).isZero();
    assertThat(device.answered(order.id())).isFalse();

    device.advance(Duration.ofSeconds(1));
    assertThat(executed(order)).isEqualTo(1);
    assertThat(device.result(order.id())).isEqualTo(new Result.Executed("moved"));
  }

  @Test
  void twoGeneratorsStartAtTheirTimesInTheRightOrder() throws Exception {
    try (OneDevice first =
            new OneDevice(Files.createDirectory(folder.resolve("1")), "gen-1", GENERATOR);
        OneDevice second =
            new OneDevice(Files.createDirectory(folder.resolve("2")), "gen-2", GENERATOR)) {
      Instant noon = first.in(MINUTE.multipliedBy(3));
      Orders one = first.site().order(Verb.START).executeAt(noon);
      Orders two = second.site().order(Verb.START).executeAt(noon.plus(MINUTE));
      second.ask(two.delivery());
      first.ask(one.delivery());

      advanceBoth(first, second, MINUTE.multipliedBy(3));
      assertThat(first.result(one.id()).text()).isEqualTo("starting, on in 20 s");
      assertThat(second.answered(two.id())).isFalse();

      advanceBoth(first, second, MINUTE);
      assertThat(second.result(two.id()).text()).isEqualTo("starting, on in 20 s");
      assertThat(first.site().outcomes(one.id()).get(0).header().issuedAt())
          .isBefore(second.site().outcomes(two.id()).get(0).header().issuedAt());
    }
  }

  private static void advanceBoth(OneDevice first, OneDevice second, Duration by) {
    first.advance(by);
    second.advance(by);
  }

  @Test
  void anOrderWhoseTimePassesWhileItIsWrittenDownIsStale() {
    Orders order = device.site().order(Verb.SHED).executeBy(device.in(MINUTE));
    device
        .journal()
        .whileIntending(() -> device.site().time().set(device.in(MINUTE.plusSeconds(1))));

    device.ask(order.delivery());

    assertThat(executed(order)).isZero();
    assertThat(OneDevice.reason(device.result(order.id()))).isEqualTo(Reason.STALE);
  }

  @Test
  void aWaitingOrderSurvivesARestart() {
    Orders order = startIn(MINUTE);
    device.ask(order.delivery());

    device.restart();
    device.ask(order.delivery());
    assertThat(executed(order)).isZero();

    device.advance(MINUTE);
    assertThat(executed(order)).isEqualTo(1);
    assertThat(device.result(order.id())).isEqualTo(new Result.Executed("moved"));
  }

  @Test
  void anOrderThatCameDueWhileTheDeviceWasDownIsCarriedOutAtItsStart() {
    Orders order = startIn(MINUTE);
    device.ask(order.delivery());
    device.journal().dieAfter(0);
    device.site().time().set(device.in(MINUTE.multipliedBy(2)));

    device.restart();
    device.advance(Duration.ZERO);

    assertThat(executed(order)).isEqualTo(1);
  }

  @Test
  void anOrderWhoseTimeIsOverAfterARestartIsStale() {
    Orders order = startIn(MINUTE);
    device.ask(order.delivery());
    device.journal().dieAfter(0);
    device.site().time().set(device.in(MINUTE.multipliedBy(11)));

    device.restart();
    device.advance(Duration.ZERO);

    assertThat(OneDevice.reason(device.result(order.id()))).isEqualTo(Reason.STALE);
    assertThat(executed(order)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void whereverTheDeviceIsKilledTheOrderIsCarriedOutOnceAndAnswered(int entries) {
    Orders order = startIn(MINUTE);
    device.journal().dieAfter(entries);
    device.tryAsk(order.delivery());
    device.advance(MINUTE);

    device.restart();
    device.ask(order.delivery());
    device.advance(MINUTE);

    assertThat(device.answered(order.id())).isTrue();
    assertThat(executed(order)).isLessThanOrEqualTo(1);
    if (device.result(order.id()) instanceof Result.Executed) {
      assertThat(executed(order)).isEqualTo(1);
    }
  }

  @Test
  void theWholeJudgementIsMadeAgainWhenItIsDue() {
    Orders order = startIn(MINUTE);
    device.ask(order.delivery());
    device.carryOut(
        device.site().order(new Instruction.Restrict(RestrictionReason.MAINTENANCE, "oil")));

    device.advance(MINUTE);

    assertThat(OneDevice.reason(device.result(order.id()))).isEqualTo(Reason.LOCAL_CONTROL);
    assertThat(executed(order)).isZero();
  }

  @Test
  void anOrderWhoseSignerWasRevokedMeanwhileIsNotBegun() {
    Orders order = startIn(MINUTE);
    device.ask(order.delivery());
    device.site().pki().revoke(device.site().operator());
    device.site().publishRevocations();
    device.journal().settle();

    device.advance(MINUTE);

    assertThat(OneDevice.reason(device.result(order.id()))).isEqualTo(Reason.REVOKED);
    assertThat(executed(order)).isZero();
  }

  @Test
  void aPreconditionIsJudgedWhenTheOrderIsDue() {
    Precondition off =
        new Precondition(OptionalLong.empty(), Optional.of(Operating.OFF), Optional.empty());
    Orders order = startIn(MINUTE).when(off);
    device.ask(order.delivery());
    assertThat(device.answered(order.id())).isFalse();

    device.advance(MINUTE);

    assertThat(OneDevice.reason(device.result(order.id()))).isEqualTo(Reason.PRECONDITION);
  }

  @Test
  void anOrderIssuedLaterAndCarriedOutMeanwhileSupersedesIt() {
    Orders order = startIn(MINUTE);
    device.ask(order.delivery());
    device.advance(Duration.ofSeconds(10));
    device.carryOut(device.site().order(Verb.STOP));

    device.advance(MINUTE);

    assertThat(OneDevice.reason(device.result(order.id()))).isEqualTo(Reason.SUPERSEDED);
  }

  @Test
  void aDeviceThatIsUnsureOfTheTimeTakesNoOrderWithATimeOfItsOwn() {
    Instant real = device.now();
    device.carryOut(device.site().order(Verb.STOP));
    device.site().time().set(real.minus(Duration.ofMinutes(2)));

    Orders order = device.site().order(Verb.START).issuedAt(real).executeAt(real.plus(MINUTE));

    assertThat(OneDevice.reason(device.carryOut(order))).isEqualTo(Reason.CLOCK_UNSURE);
  }

  @Test
  void anOrderThatComesDueWhileTheDeviceIsUnsureOfTheTimeIsNotBegun() {
    Orders order = startIn(MINUTE);
    device.ask(order.delivery());
    Instant due = device.in(MINUTE);
    device.keepFloor(due.plusSeconds(1));
    device.journal().dieAfter(0);

    // The floor of time lies past the order's; the system's clock has been put back behind it.
    device.site().time().set(due.minus(MINUTE.multipliedBy(3)));
    device.restart();
    device.advance(Duration.ZERO);

    assertThat(OneDevice.reason(device.result(order.id()))).isEqualTo(Reason.CLOCK_UNSURE);
    assertThat(executed(order)).isZero();
  }

  @Test
  void theSeventeenthIsRefusedAsBusy() {
    for (int i = 0; i < WaitingOrders.MOST; i++) {
      device.ask(startIn(MINUTE).delivery());
    }

    assertThat(OneDevice.reason(device.carryOut(startIn(MINUTE)))).isEqualTo(Reason.BUSY);
  }

  @Test
  void aReadSaysWhatWaits() {
    device.ask(startIn(MINUTE).delivery());

    assertThat(device.carryOut(device.site().order(Verb.READ)).text())
        .matches(".*; start waits for [0-9:]{8}");
  }

  @Test
  void aReadHasNoTimeOfItsOwn() {
    Orders read = device.site().order(Verb.READ).executeAt(device.in(MINUTE));

    assertThat(OneDevice.reason(device.carryOut(read))).isEqualTo(Reason.UNSUPPORTED);
  }

  @Test
  void withoutDiskSpaceNothingWaitsAndWithItAgainItDoes() {
    device.journal().full(true);
    Orders order = startIn(MINUTE);
    assertThat(device.refusal(order.delivery())).isEqualTo(Reason.NO_SPACE);

    device.journal().full(false);
    device.ask(order.delivery());
    device.advance(MINUTE);
    assertThat(executed(order)).isEqualTo(1);
  }

  @Test
  void anOrderThatIsDueOnAFullDiskWaitsForSpace() {
    Orders order = startIn(MINUTE);
    device.ask(order.delivery());
    device.journal().full(true);
    device.advance(MINUTE);
    assertThat(executed(order)).isZero();

    device.journal().full(false);
    device.advance(Duration.ofSeconds(2));
    assertThat(executed(order)).isEqualTo(1);
    assertThat(device.result(order.id())).isEqualTo(new Result.Executed("moved"));
  }

  @Test
  void anOrderReplacesOneThatWaitsOnceItIsTaken() {
    Orders first = startIn(MINUTE);
    device.ask(first.delivery());
    Orders second = startIn(MINUTE.multipliedBy(2)).supersedes(first.id());
    device.ask(second.delivery());
    device.journal().settle();

    assertThat(OneDevice.reason(device.result(first.id()))).isEqualTo(Reason.SUPERSEDED);
    device.advance(MINUTE.multipliedBy(2));
    assertThat(executed(first)).isZero();
    assertThat(executed(second)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aReplacementIsNotForgottenByADeviceThatDiesOverIt(int entries) {
    Orders first = startIn(MINUTE);
    device.ask(first.delivery());
    Orders second = startIn(MINUTE).supersedes(first.id());
    device.journal().dieAfter(entries);
    device.tryAsk(second.delivery());

    device.restart();
    device.advance(MINUTE);

    assertThat(OneDevice.reason(device.result(first.id()))).isEqualTo(Reason.SUPERSEDED);
    assertThat(executed(first)).isZero();
    assertThat(executed(second)).isEqualTo(1);
  }

  @Test
  void anOrderThatComesAfterItsReplacementIsNotBegun() {
    Orders first = startIn(MINUTE);
    Orders second = startIn(MINUTE.multipliedBy(2)).supersedes(first.id());
    device.ask(second.delivery());
    device.journal().settle();
    device.ask(first.delivery());
    device.journal().settle();

    assertThat(OneDevice.reason(device.result(first.id()))).isEqualTo(Reason.SUPERSEDED);
    device.advance(MINUTE.multipliedBy(2));
    assertThat(executed(first)).isZero();
    assertThat(executed(second)).isEqualTo(1);
  }

  @Test
  void whatWasReplacedBeforeItCameIsNotBegunByTheNextRunEither() {
    Orders first = startIn(MINUTE);
    Orders second = startIn(MINUTE.multipliedBy(2)).supersedes(first.id());
    device.ask(second.delivery());
    device.journal().settle();
    device.restart();
    device.ask(first.delivery());
    device.journal().settle();

    assertThat(OneDevice.reason(device.result(first.id()))).isEqualTo(Reason.SUPERSEDED);
    device.advance(MINUTE.multipliedBy(2));
    assertThat(executed(first)).isZero();
  }
}
