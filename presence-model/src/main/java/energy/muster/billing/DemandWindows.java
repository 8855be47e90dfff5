// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import energy.muster.metering.Readings;
import energy.muster.tariff.Stretches;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.List;

/**
 * Averages power over windows that follow each other from the full hour of the clock on the wall
 * on, and keeps the largest of each rate; of equals the first. A window belongs to the cell it
 * begins in. One that is not complete counts what it has, over its whole length.
 */
final class DemandWindows implements Walk.Taker {
  private static final int NONE = -1;

  private final Readings readings;
  private final Stretches stretches;
  private final ZoneId zone;
  private final long length;
  private final int[] rateOfCell;

  private final long[] most;
  private final long[] mostFrom;
  private final int[] mostIntervals;

  private long windowFrom = Long.MIN_VALUE;
  private int windowRate = NONE;
  private long wh;
  private int intervals;
  private int lastInterval = NONE;

  private long offsetFrom;
  private long offsetUntil = Long.MIN_VALUE;
  private int offset;

  /**
   * @param rateOfCell which rate each cell counts for; -1 for none
   */
  DemandWindows(
      Readings readings,
      Stretches stretches,
      ZoneId zone,
      int minutes,
      int[] rateOfCell,
      int rates) {
    this.readings = readings;
    this.stretches = stretches;
    this.zone = zone;
    this.length = minutes * 60L;
    this.rateOfCell = rateOfCell;
    this.most = new long[rates];
    this.mostFrom = new long[rates];
    this.mostIntervals = new int[rates];
    Arrays.fill(most, NONE);
  }

  @Override
  public void take(long from, long until, int stretch, int interval, long importWh, long exportWh) {
    long start = readings.startOf(interval).getEpochSecond();
    long begin = from;
    while (begin < until) {
      long window = Math.floorDiv(begin + offsetAt(begin), length) * length - offset;
      long end = Math.min(until, window + length);
      if (window != windowFrom) {
        close();
        windowFrom = window;
        windowRate = rateOfCell[stretches.cell(startingAt(Math.max(window, offsetFrom), stretch))];
      }
      // Of the whole interval: shares of a share that was rounded would be off by a watt-hour.
      wh +=
          Walk.share(
              readings.importWh(interval), begin - start, end - start, readings.step().toSeconds());
      if (interval != lastInterval || intervals == 0) {
        intervals++;
        lastInterval = interval;
      }
      begin = end;
    }
  }

  /** Where a window begins of which the first readings may be missing: here or before. */
  private int startingAt(long begin, int here) {
    int stretch = here;
    while (stretch > 0 && stretches.from(stretch) > begin) {
      stretch--;
    }
    return stretch;
  }

  private int offsetAt(long second) {
    if (second >= offsetUntil) {
      Instant at = Instant.ofEpochSecond(second);
      ZoneRules rules = zone.getRules();
      offset = rules.getOffset(at).getTotalSeconds();
      var last = rules.previousTransition(at.plusNanos(1));
      offsetFrom = last == null ? Long.MIN_VALUE : last.toEpochSecond();
      var next = rules.nextTransition(at);
      offsetUntil = next == null ? Long.MAX_VALUE : next.toEpochSecond();
    }
    return offset;
  }

  private void close() {
    if (windowRate != NONE && wh > most[windowRate]) {
      most[windowRate] = wh;
      mostFrom[windowRate] = windowFrom;
      mostIntervals[windowRate] = intervals;
    }
    wh = 0;
    intervals = 0;
  }

  /** The largest windows, each of its rate; with no intervals where there was none. */
  List<Use> largest() {
    close();
    windowRate = NONE;
    return java.util.stream.IntStream.range(0, most.length)
        .mapToObj(
            rate ->
                new Use(
                    Instant.ofEpochSecond(mostFrom[rate]),
                    Instant.ofEpochSecond(mostFrom[rate] + length),
                    mostIntervals[rate],
                    Math.max(0, most[rate])))
        .toList();
  }
}
