// SPDX-License-Identifier: Apache-2.0
package energy.muster.metering;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a meter over some time: first what it said, then what was corrected, so that
 * whoever reads it sees both.
 *
 * @param readings empty where none are known of that time
 * @param known until when the meter has told of itself, if it ever has
 */
public record ReadingsPage(BareJid meter, Optional<Readings> readings, Optional<Instant> known) {
  public ReadingsPage {
    Objects.requireNonNull(meter);
    Objects.requireNonNull(readings);
    Objects.requireNonNull(known);
  }

  public static ReadingsPage read(ObjectNode json) {
    return Fields.of(json)
        .some(
            fields ->
                new ReadingsPage(
                    fields.value("meter", BareJid::parse),
                    readings(fields),
                    fields.optionalInstant("known")));
  }

  private static Optional<Readings> readings(Fields fields) {
    List<IntervalRun> said =
        fields.objects("said").stream().map(each -> each.all(IntervalRun::read)).toList();
    if (said.isEmpty()) {
      return Optional.empty();
    }
    List<IntervalEnergy> intervals =
        said.stream().flatMap(run -> run.intervals().stream()).toList();
    Readings readings = Readings.of(said.get(0).step(), intervals);
    for (Fields each : fields.objects("corrections")) {
      readings = corrected(readings, each);
    }
    return Optional.of(readings);
  }

  private static Readings corrected(Readings readings, Fields correction) {
    return correction.all(
        fields ->
            readings.corrected(
                IntervalRun.read(fields).intervals().get(0),
                fields.text("reason"),
                fields.instant("at")));
  }

  public ObjectNode write() {
    ObjectNode object = Json.object().put("meter", meter.toString());
    known.ifPresent(until -> object.put("known", until.toString()));
    ArrayNode said = object.putArray("said");
    ArrayNode corrections = object.putArray("corrections");
    readings.ifPresent(
        all -> {
          runs(all).forEach(run -> run.write(said.addObject()));
          all.corrections().forEach(each -> write(each, all.step(), corrections.addObject()));
        });
    return object;
  }

  private static void write(Correction correction, Duration step, ObjectNode into) {
    new IntervalRun(step, List.of(correction.by())).write(into);
    into.put("reason", correction.reason()).put("at", correction.at().toString());
  }

  /** As the meter said it. */
  private static List<IntervalRun> runs(Readings readings) {
    Map<Instant, IntervalEnergy> originals = new HashMap<>();
    readings
        .corrections()
        .forEach(each -> originals.putIfAbsent(each.original().start(), each.original()));
    List<IntervalRun> runs = new ArrayList<>();
    for (int first = 0; first < readings.size(); first += IntervalRun.MOST) {
      List<IntervalEnergy> intervals = new ArrayList<>();
      for (int i = first; i < Math.min(readings.size(), first + IntervalRun.MOST); i++) {
        IntervalEnergy now = readings.at(i);
        intervals.add(originals.getOrDefault(now.start(), now));
      }
      runs.add(new IntervalRun(readings.step(), intervals));
    }
    return runs;
  }
}
