// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The holidays that a tariff counts.
 *
 * @param listed dates, such as {@code 2026-11-26}, and days of every year, such as {@code 12-25},
 *     as they were listed, at most 400
 */
public record Holidays(List<String> listed) {
  public static final Holidays NONE = new Holidays(List.of());

  private static final int MOST = 400;
  private static final int YEARLY = "12-25".length();

  public Holidays {
    listed = Terms.distinct("holidays", Terms.atMost(MOST, "holidays", listed));
    parsed(listed, true, Season::monthDay);
    parsed(listed, false, LocalDate::parse);
  }

  private static <T> Set<T> parsed(
      List<String> listed, boolean yearly, Function<String, T> reader) {
    List<T> all = new ArrayList<>();
    for (String day : listed) {
      if (day.length() == YEARLY == yearly) {
        try {
          all.add(reader.apply(day));
        } catch (java.time.DateTimeException e) {
          throw new IllegalArgumentException(
              "'" + day + "' is no holiday: a date such as 2026-11-26, or 12-25 for every year", e);
        }
      }
    }
    return new HashSet<>(all);
  }

  Set<MonthDay> everyYear() {
    return parsed(listed, true, Season::monthDay);
  }

  Set<LocalDate> dates() {
    return parsed(listed, false, LocalDate::parse);
  }
}
