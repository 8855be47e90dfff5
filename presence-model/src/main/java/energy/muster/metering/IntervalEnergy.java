// SPDX-License-Identifier: Apache-2.0
package energy.muster.metering;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What went through a meter in one interval, in whole watt-hours.
 *
 * @param start at a whole minute
 * @param importWh drawn, 0 to 10^12
 * @param exportWh fed in, likewise
 * @param quality what is to be known of it; nothing when it is valid
 */
public record IntervalEnergy(Instant start, long importWh, long exportWh, Set<Quality> quality) {
  private static final long MOST = 1_000_000_000_000L;
  private static final int SECONDS_OF_MINUTE = 60;

  public IntervalEnergy {
    require(
        start.getEpochSecond() % SECONDS_OF_MINUTE == 0 && start.getNano() == 0,
        "an interval starts at a whole minute, not at " + start);
    require(
        importWh >= 0 && importWh <= MOST && exportWh >= 0 && exportWh <= MOST,
        "the energy of " + start + " is 0 to 10^12 Wh");
    Set<Quality> flags = EnumSet.noneOf(Quality.class);
    flags.addAll(quality);
    quality = Collections.unmodifiableSet(flags);
    require(
        !quality.contains(Quality.MISSING) || (importWh == 0 && exportWh == 0),
        start + " is missing and has energy");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  public static IntervalEnergy valid(Instant start, long importWh, long exportWh) {
    return new IntervalEnergy(start, importWh, exportWh, Set.of());
  }

  public static IntervalEnergy missing(Instant start) {
    return new IntervalEnergy(start, 0, 0, Set.of(Quality.MISSING));
  }

  public boolean is(Quality what) {
    return quality.contains(what);
  }

  /** The same, flagged as having taken another's place. */
  public IntervalEnergy corrected() {
    Set<Quality> more = EnumSet.of(Quality.CORRECTED);
    more.addAll(quality);
    return new IntervalEnergy(start, importWh, exportWh, more);
  }
}
