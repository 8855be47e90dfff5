// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.metering;

import energy.muster.ied.driver.MeteringPoint;
import energy.muster.metering.HeardReadings;
import energy.muster.metering.IntervalEnergy;
import energy.muster.metering.Quality;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Counts a thing's energy in intervals that begin with the clock. Where the thing has a memory that
 * is asked; otherwise its power is added up for as long as it was watched, and what nobody watched
 * counts as nothing and says so. Knows neither clock nor disk.
 */
public final class IntervalCount {
  /** Longer without a look than this, and nobody knows what the power was. */
  private static final Duration LONGEST_LOOK = Duration.ofMinutes(3);

  /** No more is gone through after a long absence than the service will have. */
  private static final Duration LONGEST_ABSENCE = HeardReadings.OLDEST_TOLD;

  private static final BigDecimal OF_WATT_HOUR = BigDecimal.valueOf(3_600);

  private final MeteringPoint point;
  private Optional<Progress> progress;
  private BigDecimal power = BigDecimal.ZERO;
  private boolean watching;

  /**
   * @param progress how far an earlier run was; what was since then it has not watched
   */
  public IntervalCount(MeteringPoint point, Optional<Progress> progress) {
    this.point = point;
    this.progress = progress;
  }

  /** How far it is; empty before the first look. */
  public Optional<Progress> progress() {
    return progress;
  }

  /** When the interval that is being counted is over. */
  public Optional<Instant> due() {
    return progress.map(now -> now.start().plus(point.step()));
  }

  /**
   * Looks at the thing.
   *
   * @param sure whether it is sure what time it is
   * @param kilowatts drawn now, negative when it feeds in
   * @return the intervals that are over, oldest first
   */
  public List<IntervalEnergy> look(Instant now, boolean sure, BigDecimal kilowatts) {
    if (progress.isEmpty()) {
      progress = Optional.of(begin(now));
    }
    List<IntervalEnergy> over = new ArrayList<>();
    Progress at = progress.get();
    Instant oldest = now.minus(LONGEST_ABSENCE);
    if (at.start().isBefore(oldest)) {
      at = Progress.at(point.startOf(oldest), point.startOf(oldest));
    }
    if (!watching && at.counted()) {
      // An earlier run began it: whatever was in between, nobody saw it.
      at = at.with(Quality.POWER_LOST);
    }
    boolean seen = watching && Duration.between(at.seen(), now).compareTo(LONGEST_LOOK) <= 0;
    Instant end = at.start().plus(point.step());
    while (!end.isAfter(now)) {
      at = counted(at, end, seen, sure);
      over.add(closed(at));
      at = next(at, end);
      end = end.plus(point.step());
    }
    progress = Optional.of(counted(at, now, seen, sure));
    power = kilowatts;
    watching = true;
    return over;
  }

  /** A memory is told from its beginning on; what has none, from the next interval on. */
  private Progress begin(Instant now) {
    Instant from = point.memory().map(MeteringPoint.Memory::since).orElse(now);
    Instant start = point.startOf(from);
    Instant whole = start.equals(from) ? start : start.plus(point.step());
    return Progress.at(whole, point.memory().isPresent() ? whole : now);
  }

  /** With what went through until then; nothing, and a mark, where it was not watched. */
  private Progress counted(Progress at, Instant until, boolean seen, boolean sure) {
    Instant from = at.seen().isBefore(at.start()) ? at.start() : at.seen();
    if (!until.isAfter(from)) {
      return sure || until.isBefore(at.start()) ? at : at.with(Quality.CLOCK_UNSURE);
    }
    BigDecimal energy =
        seen
            ? power.multiply(BigDecimal.valueOf(Duration.between(from, until).toMillis()))
            : BigDecimal.ZERO;
    Progress then =
        new Progress(
            at.start(),
            until,
            at.imported().add(energy.max(BigDecimal.ZERO)),
            at.exported().add(energy.negate().max(BigDecimal.ZERO)),
            at.counted() || seen,
            at.flags());
    Progress marked = seen ? then : then.with(Quality.POWER_LOST);
    return sure ? marked : marked.with(Quality.CLOCK_UNSURE);
  }

  private IntervalEnergy closed(Progress over) {
    Set<Quality> flags = EnumSet.noneOf(Quality.class);
    flags.addAll(over.flags());
    if (point.memoryAt(over.start()).isPresent()) {
      // The thing went on counting, whether or not it was watched.
      flags.remove(Quality.POWER_LOST);
      return remembered(over.start(), flags);
    }
    if (!over.counted()) {
      return IntervalEnergy.missing(over.start());
    }
    return new IntervalEnergy(
        over.start(), wattHours(over.imported()), wattHours(over.exported()), flags);
  }

  private IntervalEnergy remembered(Instant start, Set<Quality> flags) {
    Optional<IntervalEnergy> own =
        point.memory().flatMap(memory -> memory.interval(start, point.step()));
    if (own.isEmpty()) {
      return IntervalEnergy.missing(start);
    }
    flags.addAll(own.get().quality());
    return new IntervalEnergy(start, own.get().importWh(), own.get().exportWh(), flags);
  }

  private static long wattHours(BigDecimal energy) {
    return energy.divideToIntegralValue(OF_WATT_HOUR).longValueExact();
  }

  /** What is no whole watt-hour goes to the next interval, so that the sum of all is right. */
  private static Progress next(Progress over, Instant start) {
    return new Progress(
        start,
        start,
        over.imported().remainder(OF_WATT_HOUR),
        over.exported().remainder(OF_WATT_HOUR),
        false,
        Set.of());
  }
}
