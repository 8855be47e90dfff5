// SPDX-License-Identifier: Apache-2.0
package energy.muster.duty;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The hours of the week in which somebody is wanted.
 *
 * @param days on which the hours begin
 * @param from when they begin, by the clock on the wall
 * @param until when they end; at or before {@code from} it is on the next day
 */
public record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime until) {
  /** Hours may have begun the day before, and a zone may skip a day. */
  private static final int BACK = 2;

  /** The same day of the next week, and one that is skipped. */
  private static final int AHEAD = 9;

  public Hours {
    if (days.isEmpty()) {
      throw new IllegalArgumentException("hours are on one day of the week at least");
    }
    days = Collections.unmodifiableSet(EnumSet.copyOf(days));
    if (!wholeMinute(from) || !wholeMinute(until)) {
      throw new IllegalArgumentException("hours begin and end at a whole minute");
    }
  }

  static boolean wholeMinute(LocalTime time) {
    return time.equals(time.truncatedTo(ChronoUnit.MINUTES));
  }

  /** Every day, all day; a day begins at this time. */
  static Hours always(LocalTime from) {
    return new Hours(EnumSet.allOf(DayOfWeek.class), from, from);
  }

  boolean include(Instant at, ZoneId zone) {
    LocalDate today = at.atZone(zone).toLocalDate();
    return days(today.minusDays(BACK), today.plusDays(1))
        .anyMatch(day -> !at.isBefore(begin(day, zone)) && at.isBefore(end(day, zone)));
  }

  /** The next moment at which they may begin or end. */
  Optional<Instant> edgeAfter(Instant at, ZoneId zone) {
    LocalDate today = at.atZone(zone).toLocalDate();
    return days(today.minusDays(BACK), today.plusDays(AHEAD))
        .flatMap(day -> Stream.of(begin(day, zone), end(day, zone)))
        .filter(edge -> edge.isAfter(at))
        .min(Instant::compareTo);
  }

  private Stream<LocalDate> days(LocalDate first, LocalDate last) {
    return first.datesUntil(last.plusDays(1)).filter(day -> days.contains(day.getDayOfWeek()));
  }

  private Instant begin(LocalDate day, ZoneId zone) {
    return WallClock.shows(day.atTime(from), zone);
  }

  private Instant end(LocalDate day, ZoneId zone) {
    LocalDate last = until.isAfter(from) ? day : day.plusDays(1);
    return WallClock.shows(last.atTime(until), zone);
  }
}
