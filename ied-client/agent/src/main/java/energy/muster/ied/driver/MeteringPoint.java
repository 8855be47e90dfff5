// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import energy.muster.metering.IntervalEnergy;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How a thing's energy is counted.
 *
 * @param step how long an interval is, 1 to 60 whole minutes that an hour is a multiple of
 * @param report how often readings are told, a multiple of the step
 * @param memory what the thing itself has counted; without one its energy is counted by its power
 */
public record MeteringPoint(Duration step, Duration report, Optional<Memory> memory) {
  public static final Duration USUAL_STEP = Duration.ofMinutes(15);
  public static final Duration USUAL_REPORT = Duration.ofHours(1);

  /** The register of a thing that goes on counting by itself, and the past that it remembers. */
  public interface Memory {
    /** Since when it has counted. */
    Instant since();

    /** Until when it has counted; empty where it goes on. What comes after is counted by power. */
    default Optional<Instant> until() {
      return Optional.empty();
    }

    /** What it keeps of an interval and may say otherwise later; empty where it keeps none. */
    default Optional<IntervalEnergy> again(Instant start, Duration step) {
      return Optional.empty();
    }

    /** What went through in an interval that is over; empty where it was not counting all along. */
    Optional<IntervalEnergy> interval(Instant start, Duration step);
  }

  public MeteringPoint {
    Objects.requireNonNull(memory);
    if (step.toMinutes() < 1
        || !step.equals(Duration.ofMinutes(step.toMinutes()))
        || Duration.ofHours(1).toMinutes() % step.toMinutes() != 0) {
      throw new IllegalArgumentException("minutes is a whole part of an hour, such as 15");
    }
    if (report.compareTo(step) < 0
        || report.toMinutes() % step.toMinutes() != 0
        || report.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "reportMinutes is a multiple of minutes, at most a day's 1440");
    }
  }

  /** Its memory, where that reaches to this moment. */
  public Optional<Memory> memoryAt(Instant start) {
    return memory.filter(known -> known.until().map(start::isBefore).orElse(true));
  }

  /** In the usual steps. */
  public static MeteringPoint of(Memory memory) {
    return new MeteringPoint(USUAL_STEP, USUAL_REPORT, Optional.of(memory));
  }

  /** The beginning of the interval that this moment lies in. */
  public Instant startOf(Instant at) {
    long seconds = step.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), seconds) * seconds);
  }
}
