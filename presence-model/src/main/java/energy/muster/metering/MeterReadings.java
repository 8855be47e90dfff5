// SPDX-License-Identifier: Apache-2.0
package energy.muster.metering;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Intervals that follow each other without a hole, by the signed word of the meter.
 *
 * @param sequence counts a meter's documents from 1, so that one that lacks is seen
 * @param step how long every interval is
 * @param intervals 1 to 2,000
 * @param corrects why these take the place of what was said before; empty when they are new
 */
public record MeterReadings(
    Header header,
    long sequence,
    Duration step,
    List<IntervalEnergy> intervals,
    Optional<String> corrects) {
  /** So that a document of them stays below 64 KiB when it is sealed, whatever they say. */
  private static final int MOST = IntervalRun.MOST;

  private static final int MOST_CHARACTERS = 44 * 1024;
  private static final int CHARACTERS_OF_FLAGS = 120;
  private static final int MAX_REASON = 200;

  public MeterReadings {
    require(header.type() == DocumentType.METER_READINGS, "the header is not of meter-readings");
    require(sequence >= 1, "the sequence counts from 1");
    intervals = new IntervalRun(step, intervals).intervals();
    corrects.ifPresent(
        reason ->
            require(
                !reason.isBlank() && reason.length() <= MAX_REASON,
                "a correction has a reason of at most " + MAX_REASON + " characters"));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /**
   * Cuts intervals, in their order, into lists that a document each has room for; a hole ends a
   * list.
   */
  public static List<List<IntervalEnergy>> pack(Duration step, List<IntervalEnergy> intervals) {
    List<List<IntervalEnergy>> packs = new ArrayList<>();
    List<IntervalEnergy> pack = new ArrayList<>();
    int characters = 0;
    for (IntervalEnergy interval : intervals) {
      IntervalEnergy last = pack.isEmpty() ? null : pack.get(pack.size() - 1);
      int more = charactersOf(interval, last);
      boolean follows = last == null || interval.start().equals(last.start().plus(step));
      if (!follows || pack.size() == MOST || characters + more > MOST_CHARACTERS) {
        packs.add(List.copyOf(pack));
        pack.clear();
        characters = 0;
      }
      pack.add(interval);
      characters += more;
    }
    if (!pack.isEmpty()) {
      packs.add(List.copyOf(pack));
    }
    return packs;
  }

  private static int charactersOf(IntervalEnergy interval, IntervalEnergy last) {
    Set<Quality> before = last == null ? Set.of() : last.quality();
    boolean flagged = !interval.quality().equals(before) && !interval.quality().isEmpty();
    return Long.toString(interval.importWh()).length()
        + Long.toString(interval.exportWh()).length()
        + 2
        + (flagged ? CHARACTERS_OF_FLAGS : 0);
  }

  public static MeterReadings read(byte[] signed) {
    return Fields.readAll(Json.parse(signed), MeterReadings::read);
  }

  private static MeterReadings read(Fields fields) {
    Header header = Header.read(fields, DocumentType.METER_READINGS);
    long sequence = fields.integer("sequence");
    IntervalRun run = IntervalRun.read(fields);
    return new MeterReadings(
        header, sequence, run.step(), run.intervals(), fields.optionalText("corrects"));
  }

  /** When the first interval starts. */
  public Instant start() {
    return intervals.get(0).start();
  }

  /** When the last interval ends. */
  public Instant end() {
    return intervals.get(intervals.size() - 1).start().plus(step);
  }

  /** The bytes to sign. */
  public byte[] write() {
    ObjectNode object = header.write().put("sequence", sequence);
    new IntervalRun(step, intervals).write(object);
    corrects.ifPresent(reason -> object.put("corrects", reason));
    return Json.bytes(object);
  }
}
