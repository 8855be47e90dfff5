// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.reliability;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.journal.AttendanceRecord;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.view.Coverage;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Answers who asks how reliable the network was: of the devices that their certificate covers, and
 * of each area these belong to, the least reliable first. Safe for use by many threads.
 */
public final class ReliabilityBook {
  private static final Duration USUAL = Duration.ofDays(30);
  private static final int MOST_DEVICES = 500;
  private static final Comparator<Tally> LEAST_FIRST =
      Comparator.<Tally>comparingDouble(tally -> tally.availability().orElse(2))
          .thenComparing(Comparator.comparingInt(Tally::momentary).reversed());

  private final Journal journal;
  private final Ledger ledger;
  private final InstantSource clock;

  public ReliabilityBook(Journal journal, Ledger ledger, InstantSource clock) {
    this.journal = journal;
    this.ledger = ledger;
    this.clock = clock;
  }

  private record Asked(Optional<Instant> since, Optional<BareJid> device, Optional<Area> area) {
    static Asked read(Fields fields) {
      return new Asked(
          fields.optionalInstant("since"),
          fields.optionalValue("device", BareJid::parse),
          fields.optionalValue("area", Area::new));
    }

    boolean about(Certified device) {
      return this.device.filter(one -> !one.equals(device.jid())).isEmpty()
          && area.filter(one -> !device.memberships().contains(one)).isEmpty();
    }
  }

  public CompletionStage<Payload> reliability(Certified person, Payload request) {
    Asked asked = Fields.readAll(request.requireJson(), Asked::read);
    Instant now = clock.instant();
    Instant from = asked.since().orElse(now.minus(USUAL));
    if (!from.isBefore(now)) {
      throw new Refused(Reason.INVALID_ARGUMENT, "since is a time that is over");
    }
    return journal
        .attendance(from)
        .thenApply(
            record -> answer(person, asked, new Observed(upTo(now, record), from, now), record));
  }

  /** The run that is on was last marked a while ago. */
  private static List<Entry.Ran> upTo(Instant now, AttendanceRecord record) {
    List<Entry.Ran> runs = record.runs();
    if (runs.isEmpty()) {
      return runs;
    }
    List<Entry.Ran> known = new ArrayList<>(runs);
    known.add(new Entry.Ran(known.remove(known.size() - 1).started(), now));
    return known;
  }

  private Payload answer(
      Certified person, Asked asked, Observed observed, AttendanceRecord record) {
    Map<BareJid, List<Entry.Attended>> changes =
        record.changes().stream().collect(Collectors.groupingBy(Entry.Attended::device));
    Map<BareJid, Tally> devices = new TreeMap<>();
    Map<String, Tally> areas = new TreeMap<>();
    Tally all = Tally.NOTHING;
    for (Map.Entry<BareJid, List<Entry.Attended>> each : changes.entrySet()) {
      Optional<Certified> device =
          ledger
              .certificate(each.getKey())
              .filter(known -> Coverage.covers(person, known))
              .filter(asked::about);
      if (device.isPresent()) {
        Tally tally = Interruptions.tally(each.getValue(), observed);
        devices.put(each.getKey(), tally);
        all = all.plus(tally);
        device.get().memberships().stream()
            .map(Area::name)
            .filter(name -> !name.startsWith("device:"))
            .forEach(name -> areas.merge(name, tally, Tally::plus));
      }
    }
    if (devices.isEmpty()) {
      throw new Refused(Reason.UNKNOWN, "there is no such device that you may know of");
    }
    ObjectNode answer =
        Json.object()
            .put("from", observed.from().toString())
            .put("to", observed.to().toString())
            .put("observedSeconds", observed.whole().toSeconds());
    answer.set("all", all.write());
    list(answer.putArray("areas"), "area", areas, Integer.MAX_VALUE);
    list(answer.putArray("devices"), "device", devices, MOST_DEVICES);
    return Payload.of(Wire.RELIABILITY, answer);
  }

  private static <K> void list(ArrayNode into, String name, Map<K, Tally> tallies, int most) {
    tallies.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(LEAST_FIRST))
        .limit(most)
        .forEach(
            each -> {
              ObjectNode object = Json.object().put(name, each.getKey().toString());
              object.setAll(each.getValue().write());
              into.add(object);
            });
  }
}
