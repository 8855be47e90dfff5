// SPDX-License-Identifier: Apache-2.0
package energy.muster.duty;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.OptionalLong;

/**
 * How turns follow each other: the next begins when the clock on the wall shows its time, so that
 * the turn in which the clocks change is longer or shorter.
 *
 * @param first when the first begins, by that clock
 * @param length 1 hour to 366 days, in whole hours
 */
public record Turns(LocalDateTime first, Duration length) {
  static final int MOST_DAYS = 366;
  private static final int FIRST_YEAR = 2000;
  private static final int LAST_YEAR = 9999;
  private static final long DAY = Duration.ofDays(1).toHours();

  public Turns {
    if (first.getYear() < FIRST_YEAR || first.getYear() > LAST_YEAR) {
      throw new IllegalArgumentException(
          "turns begin in the years " + FIRST_YEAR + " to " + LAST_YEAR);
    }
    if (!Hours.wholeMinute(first.toLocalTime())) {
      throw new IllegalArgumentException("a hand-over is at a whole minute");
    }
    if (!length.equals(Duration.ofHours(length.toHours()))
        || length.toHours() < 1
        || length.toDays() > MOST_DAYS
        || (length.toDays() == MOST_DAYS && length.toHoursPart() > 0)) {
      throw new IllegalArgumentException(
          "a shift is of 1 to " + MOST_DAYS + " days, or of whole hours");
    }
  }

  boolean inDays() {
    return length.toHours() % DAY == 0;
  }

  Instant begin(long turn, ZoneId zone) {
    return WallClock.shows(first.plusHours(Math.multiplyExact(turn, length.toHours())), zone);
  }

  /** Whose turn it is, counted from 0; empty before the first. */
  OptionalLong at(Instant at, ZoneId zone) {
    if (at.isBefore(begin(0, zone))) {
      return OptionalLong.empty();
    }
    LocalDateTime local = at.atZone(zone).toLocalDateTime();
    long turn = Math.floorDiv(Duration.between(first, local).toHours(), length.toHours());
    // What the clock shows may be a turn or more off while it is being changed.
    while (begin(turn, zone).isAfter(at)) {
      turn--;
    }
    while (!begin(turn + 1, zone).isAfter(at)) {
      turn++;
    }
    return OptionalLong.of(turn);
  }

  Instant edgeAfter(Instant at, ZoneId zone) {
    OptionalLong turn = at(at, zone);
    return begin(turn.isEmpty() ? 0 : turn.getAsLong() + 1, zone);
  }
}
