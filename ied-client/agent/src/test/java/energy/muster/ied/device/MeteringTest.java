// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.billing.CostStatement;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.fixture.TestPki;
import energy.muster.identity.BareJid;
import energy.muster.ied.driver.DriverSettings;
import energy.muster.ied.fixture.OneDevice;
import energy.muster.json.Json;
import energy.muster.metering.HeardReadings;
import energy.muster.metering.IntervalEnergy;
import energy.muster.metering.IntervalRun;
import energy.muster.metering.MeterReadings;
import energy.muster.metering.Quality;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a device counts, and that the service gets all of it in its order. */
class MeteringTest {
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path folder;
  private OneDevice device;

  /** 3 kW through a meter that goes on counting by itself. */
  private void meter() {
    device =
        new OneDevice(
            folder, "meter-1", new DriverSettings.Meter(Power.kilowatts(3), BigDecimal.ZERO));
    quarterPast();
  }

  /** A load that is metered by its power alone. */
  private void load(int kilowatts) {
    DriverSettings load =
        new DriverSettings.Load(Power.kilowatts(kilowatts), false, java.util.Optional.empty());
    device =
        new OneDevice(
            folder,
            "load-1",
            new DriverSettings.Metered(
                load, QUARTER, Duration.ofHours(1), java.util.Optional.empty()));
    quarterPast();
  }

  /** To the beginning of an interval, so that tests may count. */
  private void quarterPast() {
    device.site().link().cut();
    long past = Math.floorMod(device.now().getEpochSecond(), QUARTER.toSeconds());
    if (past > 0) {
      device.advance(QUARTER.minusSeconds(past));
    }
  }

  @AfterEach
  void close() {
    device.close();
  }

  private List<MeterReadings> told() {
    return device.site().link().sets().stream()
        .filter(payload -> payload.wire() == Wire.READINGS)
        .map(payload -> MeterReadings.read(payload.requireSealed().unverified()))
        .toList();
  }

  private List<IntervalEnergy> intervals() {
    List<IntervalEnergy> all = new ArrayList<>();
    told().forEach(readings -> all.addAll(readings.intervals()));
    return all;
  }

  /** Moves on in steps of the device's own, so that it looks as often as it would. */
  private void live(Duration time) {
    for (Duration passed = Duration.ZERO;
        passed.compareTo(time) < 0;
        passed = passed.plus(QUARTER)) {
      device.advance(QUARTER);
    }
  }

  private void awaitTold(int count) {
    await().untilAsserted(() -> assertThat(intervals()).hasSize(count));
    device.journal().settle();
  }

  @Test
  void eachHourOfQuartersIsToldOnce() {
    meter();
    device.site().link().prove();
    live(Duration.ofHours(3));
    awaitTold(12);
    assertThat(intervals()).allSatisfy(each -> assertThat(each.importWh()).isEqualTo(750));
    assertThat(told()).extracting(MeterReadings::sequence).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void aWeekWithoutTheServiceIsToldInItsOrderADayAtATime() {
    meter();
    live(Duration.ofDays(7));
    assertThat(told()).isEmpty();
    device.site().link().prove();
    awaitTold(7 * 96);
    List<IntervalEnergy> all = intervals();
    for (int i = 1; i < all.size(); i++) {
      assertThat(all.get(i).start()).isEqualTo(all.get(i - 1).start().plus(QUARTER));
    }
    assertThat(told()).allSatisfy(each -> assertThat(each.intervals()).hasSizeLessThan(97));
    assertThat(all).extracting(IntervalEnergy::quality).allMatch(java.util.Set::isEmpty);
  }

  @Test
  void whatTheServiceHasNotAnsweredIsToldAgainWithTheSameBytesAfterAKill() {
    meter();
    live(DAY);
    device.site().link().serviceIsSilent();
    device.site().link().prove();
    await().until(() -> !told().isEmpty());
    byte[] before = told().get(0).write();
    device.restart();
    device.site().link().prove();
    await().until(() -> !told().isEmpty());
    assertThat(new String(told().get(0).write(), UTF_8)).isEqualTo(new String(before, UTF_8));
  }

  @Test
  void onceADayItTellsWhatItReckonsByItself() {
    meter();
    device.site().link().prove();
    live(DAY.multipliedBy(2));
    await().untilAsserted(() -> assertThat(statements()).hasSize(2));
    CostStatement last = statements().get(1);
    assertThat(last.day())
        .isEqualTo(device.now().atZone(java.time.ZoneOffset.UTC).toLocalDate().minusDays(1));
    assertThat(last.counted().importWh(last.counted().size() - 1)).isEqualTo(750);
    assertThat(last.bill()).as("it has no tariff").isEmpty();
  }

  @Test
  void aStatementForWhichADocumentHasNoRoomIsReported() {
    meter();
    BareJid meter = device.site().jid();
    Instant start = device.now().minus(DAY.multipliedBy(31));
    List<IntervalEnergy> month = new ArrayList<>();
    for (int i = 0; i < 31 * 96; i++) {
      Quality flag = i % 2 == 0 ? Quality.POWER_LOST : Quality.CLOCK_UNSURE;
      month.add(
          new IntervalEnergy(start.plus(QUARTER.multipliedBy(i)), 250, 0, java.util.Set.of(flag)));
    }
    String progress = device.journal().meter(meter).join().progress().orElseThrow();
    device.journal().metered(meter, month, progress).join();
    device.restart();
    await()
        .untilAsserted(
            () ->
                assertThat(device.site().events().lines())
                    .anyMatch(line -> line.contains("cannot tell what it reckons: too-large")));
    assertThat(statements()).isEmpty();
  }

  private List<CostStatement> statements() {
    return device.site().link().sets().stream()
        .filter(payload -> payload.wire() == Wire.STATEMENT)
        .map(payload -> CostStatement.read(payload.requireSealed().unverified()))
        .toList();
  }

  @Test
  void whatTheServiceWillNotHaveHoldsUpWhatComesAfterUntilTheNextSession() {
    meter();
    live(DAY.multipliedBy(2));
    device
        .site()
        .link()
        .service(
            payload ->
                payload.wire() == Wire.READINGS
                    ? CompletableFuture.failedFuture(new Refused(Reason.ID_CONFLICT, "no"))
                    : CompletableFuture.completedFuture(Payload.empty(payload.wire())));
    device.site().link().prove();
    await().until(() -> !told().isEmpty());
    live(Duration.ofHours(2));
    assertThat(told()).hasSize(1);
    assertThat(device.site().events().lines()).anyMatch(line -> line.contains("readings 1"));
  }

  @Test
  void whatIsOverForTooLongIsLetGoAndWhatComesAfterIsTold() {
    meter();
    device.site().link().serviceIsSilent();
    device.site().link().prove();
    live(DAY);
    MeterReadings first = told().get(0);
    device.site().time().set(device.now().plus(HeardReadings.OLDEST).plus(DAY));
    device
        .site()
        .link()
        .service(
            payload ->
                payload.wire() == Wire.READINGS
                    ? CompletableFuture.failedFuture(new Refused(Reason.STALE, "too old"))
                    : CompletableFuture.completedFuture(Payload.empty(payload.wire())));
    device.site().link().cut();
    device.site().link().prove();
    device.journal().settle();
    assertThat(told()).extracting(MeterReadings::sequence).endsWith(1L, 2L);
    assertThat(device.site().events().lines())
        .anyMatch(line -> line.contains("readings 1, until " + first.end() + ", are let go"));
    assertThat(device.journal().meter(first.header().issuer()).join().untaken()).isEmpty();
  }

  @Test
  void anOutcomeThatTheServiceWillNotHaveKeepsNoReadingsBack() {
    load(40);
    device
        .site()
        .link()
        .service(
            payload ->
                payload.wire() == Wire.OUTCOME
                    ? CompletableFuture.failedFuture(new Refused(Reason.UNKNOWN, "no such order"))
                    : CompletableFuture.completedFuture(Payload.empty(payload.wire())));
    device.site().link().prove();
    device.ask(device.site().order(Verb.SHED).delivery());
    live(Duration.ofHours(1));
    awaitTold(4);
    assertThat(device.site().events().lines())
        .anyMatch(line -> line.contains("the service will not have the outcome: unknown"));
  }

  @Test
  void aLoadIsMeteredByItsPowerAndAnIntervalCutByAPowerLossSaysSo() {
    load(40);
    live(QUARTER);
    device.advance(Duration.ofMinutes(5));
    device.restart();
    device.site().link().cut();
    device.advance(Duration.ofMinutes(10));
    live(QUARTER.multipliedBy(6));
    device.site().link().prove();
    await().untilAsserted(() -> assertThat(intervals()).hasSizeGreaterThan(4));
    IntervalEnergy whole = intervals().get(0);
    IntervalEnergy cut = intervals().get(1);
    assertThat(whole.importWh()).isEqualTo(10_000);
    assertThat(cut.quality()).containsExactly(Quality.POWER_LOST);
    assertThat(cut.importWh()).isLessThanOrEqualTo(10_000).isGreaterThanOrEqualTo(9_000);
    assertThat(intervals().get(2).quality()).isEmpty();
  }

  @Test
  void whatNobodyWatchedIsMissingAndNotInvented() {
    load(40);
    live(QUARTER);
    device.restart();
    device.site().time().set(device.now().plus(Duration.ofHours(2)));
    device.restart();
    device.site().link().cut();
    live(QUARTER.multipliedBy(2));
    device.site().link().prove();
    await().untilAsserted(() -> assertThat(intervals()).hasSizeGreaterThan(8));
    assertThat(intervals().subList(2, 8))
        .allSatisfy(each -> assertThat(each.quality()).containsExactly(Quality.MISSING));
  }

  @Test
  void anIntervalInWhichTheClockWasUnsureSaysSo() {
    meter();
    live(QUARTER);
    device.advance(Duration.ofMinutes(3));
    var right = device.now();
    device.keepFloor(right);
    device.site().time().set(right.minus(Duration.ofHours(1)));
    device.restart();
    device.site().link().cut();
    device.site().time().set(right.plus(Duration.ofMinutes(3)));
    live(QUARTER.multipliedBy(6));
    device.site().link().prove();
    await().untilAsserted(() -> assertThat(intervals()).hasSizeGreaterThan(3));
    assertThat(intervals().get(1).quality()).containsExactly(Quality.CLOCK_UNSURE);
    assertThat(intervals().get(3).quality()).isEmpty();
  }

  /** Two hours of quarters in the register of a meter, of which one is said otherwise. */
  private Path register(Instant end, int other, long wattHours) throws IOException {
    List<IntervalEnergy> intervals = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      intervals.add(
          IntervalEnergy.valid(
              end.minus(QUARTER.multipliedBy(8 - i)), i == other ? wattHours : 250, 0));
    }
    ObjectNode memory = Json.object();
    new IntervalRun(QUARTER, intervals).write(memory.putArray("runs").addObject());
    return Files.write(folder.resolve("register.json"), Json.bytes(memory));
  }

  private List<MeterReadings> corrections() {
    return told().stream().filter(readings -> readings.corrects().isPresent()).toList();
  }

  @Test
  void aMeterWhoseRegisterSaysOtherwiseLaterSignsThatAsACorrectionOnce() throws IOException {
    Instant start = new TestPki().now();
    Path register = register(start, 3, 0);
    device =
        new OneDevice(
            folder,
            "meter-1",
            new DriverSettings.Meter(
                Power.kilowatts(1), BigDecimal.ZERO, java.util.Optional.of(register)));
    device.site().link().prove();
    awaitTold(8);
    long before = told().get(told().size() - 1).sequence();
    assertThat(corrections()).isEmpty();

    register(start, 3, 245);
    device.restart();
    device.site().link().prove();
    await().untilAsserted(() -> assertThat(corrections()).hasSize(1));
    device.journal().settle();
    MeterReadings correction = corrections().get(0);
    assertThat(correction.sequence()).isGreaterThan(before);
    assertThat(correction.intervals()).hasSize(1);
    assertThat(correction.intervals().get(0).start())
        .isEqualTo(start.minus(QUARTER.multipliedBy(5)));
    assertThat(correction.intervals().get(0).importWh()).isEqualTo(245);
    assertThat(correction.intervals().get(0).quality()).containsExactly(Quality.CORRECTED);

    device.restart();
    device.site().link().prove();
    live(Duration.ofHours(3));
    await().untilAsserted(() -> assertThat(intervals().size()).isGreaterThan(8));
    device.journal().settle();
    assertThat(corrections()).as("of the last run").isEmpty();
  }
}
