// SPDX-License-Identifier: Apache-2.0
package energy.muster.metering;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Puts what a meter said, and what people said of it since, together to its readings. Given the
 * same documents it gives the same, wherever that is done.
 */
public final class MeterBook {
  private MeterBook() {}

  /** Intervals that take the place of others, and since when. */
  public record Change(Instant at, String reason, List<IntervalEnergy> intervals) {
    public Change {
      intervals = List.copyOf(intervals);
    }
  }

  /**
   * @param said in whatever order
   * @param changes by people, in the order in which they were taken
   * @return empty where nothing was said
   * @throws Refused {@code precondition} where the meter went over to intervals of another length
   */
  public static Optional<Readings> of(List<MeterReadings> said, List<Change> changes) {
    List<MeterReadings> inTurn =
        said.stream().sorted(Comparator.comparingLong(MeterReadings::sequence)).toList();
    List<IntervalEnergy> intervals = new ArrayList<>();
    List<Change> corrected = new ArrayList<>();
    for (MeterReadings document : inTurn) {
      requireStep(inTurn.get(0), document);
      if (document.corrects().isPresent()) {
        corrected.add(
            new Change(
                document.header().issuedAt(), document.corrects().get(), document.intervals()));
      } else {
        intervals.addAll(document.intervals());
      }
    }
    if (intervals.isEmpty()) {
      return Optional.empty();
    }
    corrected.addAll(changes);
    Duration step = inTurn.get(0).step();
    Readings readings = Readings.of(step, intervals);
    for (Change change : corrected) {
      for (IntervalEnergy by : change.intervals()) {
        if (readings.indexAt(by.start()).isPresent()) {
          readings = readings.corrected(by, change.reason(), change.at());
        }
      }
    }
    return Optional.of(readings);
  }

  private static void requireStep(MeterReadings first, MeterReadings other) {
    if (!first.step().equals(other.step())) {
      throw new Refused(
          Refusal.of(
              Reason.PRECONDITION,
              "intervals of %d min until %s, of %d min then: ask for one side of it",
              first.step().toMinutes(),
              other.start(),
              other.step().toMinutes()));
    }
  }
}
