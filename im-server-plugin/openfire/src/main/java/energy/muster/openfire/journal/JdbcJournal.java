// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import energy.muster.document.DocumentId;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.Order;
import energy.muster.service.journal.OrderHistory;
import energy.muster.service.journal.OrderQuery;
import energy.muster.service.journal.Recovered;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit: one thread writes all that is queued in one transaction, so that one sync of the
 * disk serves many orders.
 */
public final class JdbcJournal implements Journal {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcJournal.class);
  private static final int LARGEST_BATCH = 512;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Connections connections;
  private final BlockingQueue<Append> queue = new LinkedBlockingQueue<>();
  private final ExecutorService writer = Executors.newSingleThreadExecutor(named("muster-journal"));
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(named("muster-journal-read"));

  private record Append(List<Entry> entries, CompletableFuture<Void> done) {}

  public JdbcJournal(Connections connections) {
    this.connections = connections;
  }

  private static java.util.concurrent.ThreadFactory named(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public CompletionStage<Void> append(List<Entry> entries) {
    Append append = new Append(List.copyOf(entries), new CompletableFuture<>());
    queue.add(append);
    try {
      writer.execute(this::writeQueued);
    } catch (RejectedExecutionException e) {
      append.done().completeExceptionally(new SQLException("the journal is closed"));
    }
    return append.done();
  }

  private void writeQueued() {
    List<Append> batch = new ArrayList<>();
    queue.drainTo(batch, LARGEST_BATCH);
    if (batch.isEmpty()) {
      return; // An earlier turn has taken these along.
    }
    try {
      commit(batch);
      batch.forEach(append -> append.done().complete(null));
    } catch (SQLException | RuntimeException e) {
      if (batch.size() == 1) {
        LOG.error("The journal could not write {}", batch.get(0).entries(), e);
        batch.get(0).done().completeExceptionally(e);
      } else {
        batch.forEach(this::writeAlone);
      }
    }
  }

  /** One append that cannot be written must not take down those that shared its transaction. */
  private void writeAlone(Append append) {
    try {
      commit(List.of(append));
      append.done().complete(null);
    } catch (SQLException | RuntimeException e) {
      LOG.error("The journal could not write {}", append.entries(), e);
      append.done().completeExceptionally(e);
    }
  }

  private void commit(List<Append> batch) throws SQLException {
    try (Connection connection = connections.open()) {
      connection.setAutoCommit(false);
      try (Writing writing = new Writing(connection)) {
        for (Append append : batch) {
          for (Entry entry : append.entries()) {
            writing.write(entry);
          }
        }
        connection.commit();
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        // The connection goes back to the server's pool.
        connection.setAutoCommit(true);
      }
    }
  }

  @Override
  public CompletionStage<Recovered> recover(Instant now) {
    return read(reading -> reading.recovered(now));
  }

  @Override
  public CompletionStage<Optional<OrderHistory>> order(DocumentId id) {
    return read(reading -> reading.history(id));
  }

  @Override
  public CompletionStage<List<Order>> orders(OrderQuery query) {
    return read(reading -> reading.orders(query));
  }

  private interface Question<T> {
    T ask(Reading reading) throws SQLException;
  }

  private <T> CompletionStage<T> read(Question<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      reader.execute(
          () -> {
            try (Connection connection = connections.open()) {
              answer.complete(question.ask(new Reading(connection)));
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
    writer.shutdown();
    if (!writer.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      LOG.error("The journal was closed with {} entries unwritten", queue.size());
    }
  }
}
