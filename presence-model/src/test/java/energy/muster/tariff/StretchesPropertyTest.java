// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Stretches say of every minute what somebody would who looks at the clock and the wall calendar.
 */
final class StretchesPropertyTest {
  /** Changes of 1 h, of 30 min, of 2 h, at midnight; offsets of 45 min; none. */
  private static final List<String> ZONES =
      List.of(
          "Europe/Berlin",
          "America/Los_Angeles",
          "Australia/Lord_Howe",
          "Antarctica/Troll",
          "America/Sao_Paulo",
          "America/St_Johns",
          "Asia/Kathmandu",
          "UTC");

  /**
   * @param periods those of a working day, in their order
   */
  private record Year(TariffCalendar calendar, List<Period> periods) {}

  @Property(tries = 60)
  void everyMinuteIsInTheCellThatTheWallShows(
      @ForAll("years") Year year, @ForAll("zones") ZoneId zone, @ForAll("days") LocalDate day) {
    TariffCalendar calendar = year.calendar();
    Instant from = day.atStartOfDay(zone).toInstant();
    Instant until = from.plus(Duration.ofDays(4));

    Stretches stretches = Stretches.of(calendar, zone, from, until);

    int at = 0;
    for (long second = from.getEpochSecond(); second < until.getEpochSecond(); second += 60) {
      if (stretches.until(at) <= second) {
        at++;
      }
      assertThat(stretches.from(at)).isLessThanOrEqualTo(second);
      ZonedDateTime wall = Instant.ofEpochSecond(second).atZone(zone);
      assertThat(calendar.cells().get(stretches.cell(at))).isEqualTo(naive(year.periods(), wall));
      assertThat(calendar.at(wall.toLocalDateTime())).isEqualTo(naive(year.periods(), wall));
      assertThat(stretches.day(at)).isEqualTo(wall.toLocalDate().toEpochDay());
    }
    assertThat(at).isEqualTo(stretches.size() - 1);
    assertThat(stretches.until(at)).isEqualTo(until.getEpochSecond());
  }

  private static Cell naive(List<Period> periods, ZonedDateTime wall) {
    int today = wall.getMonthValue() * 100 + wall.getDayOfMonth();
    String season = today >= 400 && today < 1000 ? "summer" : "winter";
    boolean free =
        wall.getDayOfWeek() == DayOfWeek.SATURDAY
            || wall.getDayOfWeek() == DayOfWeek.SUNDAY
            || today == 229
            || today == 1225
            || wall.toLocalDate().equals(LocalDate.of(2028, 3, 27));
    String dayType = free ? "free" : "work";
    int minute = wall.getHour() * 60 + wall.getMinute();
    if (free) {
      return new Cell(season, dayType, "rest");
    }
    int last = 0;
    for (Period period : periods) {
      int begin = period.from().getHour() * 60 + period.from().getMinute();
      if (begin <= minute) {
        last = Integer.parseInt(period.name().substring(1));
      }
    }
    return new Cell(season, dayType, "p" + last);
  }

  @Provide
  Arbitrary<Year> years() {
    return Arbitraries.integers()
        .between(1, 24 * 12 - 1)
        .set()
        .ofMinSize(0)
        .ofMaxSize(8)
        .map(cuts -> year(new ArrayList<>(new TreeSet<>(cuts))));
  }

  private static Year year(List<Integer> cuts) {
    List<Period> periods = new ArrayList<>();
    for (int i = 0; i <= cuts.size(); i++) {
      LocalTime from =
          i == 0 ? LocalTime.MIDNIGHT : LocalTime.MIDNIGHT.plusMinutes(cuts.get(i - 1) * 5L);
      LocalTime until =
          i == cuts.size() ? LocalTime.MIDNIGHT : LocalTime.MIDNIGHT.plusMinutes(cuts.get(i) * 5L);
      periods.add(new Period("p" + i, List.of(), List.of("work"), from, until));
    }
    List<Period> ofWork = List.copyOf(periods);
    periods.add(
        new Period("rest", List.of(), List.of("free"), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT));
    return new Year(
        new TariffCalendar(
            List.of(
                new Season(
                    "summer", List.of(new Season.Range(MonthDay.of(4, 1), MonthDay.of(9, 30)))),
                new Season(
                    "winter", List.of(new Season.Range(MonthDay.of(10, 1), MonthDay.of(3, 31))))),
            List.of(
                new DayType("work", List.of("mon", "tue", "wed", "thu", "fri")),
                new DayType("free", List.of("sat", "sun", "holiday", "2028-03-27"))),
            new Holidays(List.of("02-29", "12-25")),
            periods),
        ofWork);
  }

  @Provide
  Arbitrary<ZoneId> zones() {
    return Arbitraries.of(ZONES).map(ZoneId::of);
  }

  /** Around the days on which clocks or years change, and some others. */
  @Provide
  Arbitrary<LocalDate> days() {
    Arbitrary<LocalDate> special =
        Combinators.combine(
                Arbitraries.of(
                    "2028-02-28",
                    "2028-03-25",
                    "2028-03-11",
                    "2028-03-31",
                    "2028-10-28",
                    "2028-09-30",
                    "2028-11-03",
                    "2018-11-03",
                    "2018-02-16",
                    "2027-12-30"),
                Arbitraries.integers().between(-3, 1))
            .as((day, shift) -> LocalDate.parse(day).plusDays(shift));
    Arbitrary<LocalDate> any =
        Arbitraries.integers().between(0, 4000).map(LocalDate.of(2020, 1, 1)::plusDays);
    return Arbitraries.oneOf(special, any);
  }
}
