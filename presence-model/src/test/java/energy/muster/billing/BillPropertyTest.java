// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.metering.IntervalEnergy;
import energy.muster.metering.Readings;
import energy.muster.tariff.Money;
import energy.muster.tariff.PriceBoard;
import energy.muster.tariff.Tariff;
import energy.muster.tariff.TariffBoard;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** A bill is what {@link NaiveBill} makes of it, in any zone and over every kind of odd day. */
final class BillPropertyTest {
  private static final DocumentId ID = DocumentId.next(Instant.EPOCH);

  private static Bill bill(Tariff tariff, LocalDate from, LocalDate until, Readings readings) {
    return new Biller(TariffBoard.EMPTY.with(tariff), PriceBoard.EMPTY)
        .bill(
            ID,
            new Account(BareJid.parse("meter-48@grid.example"), tariff.name(), Optional.empty()),
            from,
            until,
            readings);
  }

  /** Of every second meter some intervals are missing, at the beginning, the end or between. */
  private static Readings readings(ZoneId zone, LocalDate from, int days, int step, long seed) {
    Random random = new Random(seed);
    Duration length = Duration.ofMinutes(step);
    Instant end = from.plusDays(days).atStartOfDay(zone).toInstant();
    List<IntervalEnergy> all = new ArrayList<>();
    for (Instant at = from.atStartOfDay(zone).toInstant(); at.isBefore(end); at = at.plus(length)) {
      if (seed % 2 == 0 || random.nextInt(20) > 0) {
        long most = random.nextInt(8 * step) + 1L;
        all.add(IntervalEnergy.valid(at, random.nextLong(most), random.nextInt(4) == 0 ? 77 : 0));
      }
    }
    return Readings.of(length, all);
  }

  /** An interval that the end cuts, where a clock was set by half an hour, counts up to it. */
  private static long used(Readings readings, Instant until) {
    long step = readings.step().toSeconds();
    long used = 0;
    for (int i = 0; i < readings.size() && readings.startOf(i).isBefore(until); i++) {
      long before = Math.min(step, Duration.between(readings.startOf(i), until).toSeconds());
      used += Math.round(readings.importWh(i) * (double) before / step);
    }
    return used;
  }

  @Property(tries = 60)
  void aBillIsWhatSomebodyReckonsMinuteByMinute(
      @ForAll("tariffs") SampleTariff sample,
      @ForAll("days") LocalDate from,
      @ForAll @IntRange(min = 1, max = 40) int days,
      @ForAll("steps") int step,
      @ForAll long seed) {
    Readings readings = readings(sample.zone(), from, days, step, seed);

    Bill bill = bill(sample.tariff(), from, from.plusDays(days), readings);

    assertThat(bill.total().amount())
        .isEqualByComparingTo(NaiveBill.total(sample, from, from.plusDays(days), readings));
    assertThat(bill.lines().stream().map(Line::amount).reduce(Money.of("0", "USD"), Money::plus))
        .isEqualTo(bill.total());
  }

  @Example
  void aDemandWindowHasItsShareOfAnIntervalAlsoWhereARateEndsInIt() {
    SampleTariff sample = demand("Europe/Berlin", 10, 20, 15);
    LocalDate day = LocalDate.parse("2024-02-21");

    isWhatSomebodyReckons(sample, day, reading(sample, day, "00:00", 355));
  }

  @Example
  void aShareOfAMonthIsRoundedOnlyAtTheEnd() {
    SampleTariff sample = demand("Europe/Berlin", 0, 5, 15);
    sample.prices().put("month", new BigDecimal("-0.0775"));
    LocalDate day = LocalDate.parse("2024-03-13");

    assertThat(
            bill(sample.tariff(), day, day.plusDays(2), reading(sample, day, "00:00", 0))
                .total()
                .amount())
        .isEqualByComparingTo("-0.01");
  }

  @Example
  void aDemandWindowOfWhichTheBeginningWasNotReadBelongsToThePeriodItBeginsIn() {
    SampleTariff sample = demand("Europe/Berlin", 30, 120, 60);
    LocalDate day = LocalDate.parse("2024-02-21");

    isWhatSomebodyReckons(sample, day, reading(sample, day, "00:30", 355));
  }

  @Example
  void aDemandWindowThatAClockSetForwardCutsBeginsWhereTheClockGoesOn() {
    SampleTariff sample = demand("Australia/Lord_Howe", 130, 200, 60);
    LocalDate day = LocalDate.parse("2024-10-06");

    isWhatSomebodyReckons(sample, day, reading(sample, day, "02:30", 355));
  }

  @Example
  void aDemandWindowThatAClockSetBackCutsBeginsWhereTheClockGoesOn() {
    SampleTariff sample = demand("Australia/Lord_Howe", 80, 100, 60);
    LocalDate day = LocalDate.parse("2024-04-07");
    Readings again =
        Readings.of(
            Duration.ofMinutes(30),
            List.of(IntervalEnergy.valid(Instant.parse("2024-04-06T15:00:00Z"), 355, 0)));

    isWhatSomebodyReckons(sample, day, again);
  }

  /** Nothing costs anything but the largest window of the peak. */
  private static SampleTariff demand(String zone, int peakFrom, int peakUntil, int window) {
    Map<String, BigDecimal> prices = new HashMap<>();
    SampleTariff.PRICES.forEach(price -> prices.put(price, BigDecimal.ZERO));
    prices.put("kw", BigDecimal.valueOf(100));
    return new SampleTariff(
        ZoneId.of(zone), 13, peakFrom, peakUntil, window, "month", true, prices);
  }

  private static Readings reading(SampleTariff sample, LocalDate day, String time, long wh) {
    Instant at = day.atTime(LocalTime.parse(time)).atZone(sample.zone()).toInstant();
    return Readings.of(Duration.ofMinutes(30), List.of(IntervalEnergy.valid(at, wh, 0)));
  }

  private static void isWhatSomebodyReckons(SampleTariff sample, LocalDate day, Readings readings) {
    assertThat(bill(sample.tariff(), day, day.plusDays(1), readings).total().amount())
        .isEqualByComparingTo(NaiveBill.total(sample, day, day.plusDays(1), readings));
  }

  @Property(tries = 30)
  void everyWattHourStandsOnExactlyOneLineOfEachCharge(
      @ForAll("tariffs") SampleTariff sample,
      @ForAll("days") LocalDate from,
      @ForAll @IntRange(min = 1, max = 70) int days,
      @ForAll("steps") int step,
      @ForAll long seed) {
    Readings readings = readings(sample.zone(), from, days, step, seed);
    Tariff tariff = sample.tariff();
    LocalDate until = from.plusDays(days);
    long used = used(readings, tariff.validity().startOf(until));

    Bill bill = bill(tariff, from, until, readings);

    for (String charge : List.of("Supply", "Tiered")) {
      List<Line> lines =
          bill.lines().stream().filter(line -> line.charge().equals(charge)).toList();
      assertThat(lines.stream().flatMap(line -> line.uses().stream()).mapToLong(Use::wh).sum())
          .isEqualTo(used);
      assertThat(lines.stream().map(Line::quantity).reduce(BigDecimal.ZERO, BigDecimal::add))
          .isEqualByComparingTo(BigDecimal.valueOf(used, 3));
    }
    assertThat(Bill.read(Fields.of(Json.parseLarge(Json.text(bill.write()))))).isEqualTo(bill);
  }

  @Property(tries = 30)
  void aBillOverSeveralBillingMonthsComesToWhatTheirBillsDo(
      @ForAll("tariffs") SampleTariff sample, @ForAll("days") LocalDate any, @ForAll long seed) {
    Tariff tariff = sample.tariff();
    LocalDate from = tariff.billingMonthOf(any);
    Readings readings = readings(sample.zone(), from, 95, 60, seed);

    Money months =
        bill(tariff, from, from.plusMonths(1), readings)
            .total()
            .plus(bill(tariff, from.plusMonths(1), from.plusMonths(3), readings).total());

    assertThat(bill(tariff, from, from.plusMonths(3), readings).total()).isEqualTo(months);
  }

  @Provide
  Arbitrary<SampleTariff> tariffs() {
    Arbitrary<ZoneId> zones =
        Arbitraries.of(
                "Europe/Berlin",
                "America/Los_Angeles",
                "Australia/Lord_Howe",
                "Antarctica/Troll",
                "America/Sao_Paulo",
                "America/St_Johns",
                "Australia/Adelaide",
                "Asia/Kathmandu",
                "UTC")
            .map(ZoneId::of);
    Arbitrary<int[]> peaks =
        Combinators.combine(
                Arbitraries.integers().between(0, 140), Arbitraries.integers().between(1, 140))
            .as((from, length) -> new int[] {from * 5, from * 5 + length * 5});
    return Combinators.combine(
            zones,
            Arbitraries.integers().between(1, 28),
            peaks,
            Arbitraries.of(15, 30, 60),
            Arbitraries.of("month", "day", "daily-allowance"),
            Arbitraries.of(true, false),
            Arbitraries.longs())
        .as(
            (zone, billingDay, peak, window, per, together, seed) ->
                new SampleTariff(
                    zone, billingDay, peak[0], peak[1], window, per, together, prices(seed)));
  }

  private static Map<String, BigDecimal> prices(long seed) {
    Random random = new Random(seed);
    Map<String, BigDecimal> prices = new HashMap<>();
    for (String name : SampleTariff.PRICES) {
      prices.put(name, BigDecimal.valueOf(random.nextInt(120_000) - 10_000, 5));
    }
    return prices;
  }

  @Provide
  Arbitrary<Integer> steps() {
    return Arbitraries.of(5, 15, 15, 30, 60);
  }

  /** Before days on which clocks, seasons or years change, and a leap day; and any others. */
  @Provide
  Arbitrary<LocalDate> days() {
    Arbitrary<LocalDate> special =
        Combinators.combine(
                Arbitraries.of(
                    "2024-02-28",
                    "2024-03-10",
                    "2024-03-31",
                    "2024-04-07",
                    "2024-10-06",
                    "2024-10-27",
                    "2024-11-03",
                    "2018-11-04",
                    "2018-02-17",
                    "2023-12-31"),
                Arbitraries.integers().between(-20, 1))
            .as((day, shift) -> LocalDate.parse(day).plusDays(shift));
    Arbitrary<LocalDate> any =
        Arbitraries.integers().between(0, 3000).map(LocalDate.of(2018, 1, 1)::plusDays);
    return Arbitraries.oneOf(special, any);
  }
}
