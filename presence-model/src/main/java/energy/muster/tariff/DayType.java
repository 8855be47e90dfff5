// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Days that are alike. A date that a day type names is of this type, whatever the day is otherwise;
 * a holiday is, whatever day of the week it falls on.
 *
 * @param days {@code mon} to {@code sun}, {@code holiday}, and dates, as they were listed
 */
public record DayType(String name, List<String> days) {
  static final int MOST = 12;
  static final String HOLIDAY = "holiday";

  private static final int MOST_DAYS = 800;
  private static final int DAY_LETTERS = 3;

  public DayType {
    Terms.name(name);
    days = Terms.distinct(name, Terms.atMost(MOST_DAYS, "days of a day type", days));
    Terms.require(!days.isEmpty(), "%s has no days", name);
    days.forEach(DayType::requireDay);
  }

  private static void requireDay(String day) {
    if (!day.equals(HOLIDAY) && dayOfWeek(day).isEmpty()) {
      date(day);
    }
  }

  boolean includesHolidays() {
    return days.contains(HOLIDAY);
  }

  boolean includes(DayOfWeek day) {
    return days.contains(word(day));
  }

  List<LocalDate> dates() {
    return days.stream()
        .filter(day -> !day.equals(HOLIDAY) && dayOfWeek(day).isEmpty())
        .map(DayType::date)
        .toList();
  }

  static String word(DayOfWeek day) {
    return day.name().substring(0, DAY_LETTERS).toLowerCase(Locale.ROOT);
  }

  private static Optional<DayOfWeek> dayOfWeek(String word) {
    return Arrays.stream(DayOfWeek.values()).filter(day -> word(day).equals(word)).findFirst();
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (java.time.DateTimeException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no day: mon to sun, holiday, or a date such as 2026-12-24", e);
    }
  }

  static DayType read(Fields fields) {
    return new DayType(fields.text("name"), fields.values("days", Function.identity()));
  }

  ObjectNode write() {
    ObjectNode object = Json.object().put("name", name);
    Terms.putNames(object, "days", days);
    return object;
  }
}
