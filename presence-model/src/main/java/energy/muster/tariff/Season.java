// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.MonthDay;
import java.util.List;
import java.util.Objects;

/**
 * A part of every year.
 *
 * @param days 1 to 12 ranges; one that ends before it begins goes over the end of the year
 */
public record Season(String name, List<Range> days) {
  static final int MOST = 12;

  /**
   * Days of every year, both ends included. February 29 is a day of its own, which a year may lack.
   */
  public record Range(MonthDay from, MonthDay to) {
    public Range {
      Objects.requireNonNull(from);
      Objects.requireNonNull(to);
    }

    private static Range parse(String text) {
      int slash = text.indexOf('/');
      Terms.require(slash > 0, "'%s' is no range of days, such as 06-01/09-30", text);
      return new Range(monthDay(text.substring(0, slash)), monthDay(text.substring(slash + 1)));
    }

    boolean includes(MonthDay day) {
      boolean afterFrom = day.compareTo(from) >= 0;
      boolean beforeTo = day.compareTo(to) <= 0;
      return from.compareTo(to) <= 0 ? afterFrom && beforeTo : afterFrom || beforeTo;
    }

    @Override
    public String toString() {
      return text(from) + "/" + text(to);
    }
  }

  public Season {
    Terms.name(name);
    days = Terms.atMost(MOST, "ranges of days in a season", days);
    Terms.require(!days.isEmpty(), "%s has no days", name);
  }

  boolean includes(MonthDay day) {
    return days.stream().anyMatch(range -> range.includes(day));
  }

  /** Month and day as they stand in documents, such as {@code 02-29}. */
  static MonthDay monthDay(String text) {
    return MonthDay.parse("--" + text);
  }

  static String text(MonthDay day) {
    return day.toString().substring(2);
  }

  static Season read(Fields fields) {
    return new Season(fields.text("name"), fields.values("days", Range::parse));
  }

  ObjectNode write() {
    ObjectNode object = Json.object().put("name", name);
    ArrayNode list = object.putArray("days");
    days.forEach(range -> list.add(range.toString()));
    return object;
  }
}
