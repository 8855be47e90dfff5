// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Seasons, day types and periods, of which each minute of every year lies in exactly one. What is
 * left out is one for all: a season {@code year}, a day type {@code day}, a period {@code all}.
 */
public final class TariffCalendar {
  static final int MINUTES_OF_DAY = 24 * 60;

  private static final int LEAP_YEAR = 2000;
  private static final List<Season> ONE_SEASON =
      List.of(
          new Season("year", List.of(new Season.Range(MonthDay.of(1, 1), MonthDay.of(12, 31)))));
  private static final List<DayType> ONE_DAY_TYPE =
      List.of(
          new DayType(
              "day",
              Stream.concat(
                      Stream.of(DayOfWeek.values()).map(DayType::word), Stream.of(DayType.HOLIDAY))
                  .toList()));
  private static final List<Period> ONE_PERIOD =
      List.of(new Period("all", List.of(), List.of(), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT));

  /** For a tariff that is the same at all times. */
  public static final TariffCalendar PLAIN =
      new TariffCalendar(List.of(), List.of(), Holidays.NONE, List.of());

  private final List<Season> seasons;
  private final List<DayType> dayTypes;
  private final Holidays holidays;
  private final List<Period> periods;

  private final Map<Cell, Integer> cells = new LinkedHashMap<>();
  private final List<Cell> cellOf;
  private final int[] seasonOf = new int[366];
  private final int[] typeOfWeekday = new int[7];
  private final int typeOfHoliday;
  private final Map<LocalDate, Integer> typeOfDate = new HashMap<>();
  private final Set<MonthDay> holidayEveryYear;
  private final Set<LocalDate> holidayDates;
  private final List<List<List<Piece>>> plans = new ArrayList<>();

  /** A part of the day that lies in one cell, after the part before it. */
  record Piece(int untilMinute, int cell) {}

  public TariffCalendar(
      List<Season> seasons, List<DayType> dayTypes, Holidays holidays, List<Period> periods) {
    this.seasons = seasons.isEmpty() ? ONE_SEASON : Terms.atMost(Season.MOST, "seasons", seasons);
    this.dayTypes =
        dayTypes.isEmpty() ? ONE_DAY_TYPE : Terms.atMost(DayType.MOST, "day types", dayTypes);
    this.periods = periods.isEmpty() ? ONE_PERIOD : Terms.atMost(Period.MOST, "periods", periods);
    this.holidays = holidays;
    this.holidayEveryYear = holidays.everyYear();
    this.holidayDates = holidays.dates();
    List<String> seasonNames =
        Terms.distinct("seasons", this.seasons.stream().map(Season::name).toList());
    List<String> typeNames =
        Terms.distinct("day types", this.dayTypes.stream().map(DayType::name).toList());
    for (Period period : this.periods) {
      requireKnown(period.name(), "season", seasonNames, period.seasons());
      requireKnown(period.name(), "day type", typeNames, period.dayTypes());
    }
    coverYear();
    typeOfHoliday = coverDays();
    for (String season : seasonNames) {
      plans.add(typeNames.stream().map(type -> coverDay(season, type)).toList());
    }
    cellOf = List.copyOf(cells.keySet());
  }

  static void requireKnown(String by, String what, List<String> known, List<String> named) {
    for (String name : named) {
      Terms.require(known.contains(name), "%s: there is no %s '%s'", by, what, name);
    }
  }

  private void coverYear() {
    MonthDay[] year =
        LocalDate.of(LEAP_YEAR, 1, 1)
            .datesUntil(LocalDate.of(LEAP_YEAR + 1, 1, 1))
            .map(MonthDay::from)
            .toArray(MonthDay[]::new);
    Cover<Season> cover = new Cover<>(seasons, Season::name, day -> Season.text(year[day]), true);
    for (int day = 0; day < year.length; day++) {
      MonthDay monthDay = year[day];
      seasonOf[day] = cover.only(day, season -> season.includes(monthDay));
    }
    cover.end("seasons", year.length);
  }

  private int coverDays() {
    String[] words =
        Stream.concat(Stream.of(DayOfWeek.values()).map(DayType::word), Stream.of(DayType.HOLIDAY))
            .toArray(String[]::new);
    Cover<DayType> cover = new Cover<>(dayTypes, DayType::name, day -> words[day], true);
    int holiday = typeOfWeekday.length;
    for (DayOfWeek day : DayOfWeek.values()) {
      int index = day.getValue() - 1;
      typeOfWeekday[index] = cover.only(index, type -> type.includes(day));
    }
    boolean counted =
        !holidays.listed().isEmpty() || dayTypes.stream().anyMatch(DayType::includesHolidays);
    int type = counted ? cover.only(holiday, DayType::includesHolidays) : -1;
    cover.end("day types", counted ? holiday + 1 : holiday);
    for (int i = 0; i < dayTypes.size(); i++) {
      for (LocalDate date : dayTypes.get(i).dates()) {
        Integer other = typeOfDate.put(date, i);
        Terms.require(
            other == null,
            "day types: %s and %s overlap on %s",
            dayTypes.get(other == null ? i : other).name(),
            dayTypes.get(i).name(),
            date);
      }
    }
    return type;
  }

  private List<Piece> coverDay(String season, String dayType) {
    List<Period> here = periods.stream().filter(period -> period.isIn(season, dayType)).toList();
    Cover<Period> cover =
        new Cover<>(
            here, Period::name, minute -> LocalTime.MIDNIGHT.plusMinutes(minute).toString(), false);
    List<Piece> pieces = new ArrayList<>();
    int last = Cover.NONE;
    for (int minute = 0; minute < MINUTES_OF_DAY; minute++) {
      int at = minute;
      int period = cover.only(minute, each -> each.includes(at));
      if (period != last && last != Cover.NONE) {
        pieces.add(new Piece(minute, number(new Cell(season, dayType, here.get(last).name()))));
      }
      last = period;
    }
    cover.end(season + ", " + dayType, MINUTES_OF_DAY);
    pieces.add(new Piece(MINUTES_OF_DAY, number(new Cell(season, dayType, here.get(last).name()))));
    return List.copyOf(pieces);
  }

  private int number(Cell cell) {
    Integer known = cells.putIfAbsent(cell, cells.size());
    return known == null ? cells.size() - 1 : known;
  }

  /** Every combination that there is. */
  public List<Cell> cells() {
    return cellOf;
  }

  public List<Season> seasons() {
    return seasons;
  }

  List<String> seasonNames() {
    return seasons.stream().map(Season::name).toList();
  }

  List<String> periodNames() {
    return periods.stream().map(Period::name).distinct().toList();
  }

  /** Where a time lies that the clock on the wall shows. */
  public Cell at(LocalDateTime local) {
    int minute = Period.minute(local.toLocalTime());
    for (Piece piece : planOf(local.toLocalDate())) {
      if (minute < piece.untilMinute()) {
        return cellOf.get(piece.cell());
      }
    }
    throw new AssertionError("a day has " + MINUTES_OF_DAY + " minutes");
  }

  public String seasonOf(LocalDate day) {
    return seasons.get(seasonIndex(day)).name();
  }

  public boolean isHoliday(LocalDate day) {
    return holidayDates.contains(day) || holidayEveryYear.contains(MonthDay.from(day));
  }

  List<Piece> planOf(LocalDate day) {
    Integer dated = typeOfDate.get(day);
    int type =
        dated != null
            ? dated
            : isHoliday(day) ? typeOfHoliday : typeOfWeekday[day.getDayOfWeek().getValue() - 1];
    return plans.get(seasonIndex(day)).get(type);
  }

  private int seasonIndex(LocalDate day) {
    return seasonOf[day.withYear(LEAP_YEAR).getDayOfYear() - 1];
  }

  static TariffCalendar read(Fields fields) {
    return new TariffCalendar(
        Terms.listed(fields, "seasons", Season::read),
        Terms.listed(fields, "dayTypes", DayType::read),
        new Holidays(Terms.names(fields, "holidays")),
        Terms.listed(fields, "periods", Period::read));
  }

  void write(ObjectNode tariff) {
    Terms.put(tariff, "seasons", seasons.equals(ONE_SEASON) ? List.of() : seasons, Season::write);
    Terms.put(
        tariff, "dayTypes", dayTypes.equals(ONE_DAY_TYPE) ? List.of() : dayTypes, DayType::write);
    Terms.putNames(tariff, "holidays", holidays.listed());
    Terms.put(tariff, "periods", periods.equals(ONE_PERIOD) ? List.of() : periods, Period::write);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TariffCalendar that
        && seasons.equals(that.seasons)
        && dayTypes.equals(that.dayTypes)
        && holidays.equals(that.holidays)
        && periods.equals(that.periods);
  }

  @Override
  public int hashCode() {
    return Objects.hash(seasons, dayTypes, holidays, periods);
  }
}
