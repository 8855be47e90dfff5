// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import energy.muster.json.Fields;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * When a device may be interrupted to install a firmware; one that ends before it begins goes over
 * midnight and belongs to the day on which it begins.
 *
 * @param days on which it begins
 */
public record InstallWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
  private static final int ABBREVIATED = 3;

  public InstallWindow {
    days = Set.copyOf(days);
    Objects.requireNonNull(from);
    Objects.requireNonNull(to);
    if (days.isEmpty() || from.equals(to)) {
      throw new IllegalArgumentException("a window has days, and ends at another time");
    }
  }

  /**
   * Reads {@code {"days": ["mon", "tue"], "from": "01:00", "to": "04:00"}}; all days unless said.
   */
  public static InstallWindow read(Fields fields) {
    return new InstallWindow(
        fields.has("days")
            ? Set.copyOf(fields.values("days", InstallWindow::day))
            : EnumSet.allOf(DayOfWeek.class),
        fields.value("from", LocalTime::parse),
        fields.value("to", LocalTime::parse));
  }

  private static DayOfWeek day(String word) {
    return Arrays.stream(DayOfWeek.values())
        .filter(
            day ->
                day.name()
                    .substring(0, ABBREVIATED)
                    .toLowerCase(Locale.ROOT)
                    .equals(word.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("days are mon to sun, not '" + word + "'"));
  }

  /** Whether it is open at this time of this place. */
  public boolean open(ZonedDateTime now) {
    LocalTime time = now.toLocalTime();
    if (from.isBefore(to)) {
      return days.contains(now.getDayOfWeek()) && !time.isBefore(from) && time.isBefore(to);
    }
    return (days.contains(now.getDayOfWeek()) && !time.isBefore(from))
        || (days.contains(now.getDayOfWeek().minus(1)) && time.isBefore(to));
  }

  @Override
  public String toString() {
    return from + " to " + to;
  }
}
