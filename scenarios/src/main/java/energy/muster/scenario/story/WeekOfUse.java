// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Json;
import energy.muster.metering.IntervalEnergy;
import energy.muster.metering.IntervalRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a meter has counted over a week, each quarter of an hour another amount. */
final class WeekOfUse {
  static final Duration STEP = Duration.ofMinutes(15);

  private static final int INTERVALS = 7 * 96;
  private static final int BASE = 180;
  private static final int PRIME = 97;

  private final List<IntervalEnergy> intervals = new ArrayList<>();

  /** The week before the last whole quarter of an hour. */
  WeekOfUse(Instant now) {
    long step = STEP.toSeconds();
    Instant end = Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), step) * step);
    Instant start = end.minus(STEP.multipliedBy(INTERVALS));
    for (int i = 0; i < INTERVALS; i++) {
      intervals.add(
          IntervalEnergy.valid(start.plus(STEP.multipliedBy(i)), BASE + (i * 31L) % PRIME, 0));
    }
  }

  List<IntervalEnergy> intervals() {
    return List.copyOf(intervals);
  }

  Instant start() {
    return intervals.get(0).start();
  }

  Instant end() {
    return intervals.get(intervals.size() - 1).start().plus(STEP);
  }

  long wattHours() {
    return intervals.stream().mapToLong(IntervalEnergy::importWh).sum();
  }

  /** What it comes to on each whole day, in watt-hours. */
  SortedMap<LocalDate, Long> wholeDays(ZoneId zone) {
    SortedMap<LocalDate, Long> days = new TreeMap<>();
    for (IntervalEnergy interval : intervals) {
      days.merge(interval.start().atZone(zone).toLocalDate(), interval.importWh(), Long::sum);
    }
    days.keySet()
        .removeIf(
            day ->
                day.atStartOfDay(zone).toInstant().isBefore(start())
                    || day.plusDays(1).atStartOfDay(zone).toInstant().isAfter(end()));
    return days;
  }

  /** The week in which one interval was another. */
  WeekOfUse but(Instant start, long wattHours) {
    WeekOfUse other = new WeekOfUse(end());
    other.intervals.replaceAll(
        each -> each.start().equals(start) ? IntervalEnergy.valid(start, wattHours, 0) : each);
    return other;
  }

  /** As the memory of a simulated meter. */
  Path write(Path file) throws IOException {
    ObjectNode memory = Json.object();
    ArrayNode runs = memory.putArray("runs");
    new IntervalRun(STEP, intervals).write(runs.addObject());
    return Files.write(file, Json.bytes(memory));
  }
}
