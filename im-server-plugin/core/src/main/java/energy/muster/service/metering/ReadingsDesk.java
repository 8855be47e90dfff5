// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.metering;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.exchange.ChangeSet.DataClass;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.metering.HeardReadings;
import energy.muster.metering.MeterReadings;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Reception;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.ReadingsArchive.Told;
import energy.muster.service.journal.ReadingsRecord;
import energy.muster.service.notice.Notices;
import energy.muster.service.session.CurrentTrust;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes the readings of meters, each document once; one is answered when it is on disk. */
final class ReadingsDesk {
  private final String site;
  private final Duration ahead;
  private final CurrentTrust trust;
  private final Turns turns;
  private final Notices notices;
  private final Journal journal;
  private final Reception reception;
  private final Desk desk;
  private final InstantSource clock;

  /** How far meters have told of themselves, as far as somebody needed to know. */
  private final Map<BareJid, Optional<Told>> known = new HashMap<>();

  ReadingsDesk(
      String site,
      Duration ahead,
      CurrentTrust trust,
      Turns turns,
      Notices notices,
      Journal journal,
      Reception reception,
      Desk desk,
      InstantSource clock) {
    this.site = site;
    this.ahead = ahead;
    this.trust = trust;
    this.turns = turns;
    this.notices = notices;
    this.journal = journal;
    this.reception = reception;
    this.desk = desk;
    this.clock = clock;
  }

  /** Any thread. */
  CompletionStage<Payload> take(BareJid sender, Payload payload) {
    Sealed sealed = payload.requireSealed();
    return reception
        .take(
            () -> HeardReadings.of(sealed, sender, site, trust.get(), clock.instant(), ahead),
            heard -> turns.of(sender, () -> taken(heard, sealed)))
        .thenApply(sequence -> Payload.of(Wire.READINGS, Json.object().put("sequence", sequence)));
  }

  private CompletionStage<Long> taken(HeardReadings heard, Sealed sealed) {
    return told(heard.meter().jid())
        .thenCompose(last -> desk.ask(() -> decide(last, heard, sealed)));
  }

  /** How far this meter has told of itself. At the desk, in the meter's turn. */
  CompletionStage<Optional<Told>> told(BareJid meter) {
    Optional<Told> here = known.get(meter);
    return here != null
        ? CompletableFuture.completedFuture(here)
        : journal
            .told(meter)
            .thenCompose(
                found ->
                    desk.ask(
                        () -> {
                          known.put(meter, found);
                          return CompletableFuture.completedFuture(found);
                        }));
  }

  private CompletionStage<Long> decide(Optional<Told> last, HeardReadings heard, Sealed sealed) {
    MeterReadings readings = heard.readings();
    long sequence = readings.sequence();
    if (last.isPresent() && sequence <= last.get().sequence()) {
      return journal
          .readings(heard.meter().jid(), sequence)
          .thenApply(taken -> again(taken, heard));
    }
    requireOnClock(readings);
    last.ifPresent(told -> requireFree(readings, told));
    if (readings.corrects().isPresent()) {
      requireKnown(readings, last);
    }
    return keep(last, heard, sealed);
  }

  private static long again(Optional<Digest> taken, HeardReadings heard) {
    long sequence = heard.readings().sequence();
    if (taken.filter(heard.digest()::equals).isEmpty()) {
      throw new Refused(
          Refusal.of(
              Reason.ID_CONFLICT, "readings %d were taken and said something else", sequence));
    }
    return sequence;
  }

  private static void requireOnClock(MeterReadings readings) {
    if (Math.floorMod(readings.start().getEpochSecond(), readings.step().toSeconds()) != 0) {
      throw new Refused(
          Refusal.of(
              Reason.INVALID_ARGUMENT,
              "intervals of %d min begin with the clock, not at %s",
              readings.step().toMinutes(),
              readings.start()));
    }
  }

  private static void requireFree(MeterReadings readings, Told told) {
    if (readings.corrects().isEmpty() && readings.start().isBefore(told.end())) {
      throw new Refused(
          Refusal.of(
              Reason.ID_CONFLICT, "what was until %s is there already: correct it", told.end()));
    }
  }

  private static void requireKnown(MeterReadings readings, Optional<Told> told) {
    if (told.filter(last -> !readings.end().isAfter(last.end())).isEmpty()) {
      throw new Refused(
          Refusal.of(
              Reason.UNKNOWN, "there is no interval at %s to be corrected", readings.start()));
    }
  }

  /** For whoever keeps a copy of what meters counted. */
  static Entry changed(BareJid meter, byte[] document, Instant now) {
    ObjectNode record = Json.object().put("device", meter.toString());
    record.set("document", Json.parse(document));
    return new Entry.Changed(DataClass.READINGS, List.of("billing"), now, record);
  }

  private CompletionStage<Long> keep(Optional<Told> last, HeardReadings heard, Sealed sealed) {
    MeterReadings readings = heard.readings();
    BareJid meter = heard.meter().jid();
    Instant now = clock.instant();
    ReadingsRecord record =
        new ReadingsRecord(
            meter,
            readings.sequence(),
            readings.start(),
            readings.end(),
            now,
            heard.digest(),
            sealed);
    Told next =
        new Told(
            readings.sequence(),
            last.map(Told::end).filter(readings.end()::isBefore).orElse(readings.end()));
    return journal
        .append(List.of(new Entry.ReadingsTaken(record), changed(meter, readings.write(), now)))
        .thenCompose(
            kept ->
                desk.ask(
                    () -> {
                      known.put(meter, Optional.of(next));
                      tellOfGap(last, heard);
                      return CompletableFuture.completedFuture(readings.sequence());
                    }));
  }

  /** One that lacks will not come any more: a meter tells them in their order. */
  private void tellOfGap(Optional<Told> last, HeardReadings heard) {
    long due = last.map(told -> told.sequence() + 1).orElse(heard.readings().sequence());
    long sequence = heard.readings().sequence();
    if (sequence > due) {
      notices.tellOf(
          heard.meter(),
          "readings",
          "readings %d to %d of it lack; they were lost on one side".formatted(due, sequence - 1));
    }
  }
}
