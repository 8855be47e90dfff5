// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.AlarmReport;
import energy.muster.alarm.AlarmReport.Standing;
import energy.muster.alarm.AlarmState;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.journal.AlarmArchive.Past;
import energy.muster.service.journal.AlarmHistory;
import energy.muster.service.journal.AlarmRecord;
import energy.muster.service.journal.Journal;
import energy.muster.service.session.Session;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers who asks what there is of alarms, as far as their certificate covers it. */
final class AlarmPages {
  private static final int MOST = 1_000;
  private static final int MOST_PAST = 200_000;
  private static final Duration DAY = Duration.ofDays(1);

  private final AlarmBook book;
  private final AlarmSight sight;
  private final Floods floods;
  private final Journal journal;
  private final InstantSource clock;

  AlarmPages(
      AlarmBook book, AlarmSight sight, Floods floods, Journal journal, InstantSource clock) {
    this.book = book;
    this.sight = sight;
    this.floods = floods;
    this.journal = journal;
    this.clock = clock;
  }

  /** Which alarms are listed. */
  private enum Filter {
    OPEN,
    MINE,
    UNACKNOWLEDGED,
    SHELVED,
    ALL;

    static Optional<Filter> ofWire(String wire) {
      return Arrays.stream(values())
          .filter(filter -> filter.name().toLowerCase(Locale.ROOT).equals(wire))
          .findFirst();
    }

    boolean takes(OpenAlarm alarm, BareJid asker) {
      return switch (this) {
        case OPEN, ALL -> true;
        case MINE ->
            alarm.care().ownedBy(asker)
                || alarm.care().isOfferedTo(asker)
                || alarm.care().isLeftTo(asker);
        case UNACKNOWLEDGED -> alarm.life().looks();
        case SHELVED -> alarm.life().state().aside();
      };
    }
  }

  private record Asked(Filter filter, int limit) {
    static Asked read(Fields fields) {
      Asked asked =
          new Asked(
              fields.oneOf("filter", Filter::ofWire), Math.toIntExact(fields.integer("limit")));
      if (asked.limit() < 1 || asked.limit() > MOST) {
        throw new IllegalArgumentException("limit is 1 to " + MOST);
      }
      return asked;
    }
  }

  /** At the desk. */
  CompletionStage<Payload> list(Session session, Payload payload) {
    Asked asked = Fields.readAll(payload.requireJson(), Asked::read);
    Certified asker = session.certified().orElseThrow();
    if (asked.filter() == Filter.ALL) {
      return journal.alarms(MOST).thenApply(all -> page(all, asker, asked.limit()));
    }
    List<OpenAlarm> found =
        book.all().stream()
            .filter(alarm -> asked.filter().takes(alarm, asker.jid()))
            .filter(alarm -> sight.sees(asker, alarm))
            .sorted(order(floods.leaders(asker.jid())))
            .toList();
    return CompletableFuture.completedFuture(
        page(
            found.stream()
                .limit(asked.limit())
                .map(alarm -> floods.entry(alarm, asker.jid()))
                .toList(),
            found.size() - asked.limit()));
  }

  /** What a flood began with comes first, then what is urgent, then what has stood for long. */
  private static Comparator<OpenAlarm> order(Set<Long> leaders) {
    return Comparator.<OpenAlarm, Boolean>comparing(alarm -> !leaders.contains(alarm.number()))
        .thenComparing(OpenAlarm::priority)
        .thenComparing(OpenAlarm::since)
        .thenComparingLong(OpenAlarm::number);
  }

  private Payload page(List<AlarmRecord> all, Certified asker, int limit) {
    List<AlarmEntry> seen =
        all.stream()
            .map(AlarmRecord::entry)
            .filter(entry -> sight.sees(asker, entry.device(), entry.branch()))
            .toList();
    return page(seen.stream().limit(limit).toList(), seen.size() - limit);
  }

  private static Payload page(List<AlarmEntry> entries, int left) {
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("alarms");
    entries.forEach(entry -> list.add(entry.write()));
    return Payload.of(Wire.ALARMS, answer.put("left", Math.max(0, left)));
  }

  /** At the desk. */
  CompletionStage<Payload> history(Session session, Payload payload) {
    long number = Fields.readAll(payload.requireJson(), fields -> fields.integer("number"));
    Certified asker = session.certified().orElseThrow();
    return journal
        .alarm(number)
        .thenApply(
            found ->
                found
                    .filter(known -> sees(asker, known.alarm()))
                    .map(AlarmPages::history)
                    .orElseThrow(() -> new Refused(Reason.UNKNOWN, "you have no alarm " + number)));
  }

  private boolean sees(Certified asker, AlarmRecord alarm) {
    return sight.sees(asker, alarm.entry().device(), alarm.entry().branch());
  }

  private static Payload history(AlarmHistory known) {
    ObjectNode answer = Json.object();
    answer.set("alarm", known.alarm().entry().write());
    ArrayNode transitions = answer.putArray("transitions");
    known.transitions().forEach(each -> transitions.add(each.write()));
    ArrayNode documents = answer.putArray("documents");
    known
        .documents()
        .forEach(
            each ->
                documents
                    .addObject()
                    .put("id", each.id().text())
                    .put("issuer", each.issuer().toString())
                    .put("at", each.at().toString())
                    .put("sealed", each.sealed().base64()));
    return Payload.of(Wire.ALARM_HISTORY, answer);
  }

  private record Span(Instant since, Instant until) {
    static Span read(Fields fields, Instant now) {
      Instant until = fields.optionalInstant("until").orElse(now);
      Span span = new Span(fields.optionalInstant("since").orElse(until.minus(DAY)), until);
      if (!span.since().isBefore(span.until())) {
        throw new IllegalArgumentException("a report begins before it ends");
      }
      return span;
    }
  }

  /** At the desk. */
  CompletionStage<Payload> report(Session session, Payload payload) {
    Instant now = clock.instant();
    Span span = Fields.readAll(payload.requireJson(), fields -> Span.read(fields, now));
    Certified asker = session.certified().orElseThrow();
    List<Standing> stale =
        book.all().stream()
            .filter(alarm -> alarm.life().active() && alarm.since().isBefore(now.minus(DAY)))
            .filter(alarm -> alarm.life().state() != AlarmState.OUT_OF_SERVICE)
            .filter(alarm -> sight.sees(asker, alarm))
            .sorted(Comparator.comparing(OpenAlarm::since))
            .map(alarm -> new Standing(alarm.number(), alarm.device(), alarm.rule(), alarm.since()))
            .toList();
    return journal
        .past(span.since(), span.until(), MOST_PAST)
        .thenApply(
            past -> {
              List<Past> seen =
                  past.stream()
                      .filter(each -> sight.sees(asker, each.device(), each.branch()))
                      .toList();
              AlarmReport report = Figures.of(span.since(), span.until(), seen, stale);
              ObjectNode answer = Json.object();
              answer.set("report", report.write());
              return Payload.of(Wire.ALARM_REPORT, answer);
            });
  }
}
