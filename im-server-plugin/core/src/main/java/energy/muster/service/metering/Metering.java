// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.metering;

import energy.muster.billing.Biller;
import energy.muster.identity.Certified;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.ServiceConfig;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Reception;
import energy.muster.service.journal.Journal;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.notice.Notices;
import energy.muster.service.session.CurrentTrust;
import energy.muster.service.session.OwnWords;
import energy.muster.service.session.Session;
import energy.muster.wire.Payload;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Everything about meters that the service is told and asked. */
public final class Metering {
  private final ReadingsDesk readings;
  private final CorrectionDesk corrections;
  private final StatementDesk statements;
  private final ReadingsBook book;

  public Metering(
      ServiceConfig config,
      CurrentTrust trust,
      Ledger ledger,
      Supplier<Biller> biller,
      Notices notices,
      Journal journal,
      Reception reception,
      Desk desk,
      InstantSource clock) {
    Duration ahead = config.timing().ahead();
    Turns turns = new Turns(desk);
    book = new ReadingsBook(journal, ledger);
    readings =
        new ReadingsDesk(
            config.site(), ahead, trust, turns, notices, journal, reception, desk, clock);
    corrections =
        new CorrectionDesk(
            config.site(),
            ahead,
            trust,
            ledger,
            book,
            turns,
            notices,
            journal,
            reception,
            desk,
            clock);
    statements =
        new StatementDesk(
            new OwnWords(config.site(), trust, clock),
            book,
            biller,
            turns,
            ledger,
            notices,
            journal,
            desk,
            clock);
  }

  /** A meter tells what it reckons by itself, or somebody asks for that. */
  public CompletionStage<Payload> statement(Certified who, Payload payload) {
    return payload.sealed().isPresent()
        ? statements.take(who, payload)
        : statements.last(who, payload);
  }

  /** What meters have said. */
  public ReadingsBook book() {
    return book;
  }

  /** A meter tells its readings, or somebody asks for some. */
  public CompletionStage<Payload> readings(Session session, Certified who, Payload payload) {
    if (payload.sealed().isEmpty()) {
      return book.page(who, payload);
    }
    if (!session.isDevice()) {
      throw new Refused(Reason.NOT_AUTHORISED, "only a device is a meter");
    }
    return readings.take(session.account(), payload);
  }

  public CompletionStage<Payload> correct(Session session, Payload payload) {
    return corrections.take(session.account(), payload);
  }
}
