// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The time by which signatures and deadlines are judged. It never goes below its floor, the latest
 * time it was sure of, which survives restarts. A system clock that is behind the floor makes it
 * unsure, until the system clock has caught up or a time authority has told the time. Safe for use
 * by many threads.
 */
public final class TrustedClock implements InstantSource {
  public static final Duration TOLERANCE = Duration.ofSeconds(5);

  private final InstantSource system;
  private final LongSupplier nanoTicks;
  private final Duration tolerance;
  private Instant floor;
  private Optional<Told> told = Optional.empty();

  /** What a time authority said, and the tick at which it said so. */
  private record Told(Instant time, long tick) {
    Instant at(long now) {
      return time.plusNanos(now - tick);
    }
  }

  /** A reading: the time and whether it is to be relied on. */
  public record Reading(Instant now, boolean sure) {}

  /**
   * @param nanoTicks steady, whatever is done to the system clock; {@link System#nanoTime}
   * @param floor the latest time that was relied on before this start
   * @param tolerance how far the system clock may be behind the floor, for clocks that are slewed
   */
  public TrustedClock(
      InstantSource system, LongSupplier nanoTicks, Instant floor, Duration tolerance) {
    this.system = system;
    this.nanoTicks = nanoTicks;
    this.floor = floor;
    this.tolerance = tolerance;
  }

  public synchronized Reading read() {
    Instant clock = system.instant();
    Optional<Instant> authority = told.map(last -> last.at(nanoTicks.getAsLong()));
    boolean sure = authority.isPresent() || !clock.isBefore(floor.minus(tolerance));
    Instant best = authority.filter(time -> time.isAfter(clock)).orElse(clock);
    Instant now = best.isAfter(floor) ? best : floor;
    if (sure) {
      floor = now;
    }
    return new Reading(now, sure);
  }

  @Override
  public Instant instant() {
    return read().now();
  }

  public synchronized Instant floor() {
    return floor;
  }

  /**
   * Takes a time authority's word. It cannot turn time back: a time below the floor by more than
   * the tolerance is not taken.
   *
   * @return whether it was taken
   */
  public synchronized boolean set(Instant time) {
    if (time.isBefore(floor.minus(tolerance))) {
      return false;
    }
    told = Optional.of(new Told(time, nanoTicks.getAsLong()));
    if (time.isAfter(floor)) {
      floor = time;
    }
    return true;
  }
}
