// SPDX-License-Identifier: Apache-2.0
package energy.muster.metric;

import energy.muster.metering.Quality;
import energy.muster.metering.Readings;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import java.time.Duration;
import java.time.Instant;

/**
 * What a load would have drawn had nobody shed it: as much in each interval as on average in the
 * four whole ones before. What it drew less in all intervals that the shed touches is delivered;
 * where it drew more, that counts against it.
 *
 * <p>Its limits: whoever draws more just before is promised to deliver more, a load that changes by
 * itself within the hour is judged by what it was, and what is drawn more after the restoration
 * does not count.
 */
public final class ShedBaseline {
  /** So many intervals before the shed say what was usual. */
  public static final int INTERVALS = 4;

  /** The longest that these may be, and the interval in which the shed begins. */
  public static final Duration LOOKED_AT = Duration.ofHours(INTERVALS + 1L);

  private ShedBaseline() {}

  /**
   * @param readings of the load, from the intervals before the shed on
   * @return in watt-hours; negative where it drew more
   * @throws Refused {@code precondition} where an interval that counts has no value, or is not told
   *     yet
   */
  public static long deliveredWh(Readings readings, Instant from, Instant until) {
    int first =
        readings
            .indexAt(from)
            .orElseThrow(() -> precondition("there are no readings of its beginning, %s", from));
    if (readings.end().isBefore(until)) {
      throw precondition("readings are known until %s, it ended %s", readings.end(), until);
    }
    if (first < INTERVALS) {
      throw precondition("the %d intervals before %s are not known", INTERVALS, from);
    }
    long before = 0;
    for (int i = first - INTERVALS; i < first; i++) {
      before += known(readings, i);
    }
    long drawn = 0;
    int touched = 0;
    for (int i = first; i < readings.size() && readings.startOf(i).isBefore(until); i++) {
      drawn += known(readings, i);
      touched++;
    }
    return Math.floorDiv(before * touched, INTERVALS) - drawn;
  }

  private static long known(Readings readings, int interval) {
    if (readings.is(interval, Quality.MISSING)) {
      throw precondition("the interval at %s has no value", readings.startOf(interval));
    }
    return readings.importWh(interval);
  }

  private static Refused precondition(String text, Object... of) {
    return new Refused(Refusal.of(Reason.PRECONDITION, text, of));
  }
}
