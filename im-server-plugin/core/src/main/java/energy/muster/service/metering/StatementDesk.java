// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.metering;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.billing.Bill;
import energy.muster.billing.Biller;
import energy.muster.billing.CostStatement;
import energy.muster.billing.StatementCheck;
import energy.muster.exchange.ChangeSet.DataClass;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.service.desk.Desk;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.ReadingsArchive.Statement;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.notice.Notices;
import energy.muster.service.session.OwnWords;
import energy.muster.service.view.Coverage;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Compares what a meter reckons by itself with what is known here, by the same code; a difference
 * is told to those who may see the meter, and stands until a statement agrees.
 */
final class StatementDesk {
  private final OwnWords words;
  private final ReadingsBook book;
  private final Supplier<Biller> biller;
  private final Turns turns;
  private final Ledger ledger;
  private final Notices notices;
  private final Journal journal;
  private final Desk desk;
  private final InstantSource clock;

  StatementDesk(
      OwnWords words,
      ReadingsBook book,
      Supplier<Biller> biller,
      Turns turns,
      Ledger ledger,
      Notices notices,
      Journal journal,
      Desk desk,
      InstantSource clock) {
    this.words = words;
    this.book = book;
    this.biller = biller;
    this.turns = turns;
    this.ledger = ledger;
    this.notices = notices;
    this.journal = journal;
    this.desk = desk;
    this.clock = clock;
  }

  /** Any thread. */
  CompletionStage<Payload> take(Certified meter, Payload payload) {
    if (!meter.holds(Role.DEVICE)) {
      throw new Refused(Reason.NOT_AUTHORISED, "only a device is a meter");
    }
    CostStatement statement =
        words.read(meter, payload, CostStatement::read, CostStatement::header);
    return desk.ask(
            () -> turns.of(meter.jid(), () -> compare(meter, statement, payload.requireSealed())))
        .thenApply(
            check -> Payload.of(Wire.STATEMENT, Json.object().put("agrees", check.agrees())));
  }

  private CompletionStage<StatementCheck> compare(
      Certified meter, CostStatement statement, Sealed sealed) {
    Biller published = biller.get();
    Instant from = statement.from().atStartOfDay(statement.zone()).toInstant();
    Instant until = statement.day().plusDays(1).atStartOfDay(statement.zone()).toInstant();
    return book.of(meter.jid(), from, until)
        .thenCompose(
            known ->
                keep(
                    meter,
                    sealed,
                    StatementCheck.of(statement, known, Optional.of(published)),
                    known.map(all -> BillingWindow.figures(statement, all))));
  }

  private CompletionStage<StatementCheck> keep(
      Certified meter, Sealed sealed, StatementCheck check, Optional<ObjectNode> figures) {
    Statement record =
        new Statement(meter.jid(), clock.instant(), check.agrees(), check.text(), sealed);
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry.StatementTaken(record));
    check.bill().ifPresent(bill -> entries.add(changed(meter, bill, check, record.taken())));
    figures.ifPresent(
        json ->
            entries.add(
                new Entry.Changed(DataClass.METRICS, List.of("billing"), record.taken(), json)));
    return journal
        .append(entries)
        .thenCompose(
            kept ->
                desk.ask(
                    () -> {
                      if (!check.agrees()) {
                        notices.tellOf(meter, "statement", "it reckons otherwise: " + check.text());
                      }
                      return CompletableFuture.completedFuture(check);
                    }));
  }

  /** For whoever keeps a copy of bills: what the month comes to so far, or came to. */
  private static Entry changed(Certified meter, Bill bill, StatementCheck check, Instant now) {
    boolean whole = bill.until().getDayOfMonth() == 1;
    ObjectNode json =
        Json.object()
            .put("device", meter.jid().toString())
            .put("whole", whole)
            .put("agrees", check.agrees());
    json.set("bill", bill.write());
    return new Entry.Changed(
        DataClass.BILLS, List.of("billing", whole ? "month" : "month-to-date"), now, json);
  }

  /** The last of a meter and what came of it, for whoever may see the meter. */
  CompletionStage<Payload> last(Certified person, Payload request) {
    BareJid meter =
        Fields.readAll(request.requireJson(), fields -> fields.value("meter", BareJid::parse));
    if (!Coverage.covers(person, meter, ledger)) {
      throw ReadingsBook.unknown();
    }
    return journal.statement(meter).thenApply(StatementDesk::answer);
  }

  private static Payload answer(Optional<Statement> found) {
    return found
        .map(
            record ->
                Payload.of(
                    Wire.STATEMENT,
                    record.sealed(),
                    Json.object()
                        .put("at", record.taken().toString())
                        .put("agrees", record.agrees())
                        .put("verdict", record.verdict())))
        .orElseGet(() -> Payload.empty(Wire.STATEMENT));
  }
}
