// SPDX-License-Identifier: Apache-2.0
package energy.muster.metering;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Intervals that follow each other without a hole, as documents write them.
 *
 * @param step how long every interval is
 * @param intervals 1 to 2,000
 */
public record IntervalRun(Duration step, List<IntervalEnergy> intervals) {
  /** So that a document of them stays below 64 KiB when it is sealed, whatever they say. */
  static final int MOST = 2_000;

  public IntervalRun {
    Readings.requireStep(step);
    intervals = List.copyOf(intervals);
    require(
        !intervals.isEmpty() && intervals.size() <= MOST,
        "readings are of 1 to " + MOST + " intervals");
    for (int i = 1; i < intervals.size(); i++) {
      Instant due = intervals.get(i - 1).start().plus(step);
      require(intervals.get(i).start().equals(due), "intervals: nothing at " + due);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  public static IntervalRun read(Fields fields) {
    Instant start = fields.instant("start");
    Duration step = Duration.ofMinutes(fields.integer("minutes"));
    List<Long> imported = fields.integers("importWh");
    List<Long> exported = fields.has("exportWh") ? fields.integers("exportWh") : List.of();
    require(
        exported.isEmpty() || exported.size() == imported.size(),
        "exportWh: %d values, importWh has %d".formatted(exported.size(), imported.size()));
    List<Set<Quality>> quality = FlagRuns.read(fields, imported.size());
    List<IntervalEnergy> intervals = new ArrayList<>();
    for (int i = 0; i < imported.size(); i++) {
      intervals.add(
          new IntervalEnergy(
              start.plus(step.multipliedBy(i)),
              imported.get(i),
              exported.isEmpty() ? 0 : exported.get(i),
              quality.get(i)));
    }
    return new IntervalRun(step, intervals);
  }

  public void write(ObjectNode object) {
    object.put("start", intervals.get(0).start().toString()).put("minutes", step.toMinutes());
    ArrayNode in = object.putArray("importWh");
    intervals.forEach(interval -> in.add(interval.importWh()));
    if (intervals.stream().anyMatch(interval -> interval.exportWh() > 0)) {
      ArrayNode out = object.putArray("exportWh");
      intervals.forEach(interval -> out.add(interval.exportWh()));
    }
    FlagRuns.write(object, intervals.stream().map(IntervalEnergy::quality).toList());
  }
}
