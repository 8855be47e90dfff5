// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;

/**
 * Time cut into stretches that lie in one cell of a calendar and on one local day, worked out once,
 * so that whoever goes through thousands of intervals asks no calendar about each. What the clock
 * on the wall shows decides: hours that it skips are in no stretch, hours that it shows twice are
 * in two.
 */
public final class Stretches {
  static final int SECONDS_OF_DAY = 24 * 60 * 60;

  private long[] from = new long[64];
  private int[] cell = new int[64];
  private long[] day = new long[64];
  private int size;
  private final long last;

  private Stretches(long last) {
    this.last = last;
  }

  public static Stretches of(TariffCalendar calendar, ZoneId zone, Instant from, Instant until) {
    Stretches all = new Stretches(until.getEpochSecond());
    ZoneRules rules = zone.getRules();
    long at = from.getEpochSecond();
    while (at < all.last) {
      Instant here = Instant.ofEpochSecond(at);
      ZoneOffsetTransition change = rules.nextTransition(here);
      long next = change == null ? all.last : Math.min(all.last, change.toEpochSecond());
      all.addOneOffset(calendar, at, next, rules.getOffset(here).getTotalSeconds());
      at = next;
    }
    return all;
  }

  private void addOneOffset(TariffCalendar calendar, long first, long until, int offset) {
    long at = first + offset;
    while (at < until + offset) {
      long epochDay = Math.floorDiv(at, SECONDS_OF_DAY);
      long midnight = epochDay * SECONDS_OF_DAY;
      for (TariffCalendar.Piece piece : calendar.planOf(LocalDate.ofEpochDay(epochDay))) {
        long end = Math.min(midnight + piece.untilMinute() * 60L, until + offset);
        if (end > at) {
          add(at - offset, piece.cell(), epochDay);
          at = end;
        }
      }
    }
  }

  private void add(long begin, int inCell, long onDay) {
    if (size > 0 && cell[size - 1] == inCell && day[size - 1] == onDay) {
      return;
    }
    if (size == from.length) {
      from = Arrays.copyOf(from, size * 2);
      cell = Arrays.copyOf(cell, size * 2);
      day = Arrays.copyOf(day, size * 2);
    }
    from[size] = begin;
    cell[size] = inCell;
    day[size++] = onDay;
  }

  public int size() {
    return size;
  }

  /** When a stretch begins, in seconds of the epoch. */
  public long from(int stretch) {
    return from[stretch];
  }

  /** When it ends: where the next begins. */
  public long until(int stretch) {
    return stretch + 1 < size ? from[stretch + 1] : last;
  }

  /** Its cell, as an index into the calendar's. */
  public int cell(int stretch) {
    return cell[stretch];
  }

  /** Its local day, counted from 1970-01-01. */
  public long day(int stretch) {
    return day[stretch];
  }
}
