// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.metering;

import energy.muster.billing.Biller;
import energy.muster.billing.CostStatement;
import energy.muster.billing.StatementCheck;
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
                keep(meter, sealed, StatementCheck.of(statement, known, Optional.of(published))));
  }

  private CompletionStage<StatementCheck> keep(
      Certified meter, Sealed sealed, StatementCheck check) {
    Statement record =
        new Statement(meter.jid(), clock.instant(), check.agrees(), check.text(), sealed);
    return journal
        .append(new Entry.StatementTaken(record))
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
