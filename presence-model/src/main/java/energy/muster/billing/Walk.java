// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import energy.muster.metering.Readings;
import energy.muster.tariff.Stretches;

/**
 * Goes through intervals and stretches side by side. An interval that lies in several stretches is
 * shared out by time, to whole watt-hours, none of which is lost.
 */
final class Walk {
  /** Takes each piece of an interval, in the order of time. */
  interface Taker {
    /**
     * @param from in seconds of the epoch
     * @param interval which of the readings it is a piece of
     */
    void take(long from, long until, int stretch, int interval, long importWh, long exportWh);
  }

  private Walk() {}

  static void through(Readings readings, Stretches stretches, Taker taker) {
    long step = readings.step().toSeconds();
    long first = readings.start().getEpochSecond();
    long last = readings.end().getEpochSecond();
    for (int stretch = 0; stretch < stretches.size(); stretch++) {
      long at = Math.max(stretches.from(stretch), first);
      long end = Math.min(stretches.until(stretch), last);
      while (at < end) {
        int interval = (int) ((at - first) / step);
        long begin = first + interval * step;
        long until = Math.min(begin + step, end);
        taker.take(
            at,
            until,
            stretch,
            interval,
            share(readings.importWh(interval), at - begin, until - begin, step),
            share(readings.exportWh(interval), at - begin, until - begin, step));
        at = until;
      }
    }
  }

  /** What of an amount that comes evenly over a time falls between two moments of it. */
  static long share(long wh, long from, long until, long whole) {
    return from == 0 && until == whole ? wh : upTo(wh, until, whole) - upTo(wh, from, whole);
  }

  private static long upTo(long wh, long time, long whole) {
    return (2 * wh * time + whole) / (2 * whole);
  }
}
