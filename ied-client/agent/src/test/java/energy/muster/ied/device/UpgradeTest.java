// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import energy.muster.firmware.FirmwareReport;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.firmware.UpdateState;
import energy.muster.fixture.Firmwares;
import energy.muster.ied.driver.DriverSettings;
import energy.muster.ied.firmware.Firmware;
import energy.muster.ied.firmware.InstallWindow;
import energy.muster.ied.firmware.LocalDisk;
import energy.muster.ied.firmware.Slots;
import energy.muster.ied.fixture.FirmwareDouble;
import energy.muster.ied.fixture.Orders;
import energy.muster.outcome.Result;
import energy.muster.presence.RestrictionReason;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import java.nio.file.Files;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An upgrade of a device, from its order to the signed answer. */
final class UpgradeTest extends UpgradableDevice {
  @Test
  void isAnsweredOnlyOnceTheNewVersionHasStartedAndTheSessionIsBack() {
    start();
    Orders order = ordered();

    await().until(() -> restarts.get() == 1);
    assertThat(site.outcomes(order.id())).isEmpty();
    assertThat(report().installed().version()).hasToString("2.3.0");

    start();

    assertThat(result(order)).isInstanceOf(Result.Executed.class);
    FirmwareReport report = report();
    assertThat(report.installed().version()).hasToString("2.4.1");
    assertThat(report.installed().boot()).isEqualTo(2);
    assertThat(report.manifest()).contains(Digest.of(service.manifest().write()));
    assertThat(report.order()).contains(order.id());
    assertThat(report.releases()).isEqualTo(1);
    awaitState(UpdateState.INSTALLED);
    assertThat(runs()).isEqualTo("2.4.1");
    assertThat(presence().restriction()).isEmpty();
  }

  @Test
  void isAnsweredOnceHoweverOftenTheDeviceStarts() {
    start();
    Orders order = ordered();
    restarted();
    result(order);

    start();
    start();

    assertThat(report().installed().version()).hasToString("2.4.1");
    assertThat(site.outcomes(order.id())).isEmpty();
  }

  @Test
  void aVersionThatFailsItsSelfTestIsNotStarted() {
    service = new FirmwareDouble(firmwares, "2.4.1", Firmwares.image("2.4.1", "exit 3", SIZE));
    start();

    assertThat(reason(result(ordered()))).isEqualTo(Reason.SELF_TEST_FAILED);
    assertThat(restarts).hasValue(0);
    awaitState(UpdateState.INSTALL_VERIFICATION_FAILED);
    assertThat(presence().restriction()).isEmpty();
  }

  @Test
  void anImageOfOneByteIsFetchedAndNotStarted() {
    service = new FirmwareDouble(firmwares, "2.4.1", new byte[] {'\n'});
    start();

    assertThat(reason(result(ordered()))).isEqualTo(Reason.SELF_TEST_FAILED);
    assertThat(restarts).hasValue(0);
  }

  @Test
  void aVersionThatSaysItIsAnotherIsNotStarted() {
    service = new FirmwareDouble(firmwares, "2.4.1", Firmwares.image("2.4.0", SIZE));
    start();

    assertThat(reason(result(ordered()))).isEqualTo(Reason.SELF_TEST_FAILED);
  }

  @Test
  void aVersionThatDoesNotComeUpIsLeftAndTheOldOneRunsAgain() {
    service =
        new FirmwareDouble(
            firmwares, "2.4.1", Firmwares.image("2.4.1", "[ $1 = self-test ]; exit $?", SIZE));
    start();
    Orders order = ordered();
    restarted();

    assertThat(reason(result(order))).isEqualTo(Reason.SELF_TEST_FAILED);
    assertThat(report().installed().version()).hasToString("2.3.0");
    assertThat(runs()).isEqualTo("2.3.0");
  }

  @Test
  void aPieceThatIsAlteredAgainAndAgainEndsAsCorrupt() {
    service.line(
        (index, bytes) -> {
          if (index == 3) {
            bytes[7] ^= 1;
          }
          return bytes;
        });
    start();

    assertThat(reason(result(ordered()))).isEqualTo(Reason.CORRUPT);
    awaitState(UpdateState.INVALID_SIGNATURE);
  }

  @Test
  void aReleaseThatIsTakenBackMeanwhileIsNotInstalled() {
    windows = List.of(closed());
    start();
    Orders order = upgrade().executeBy(site.time().instant().plus(Duration.ofDays(3)));
    deliver(order);
    awaitState(UpdateState.INSTALL_SCHEDULED);

    service.release(firmwares.releases(2));
    open();

    assertThat(reason(result(order))).isEqualTo(Reason.NOT_RELEASED);
    assertThat(restarts).hasValue(0);
  }

  /** One that opens in an hour. */
  private InstallWindow closed() {
    LocalTime in = LocalTime.ofInstant(site.time().instant().plusSeconds(3600), ZoneOffset.UTC);
    return new InstallWindow(Set.of(DayOfWeek.values()), in, in.plusHours(1));
  }

  private void open() {
    site.time().advance(Duration.ofMinutes(61));
  }

  @Test
  void waitsForItsWindow() {
    windows = List.of(closed());
    start();
    deliver(upgrade().executeBy(site.time().instant().plus(Duration.ofDays(3))));
    awaitState(UpdateState.INSTALL_SCHEDULED);
    assertThat(restarts).hasValue(0);

    open();

    await().until(() -> restarts.get() == 1);
  }

  @Test
  void whatIsNotInstalledInItsTimeIsStale() {
    windows = List.of(closed());
    start();
    Orders order = ordered();
    awaitState(UpdateState.INSTALL_SCHEDULED);

    site.time().advance(Duration.ofMinutes(11));

    assertThat(reason(result(order))).isEqualTo(Reason.STALE);
  }

  @Test
  void aGeneratorThatRunsIsNotInterrupted() {
    start(
        new DriverSettings.Generator(
            energy.muster.command.Power.kilowatts(100),
            Duration.ZERO,
            Duration.ZERO,
            java.math.BigDecimal.valueOf(80),
            Duration.ofHours(8)));
    deliver(site.order(Verb.START));
    await().until(() -> !site.outcomes().isEmpty());
    deliver(upgrade());
    awaitState(UpdateState.INSTALL_SCHEDULED);

    deliver(site.order(Verb.STOP));

    await().until(() -> restarts.get() == 1);
  }

  @Test
  void otherOrdersAreCarriedOutWhileItWaits() {
    windows = List.of(closed());
    start();
    deliver(upgrade());
    awaitState(UpdateState.INSTALL_SCHEDULED);
    assertThat(presence().restriction().orElseThrow().reason())
        .isEqualTo(RestrictionReason.UPGRADING);

    Orders shed = site.order(Verb.SHED);
    deliver(shed);

    assertThat(result(shed)).isInstanceOf(Result.Executed.class);
  }

  @Test
  void aSecondUpgradeMeanwhileIsRefused() {
    windows = List.of(closed());
    start();
    deliver(upgrade());
    awaitState(UpdateState.INSTALL_SCHEDULED);

    assertThat(reason(result(ordered()))).isEqualTo(Reason.BUSY);
  }

  @Test
  void isTakenOnceHoweverManyAreOrderedAtOnce() {
    start();
    List<Orders> all = Stream.generate(this::ordered).limit(8).toList();

    assertThat(all.subList(1, all.size())).allMatch(order -> reason(result(order)) == Reason.BUSY);
    restarted();

    assertThat(result(all.get(0))).isInstanceOf(Result.Executed.class);
  }

  @Test
  void isTakenFromTheServiceAloneWhoeverSignedIt() {
    start();
    Orders order = upgrade();

    var brought = site.link().ask("rogue@grid.example/r", order.delivery());

    assertThatThrownBy(brought::join)
        .hasCauseInstanceOf(Refused.class)
        .hasMessageContaining("the service alone");
    assertThat(presence().firmware().orElseThrow().update()).isEmpty();
    deliver(order);
    await().until(() -> restarts.get() == 1);
  }

  @Test
  void isTakenBackUntilItInstalls() {
    windows = List.of(closed());
    start();
    Orders order = ordered();
    awaitState(UpdateState.INSTALL_SCHEDULED);
    Orders cancel =
        Orders.order(
            installer, site.jid(), new Instruction.Cancel(order.id()), site.time().instant());
    deliver(cancel);

    assertThat(result(cancel)).isInstanceOf(Result.Executed.class);
    assertThat(reason(result(order))).isEqualTo(Reason.CANCELLED);
    await().until(() -> presence().restriction().isEmpty());
    assertThat(Files.exists(folder.resolve("firmware/download/image"))).isFalse();
  }

  @Test
  void isConfirmedByItsOwnSessionAndNotByOneOfTheProgramThatGoes() throws Exception {
    start();
    Orders order = ordered();
    await().until(() -> restarts.get() == 1);
    int reported = reports().size();

    site.link().prove();
    site.device().stop("restarting", workers).join();

    Firmware delivered = Firmware.delivered("relay", FirmwareVersion.parse("2.3.0"), 0);
    assertThat(Slots.open(folder.resolve("firmware"), new LocalDisk(), delivered).record().trial())
        .isPresent();
    assertThat(reports()).hasSize(reported);

    start();
    assertThat(result(order)).isInstanceOf(Result.Executed.class);
  }

  @Test
  void goesOnAfterARestartWithoutFetchingAgainWhatIsThere() {
    CountDownLatch half = new CountDownLatch(3);
    service.line(
        (index, bytes) -> {
          half.countDown();
          if (index >= 3 && restarts.get() == 0) {
            throw new energy.muster.link.LinkException("the line is dead");
          }
          return bytes;
        });
    start();
    Orders order = ordered();
    await().until(() -> service.given().size() == 3);
    awaitState(UpdateState.DOWNLOAD_PAUSED);

    site.device().stop("killed", workers).join();
    service.line((index, bytes) -> bytes);
    start();

    await().until(() -> restarts.get() == 1);
    assertThat(service.given()).containsExactly(0, 1, 2, 3, 4, 5);
    start();
    assertThat(result(order)).isInstanceOf(Result.Executed.class);
  }

  @Test
  void anotherVersionThanTheOrdersIsRefused() {
    service = new FirmwareDouble(firmwares, "2.2.0", Firmwares.image("2.2.0", SIZE));
    start();

    assertThat(reason(result(ordered()))).isEqualTo(Reason.CORRUPT);
  }

  @Test
  void aListOlderThanTheOrdersIsRefused() {
    start();
    Orders order = upgrade(2);
    deliver(order);

    assertThat(reason(result(order))).isEqualTo(Reason.ROLLBACK);
  }
}
