// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import energy.muster.document.DocumentId;
import energy.muster.exchange.ChangeSet;
import energy.muster.exchange.ChangeSet.DataClass;
import energy.muster.identity.BareJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.service.journal.AlarmHistory;
import energy.muster.service.journal.AlarmPaper;
import energy.muster.service.journal.AlarmRecord;
import energy.muster.service.journal.AttendanceRecord;
import energy.muster.service.journal.CorrectionRecord;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.Order;
import energy.muster.service.journal.OrderHistory;
import energy.muster.service.journal.OrderQuery;
import energy.muster.service.journal.PendingChange;
import energy.muster.service.journal.ReadingsRecord;
import energy.muster.service.journal.Receipt;
import energy.muster.service.journal.Recovered;
import energy.muster.service.journal.RefusalRecord;
import energy.muster.service.journal.Shedding;
import energy.muster.tariff.OfferName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** The service's journal in the server's database: writes by group commit, reads beside them. */
public final class JdbcJournal implements Journal {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String UNSURE =
      "the service's disk did not take what was written last; ask again when it has room";

  private final Connections connections;
  private final GroupCommit writer;
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "muster-journal-read");
            thread.setDaemon(true);
            return thread;
          });

  public JdbcJournal(Connections connections) {
    this(connections, new GroupCommit(connections));
  }

  JdbcJournal(Connections connections, GroupCommit writer) {
    this.connections = connections;
    this.writer = writer;
  }

  @Override
  public CompletionStage<Void> append(List<Entry> entries) {
    return writer.append(entries, true);
  }

  @Override
  public CompletionStage<Void> appendSoon(List<Entry> entries) {
    return writer.append(entries, false);
  }

  @Override
  public Expected expect() {
    return writer.expect();
  }

  @Override
  public CompletionStage<Void> prune(Instant before) {
    return read(
        connection -> {
          Pruning.before(before, connection, Pruning.SLICE);
          return null;
        });
  }

  @Override
  public CompletionStage<Recovered> recover(Instant now) {
    return read(connection -> new Reading(connection).recovered(now));
  }

  @Override
  public CompletionStage<Optional<OrderHistory>> order(DocumentId id) {
    return read(connection -> new Reading(connection).history(id));
  }

  @Override
  public CompletionStage<Optional<Digest>> outcome(DocumentId order, BareJid device) {
    return read(connection -> new Reading(connection).outcome(order, device));
  }

  @Override
  public CompletionStage<List<Order>> orders(OrderQuery query) {
    return read(connection -> new Reading(connection).orders(query));
  }

  @Override
  public CompletionStage<List<DocumentId>> upgrades(Instant by, int limit) {
    return read(connection -> FirmwareRows.upgrades(connection, by, limit));
  }

  @Override
  public CompletionStage<UpgradePapers> papers(DocumentId upgrade) {
    return read(connection -> FirmwareRows.papers(connection, upgrade));
  }

  @Override
  public CompletionStage<RefusalRecord> refusals(int limit) {
    return read(connection -> new Reading(connection).refusals(limit));
  }

  @Override
  public CompletionStage<List<Shedding>> sheddings(Instant since) {
    return read(connection -> new Reading(connection).sheddings(since));
  }

  @Override
  public CompletionStage<AttendanceRecord> attendance(Instant since) {
    return read(connection -> new Reading(connection).attendance(since));
  }

  @Override
  public CompletionStage<Optional<AlarmPaper.Known>> paper(BareJid issuer, DocumentId id) {
    return read(connection -> new AlarmReading(connection).paper(issuer, id));
  }

  @Override
  public CompletionStage<Optional<AlarmHistory>> alarm(long number) {
    return read(connection -> new AlarmReading(connection).alarm(number));
  }

  @Override
  public CompletionStage<List<AlarmRecord>> alarms(int limit) {
    return read(connection -> new AlarmReading(connection).alarms(limit));
  }

  @Override
  public CompletionStage<List<Past>> past(Instant since, Instant until, int limit) {
    return read(connection -> new AlarmReading(connection).past(since, until, limit));
  }

  @Override
  public CompletionStage<Optional<Told>> told(BareJid meter) {
    return read(connection -> new MeterRows(connection).told(meter));
  }

  @Override
  public CompletionStage<Optional<Statement>> statement(BareJid meter) {
    return read(connection -> new MeterRows(connection).statement(meter));
  }

  @Override
  public CompletionStage<Optional<Digest>> readings(BareJid meter, long sequence) {
    return read(connection -> new MeterRows(connection).digest(meter, sequence));
  }

  @Override
  public CompletionStage<Optional<Digest>> correction(BareJid issuer, DocumentId id) {
    return read(connection -> new MeterRows(connection).digest(issuer, id));
  }

  @Override
  public CompletionStage<List<ReadingsRecord>> readings(
      BareJid meter, Instant from, Instant until) {
    return read(connection -> new MeterRows(connection).readings(meter, from, until));
  }

  @Override
  public CompletionStage<List<CorrectionRecord>> corrections(
      BareJid meter, Instant from, Instant until) {
    return read(connection -> new MeterRows(connection).corrections(meter, from, until));
  }

  @Override
  public CompletionStage<List<Receipt>> receipts(OfferName offer, Optional<DocumentId> document) {
    return read(connection -> new MarketReading(connection).receipts(offer, document));
  }

  @Override
  public CompletionStage<List<PendingChange>> changes(DataClass dataClass, int limit) {
    return read(connection -> new MarketReading(connection).changes(dataClass, limit));
  }

  @Override
  public CompletionStage<List<ChangeSet>> changeSets(DataClass dataClass, long after, int limit) {
    return read(connection -> new MarketReading(connection).changeSets(dataClass, after, limit));
  }

  private interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  private <T> CompletionStage<T> read(Question<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      reader.execute(
          () -> {
            try (Connection connection = connections.open()) {
              T found = question.ask(connection);
              if (writer.unsure()) {
                // What is found may be gone after a kill; nobody must take it for kept.
                answer.completeExceptionally(new Refused(Reason.BUSY, UNSURE));
              } else {
                answer.complete(found);
              }
            } catch (SQLException | RuntimeException e) {
              answer.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(new SQLException("the journal is closed"));
    }
    return answer;
  }

  /** Writes what is queued, for at most 10 s. */
  public void stop() throws InterruptedException {
    reader.shutdown();
    writer.stop(PATIENCE);
  }
}
