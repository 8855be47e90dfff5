// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.metering.IntervalEnergy;
import energy.muster.metering.Readings;
import energy.muster.refusal.Refused;
import energy.muster.tariff.Boards;
import energy.muster.tariff.OfferName;
import energy.muster.tariff.PriceAmendment;
import energy.muster.tariff.PriceSeries;
import energy.muster.tariff.Tariff;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tariffs with what is hard to bill, beside sums that are reckoned here in another way: by what the
 * clock on the wall shows in each minute.
 */
class HardTariffsTest {
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final BareJid METER = BareJid.parse("meter-1@grid.example");
  private static final ZoneId SYDNEY = ZoneId.of("Australia/Sydney");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private static int ids;

  private static Header header(DocumentType type) {
    Instant at = Instant.parse("2020-01-01T00:00:00Z").plusSeconds(ids++);
    return new Header(
        type, "ieee123", DocumentId.next(at), BareJid.parse("tariffs.hardco@grid.example"), at);
  }

  private static Tariff tariff(String json) {
    ObjectNode tree = header(DocumentType.TARIFF).write();
    tree.put("supplier", "hardco").put("tariff", "home").put("title", "Hard");
    tree.setAll(Json.parse(json.replace('\'', '"')));
    return Tariff.read(Json.bytes(tree));
  }

  /** So that each minute of a quarter of an hour has whole watt-hours: another amount each time. */
  private static long used(Instant at) {
    long quarter = at.getEpochSecond() / QUARTER.toSeconds();
    return 15 * (10 + Math.floorMod(quarter * 7_919 + quarter * quarter % 1_009, 53L));
  }

  private static Readings readings(LocalDate from, LocalDate until, ZoneId zone) {
    List<IntervalEnergy> intervals = new ArrayList<>();
    Instant end = until.atStartOfDay(zone).toInstant();
    for (Instant at = from.atStartOfDay(zone).toInstant();
        at.isBefore(end);
        at = at.plus(QUARTER)) {
      intervals.add(IntervalEnergy.valid(at, used(at), 0));
    }
    return Readings.of(QUARTER, intervals);
  }

  private static Bill bill(Boards boards, LocalDate from, LocalDate until, Readings readings) {
    return new Biller(boards.tariffs(), boards.prices())
        .bill(
            DocumentId.next(readings.end()),
            new Account(METER, OfferName.parse("hardco/home"), Optional.empty()),
            from,
            until,
            readings);
  }

  /** Takes what was used in one minute, in kilowatt-hours. */
  private interface Minute {
    void take(ZonedDateTime wall, BigDecimal kwh);
  }

  private static void eachMinute(LocalDate from, LocalDate until, ZoneId zone, Minute taker) {
    Instant end = until.atStartOfDay(zone).toInstant();
    for (Instant at = from.atStartOfDay(zone).toInstant();
        at.isBefore(end);
        at = at.plus(1, ChronoUnit.MINUTES)) {
      long quarter = at.getEpochSecond() - at.getEpochSecond() % QUARTER.toSeconds();
      long wh = used(Instant.ofEpochSecond(quarter)) / 15;
      taker.take(at.atZone(zone), BigDecimal.valueOf(wh, 3));
    }
  }

  private static BigDecimal cents(BigDecimal amount) {
    return amount.setScale(2, RoundingMode.HALF_UP);
  }

  private static BigDecimal share(String amount, long days, long of) {
    return new BigDecimal(amount)
        .multiply(BigDecimal.valueOf(days))
        .divide(BigDecimal.valueOf(of), 25, RoundingMode.HALF_UP);
  }

  private static final String SYDNEY_HOME =
      """
      {'version': 1, 'currency': 'AUD', 'zone': 'Australia/Sydney', 'from': '2026-01-01',
       'billingDay': 10, 'rounding': 'line',
       'seasons': [{'name': 'summer', 'days': ['12-01/02-29']},
                   {'name': 'rest', 'days': ['03-01/11-30']}],
       'dayTypes': [{'name': 'work', 'days': ['mon', 'tue', 'wed', 'thu', 'fri']},
                    {'name': 'free', 'days': ['sat', 'sun', 'holiday']}],
       'holidays': ['01-01', '01-26', '12-25', '12-26', '2028-02-29', '2028-04-14'],
       'periods': [{'name': 'peak', 'dayTypes': ['work'], 'from': '15:00', 'until': '21:00'},
                   {'name': 'night', 'dayTypes': ['work'], 'from': '21:00', 'until': '15:00'},
                   {'name': 'night', 'dayTypes': ['free'], 'from': '00:00', 'until': '00:00'}],
       'fixed': [{'name': 'Supply', 'per': 'day', 'amount': '0.9837'},
                 {'name': 'Metering', 'per': 'year', 'amount': '61.10'}],
       'energy': [{'name': 'Usage', 'tiering': {'per': 'day', 'counted': 'together'},
         'rates': [
           {'seasons': ['summer'], 'periods': ['peak'],
            'tiers': [{'upTo': '6', 'price': '0.5213'}, {'price': '0.6177'}]},
           {'seasons': ['summer'], 'periods': ['night'],
            'tiers': [{'upTo': '6', 'price': '0.2419'}, {'price': '0.2931'}]},
           {'seasons': ['rest'],
            'tiers': [{'upTo': '25', 'price': '0.2703'}, {'price': '0.2249'}]}]}],
       'demand': [{'name': 'Demand', 'minutes': 30, 'per': 'month',
         'rates': [{'seasons': ['summer'], 'periods': ['peak'], 'price': '12.43'}]}],
       'minimum': [{'name': 'Minimum', 'per': 'month', 'amount': '%s'}],
       'percentages': [{'name': 'GST', 'percent': '10'}]}""";

  private static final Set<String> SYDNEY_FREE =
      Set.of("01-01", "01-26", "12-25", "12-26", "2028-02-29", "2028-04-14");

  private static boolean sydneySummer(LocalDate day) {
    return day.getMonthValue() == 12 || day.getMonthValue() <= 2;
  }

  private static boolean sydneyPeak(ZonedDateTime wall) {
    LocalDate day = wall.toLocalDate();
    boolean free =
        day.getDayOfWeek() == DayOfWeek.SATURDAY
            || day.getDayOfWeek() == DayOfWeek.SUNDAY
            || SYDNEY_FREE.contains(day.toString())
            || SYDNEY_FREE.contains(day.toString().substring(5));
    return !free && wall.getHour() >= 15 && wall.getHour() < 21;
  }

  /** What one part of a billing month comes to. */
  private static BigDecimal sydney(LocalDate from, LocalDate until, String minimum) {
    Map<String, BigDecimal> kwh = new TreeMap<>();
    Map<String, BigDecimal> ofDay = new HashMap<>();
    Map<String, BigDecimal> windows = new HashMap<>();
    eachMinute(
        from,
        until,
        SYDNEY,
        (wall, some) -> {
          LocalDate day = wall.toLocalDate();
          boolean summer = sydneySummer(day);
          boolean peak = sydneyPeak(wall);
          String rate = summer ? peak ? "peak" : "night" : "rest";
          BigDecimal before = ofDay.getOrDefault(day + " " + summer, BigDecimal.ZERO);
          BigDecimal room =
              new BigDecimal(summer ? 6 : 25).subtract(before).max(BigDecimal.ZERO).min(some);
          kwh.merge(rate + " 1", room, BigDecimal::add);
          kwh.merge(rate + " 2", some.subtract(room), BigDecimal::add);
          ofDay.put(day + " " + summer, before.add(some));
          if (summer && peak) {
            windows.merge(
                wall.toLocalDate() + "T" + wall.getHour() + "/" + wall.getMinute() / 30,
                some,
                BigDecimal::add);
          }
        });
    Map<String, String> prices =
        Map.of(
            "peak 1", "0.5213", "peak 2", "0.6177", "night 1", "0.2419", "night 2", "0.2931",
            "rest 1", "0.2703", "rest 2", "0.2249");
    long days = ChronoUnit.DAYS.between(from, until);
    LocalDate month =
        from.getDayOfMonth() >= 10
            ? from.withDayOfMonth(10)
            : from.withDayOfMonth(10).minusMonths(1);
    long ofMonth = ChronoUnit.DAYS.between(month, month.plusMonths(1));
    BigDecimal sum = cents(new BigDecimal("0.9837").multiply(BigDecimal.valueOf(days)));
    long leap = from.datesUntil(until).filter(LocalDate::isLeapYear).count();
    sum = sum.add(cents(share("61.10", leap, 366).add(share("61.10", days - leap, 365))));
    for (Map.Entry<String, BigDecimal> each : kwh.entrySet()) {
      sum = sum.add(cents(each.getValue().multiply(new BigDecimal(prices.get(each.getKey())))));
    }
    BigDecimal most = windows.values().stream().max(BigDecimal::compareTo).orElse(BigDecimal.ZERO);
    long summerDays = from.datesUntil(until).filter(HardTariffsTest::sydneySummer).count();
    sum =
        sum.add(
            cents(
                most.multiply(BigDecimal.valueOf(2))
                    .multiply(share("12.43", summerDays, ofMonth))));
    BigDecimal lacking = share(minimum, days, ofMonth).subtract(sum);
    sum = lacking.signum() > 0 ? sum.add(cents(lacking)) : sum;
    return sum.add(cents(sum.multiply(new BigDecimal("0.10"))));
  }

  @ParameterizedTest
  @CsvSource({
    "2027-12-20, 2028-03-15, 20.00",
    "2027-12-20, 2028-03-15, 700.00",
    "2028-03-25, 2028-04-20, 20.00",
    "2027-09-25, 2027-10-12, 500.00",
    "2026-02-27, 2026-03-03, 20.00"
  })
  void aSummerOverTheTurnOfTheYearWithLeapDayHolidaysTiersDemandAndMinimum(
      LocalDate from, LocalDate until, String minimum) {
    BigDecimal total = BigDecimal.ZERO;
    LocalDate begin = from;
    while (begin.isBefore(until)) {
      LocalDate tenth = begin.withDayOfMonth(10);
      LocalDate next = begin.isBefore(tenth) ? tenth : tenth.plusMonths(1);
      LocalDate stop = next.isBefore(until) ? next : until;
      total = total.add(sydney(begin, stop, minimum));
      begin = stop;
    }

    Bill bill =
        bill(
            Boards.EMPTY.with(tariff(SYDNEY_HOME.formatted(minimum))),
            from,
            until,
            readings(from, until, SYDNEY));

    assertThat(bill.total().amount()).isEqualByComparingTo(total);
  }

  @ParameterizedTest
  @CsvSource({
    "Australia/Lord_Howe, 2026-04-01, 2026-04-10",
    "Australia/Lord_Howe, 2026-10-01, 2026-10-10",
    "Europe/Dublin, 2026-03-25, 2026-04-03",
    "Europe/Dublin, 2026-10-20, 2026-10-29",
    "America/St_Johns, 2026-03-05, 2026-03-12",
    "Pacific/Chatham, 2026-04-01, 2026-04-08",
    "Asia/Kathmandu, 2026-04-01, 2026-04-08"
  })
  void whatTheClockOnTheWallShowsDecidesWhereverThatIs(
      String where, LocalDate from, LocalDate until) {
    ZoneId zone = ZoneId.of(where);
    Tariff tariff =
        tariff(
            """
            {'version': 1, 'currency': 'EUR', 'zone': '%s', 'from': '2026-01-01', 'billingDay': 1,
             'rounding': 'total',
             'periods': [{'name': 'early', 'from': '01:30', 'until': '02:30'},
                         {'name': 'late', 'from': '02:30', 'until': '22:00'},
                         {'name': 'night', 'from': '22:00', 'until': '01:30'}],
             'energy': [{'name': 'Energy', 'rates': [
               {'periods': ['early'], 'price': '1.37'}, {'periods': ['late'], 'price': '0.31'},
               {'periods': ['night'], 'price': '-0.0271'}]}]}"""
                .formatted(where));
    BigDecimal[] sum = {BigDecimal.ZERO};
    eachMinute(
        from,
        until,
        zone,
        (wall, kwh) -> {
          int minute = wall.getHour() * 60 + wall.getMinute();
          String price =
              minute >= 90 && minute < 150
                  ? "1.37"
                  : minute >= 150 && minute < 1_320 ? "0.31" : "-0.0271";
          sum[0] = sum[0].add(kwh.multiply(new BigDecimal(price)));
        });

    Bill bill = bill(Boards.EMPTY.with(tariff), from, until, readings(from, until, zone));

    assertThat(bill.total().amount()).isEqualByComparingTo(cents(sum[0]));
  }

  private static PriceSeries hourly(LocalDate from, LocalDate until) {
    Instant start = from.atStartOfDay(NEW_YORK).toInstant();
    long hours = Duration.between(start, until.atStartOfDay(NEW_YORK).toInstant()).toHours();
    List<BigDecimal> prices = new ArrayList<>();
    for (int hour = 0; hour < hours; hour++) {
      prices.add(BigDecimal.valueOf(hour * 37L % 91 - 9, 3));
    }
    return new PriceSeries(
        header(DocumentType.PRICE_SERIES),
        OfferName.parse("hardco/spot"),
        Currency.getInstance("USD"),
        NEW_YORK,
        start,
        Duration.ofHours(1),
        prices);
  }

  private static PriceAmendment amendment(PriceSeries series, int version, int hour, String price) {
    return new PriceAmendment(
        header(DocumentType.PRICE_AMENDMENT),
        series.name(),
        series.header().id(),
        version,
        "corrected",
        List.of(new PriceAmendment.Change(series.startOf(hour), new BigDecimal(price))));
  }

  private static Tariff following() {
    return tariff(
        """
        {'version': 1, 'currency': 'USD', 'zone': 'America/New_York', 'from': '2026-01-01',
         'billingDay': 1, 'rounding': 'line',
         'energy': [{'name': 'Spot', 'rates': [
           {'series': 'spot', 'factor': '1.07', 'plus': '0.0125'}]}]}""");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-07, 2026-03-10, 71",
    "2026-10-31, 2026-11-01, 24",
    "2026-11-01, 2026-11-02, 25"
  })
  void amendedPricesOfDaysOf23And25Hours(LocalDate from, LocalDate until, int hours) {
    PriceSeries series = hourly(from, until);
    assertThat(series.prices()).hasSize(hours);
    Boards boards =
        Boards.EMPTY
            .with(following())
            .with(series)
            .with(amendment(series, 2, 1, "0.500"))
            .with(amendment(series, 3, 2, "-0.200"))
            .with(amendment(series, 4, 1, "0.333"));
    BigDecimal sum = BigDecimal.ZERO;
    Instant start = series.start();
    for (int quarter = 0; quarter < hours * 4; quarter++) {
      BigDecimal price =
          quarter / 4 == 1
              ? new BigDecimal("0.333")
              : quarter / 4 == 2
                  ? new BigDecimal("-0.200")
                  : BigDecimal.valueOf(quarter / 4 * 37L % 91 - 9, 3);
      BigDecimal kwh = BigDecimal.valueOf(used(start.plus(QUARTER.multipliedBy(quarter))), 3);
      sum =
          sum.add(
              kwh.multiply(price.multiply(new BigDecimal("1.07")).add(new BigDecimal("0.0125"))));
    }

    Bill bill = bill(boards, from, until, readings(from, until, NEW_YORK));

    assertThat(bill.total().amount()).isEqualByComparingTo(cents(sum));
  }

  @Test
  void aPriceThatWasNotPublishedAndADayWithoutAVersionAreNamed() {
    LocalDate day = LocalDate.parse("2026-03-07");
    Boards boards = Boards.EMPTY.with(following()).with(hourly(day, day.plusDays(1)));
    Readings readings = readings(day, day.plusDays(3), NEW_YORK);

    assertThatThrownBy(() -> bill(boards, day, day.plusDays(2), readings))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("no price from 2026-03-08T05:00:00Z to 2026-03-09T04:00:00Z");

    Boards gap =
        Boards.EMPTY
            .with(
                tariff(
                    """
                    {'version': 1, 'currency': 'USD', 'zone': 'America/New_York',
                     'from': '2026-01-01', 'until': '2026-03-08', 'billingDay': 1,
                     'rounding': 'line', 'energy': [{'name': 'E', 'rates': [{'price': '0.1'}]}]}"""))
            .with(
                tariff(
                    """
                    {'version': 2, 'currency': 'USD', 'zone': 'America/New_York',
                     'from': '2026-03-09', 'billingDay': 1,
                     'rounding': 'line', 'energy': [{'name': 'E', 'rates': [{'price': '0.2'}]}]}"""));
    assertThat(bill(gap, day, day.plusDays(1), readings).lines()).hasSize(1);
    assertThatThrownBy(() -> bill(gap, day, day.plusDays(3), readings))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("nothing from 2026-03-08T05:00:00Z to 2026-03-09T04:00:00Z");
  }
}
