// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.goal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Power;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.Contact;
import energy.muster.service.journal.Journal;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.view.Coverage;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Answers who was shed how long lately, and what must stay on, of the devices that the asker's
 * certificate covers. Safe for use by many threads.
 */
public final class Fairness {
  private static final int MAX_DAYS = 400;

  private final Map<Area, Power> floors;
  private final Journal journal;
  private final Ledger ledger;
  private final InstantSource clock;

  public Fairness(Map<Area, Power> floors, Journal journal, Ledger ledger, InstantSource clock) {
    this.floors = floors;
    this.journal = journal;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** How the journal has it: the answer costs one query. */
  public CompletionStage<Payload> fairness(Certified person, Payload request) {
    long days = Fields.readAll(request.requireJson(), Fairness::days);
    Instant now = clock.instant();
    Instant from = now.minus(Duration.ofDays(days));
    return journal
        .sheddings(from)
        .thenApply(
            happened ->
                Payload.of(Wire.FAIRNESS, answer(person, ShedTimes.of(happened, from, now))));
  }

  private static long days(Fields fields) {
    long days = fields.integer("days");
    if (days < 1 || days > MAX_DAYS) {
      throw new IllegalArgumentException("days are 1 to " + MAX_DAYS);
    }
    return days;
  }

  private ObjectNode answer(Certified person, Map<BareJid, ShedTimes.Times> times) {
    ObjectNode json = Json.object();
    ArrayNode shed = json.putArray("shed");
    times.entrySet().stream()
        .filter(entry -> Coverage.covers(person, entry.getKey(), ledger))
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry ->
                shed.addObject()
                    .put("device", entry.getKey().toString())
                    .put("seconds", entry.getValue().altogether().toSeconds())
                    .put("times", entry.getValue().times()));
    List<Contact> seen =
        ledger.contacts().stream()
            .filter(contact -> Coverage.covers(person, contact.device(), ledger))
            .toList();
    ArrayNode kept = json.putArray("floors");
    floors.entrySet().stream()
        .filter(
            floor ->
                seen.stream()
                    .anyMatch(contact -> floor.getKey().covers(contact.device(), contact.areas())))
        .sorted(Map.Entry.comparingByKey((a, b) -> a.name().compareTo(b.name())))
        .forEach(
            floor ->
                kept.addObject()
                    .put("area", floor.getKey().name())
                    .put("kw", floor.getValue().kilowatts()));
    return json;
  }
}
