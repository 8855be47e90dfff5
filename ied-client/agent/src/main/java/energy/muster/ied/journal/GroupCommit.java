// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One thread that owns the connection and commits everything that is waiting in one transaction, so
 * that many devices share the cost of a sync.
 */
final class GroupCommit implements AutoCloseable {
  private static final int LARGEST = 256;

  private final Statements statements;
  private final Reserve reserve;
  private final Step closing;
  private final BlockingQueue<Task<?>> waiting = new LinkedBlockingQueue<>();
  private final BlockingQueue<Task<?>> lazy = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::run, "journal");
  private boolean closed;

  /** Something done within a transaction. */
  @FunctionalInterface
  interface Work<T> {
    T in(Statements statements) throws SQLException;
  }

  /** The last thing done in every transaction that writes; what it returns runs once it is kept. */
  @FunctionalInterface
  interface Step {
    Runnable in(Statements statements) throws SQLException;
  }

  private enum Kind {
    READS,
    /** Is refused on a full disk. */
    TAKES,
    /** Has the reserve to fall back on. */
    WRITES
  }

  private static final class Task<T> {
    private final Work<T> work;
    private final Kind kind;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private T value;

    Task(Work<T> work, Kind kind) {
      this.work = work;
      this.kind = kind;
    }

    void perform(Statements statements) throws SQLException {
      value = work.in(statements);
    }

    void complete() {
      done.complete(value);
    }

    void fail(Exception cause) {
      done.completeExceptionally(
          new JournalException("the journal cannot be written: " + cause.getMessage(), cause));
    }
  }

  GroupCommit(Connection connection, Reserve reserve, Step closing) {
    statements = new Statements(connection);
    this.reserve = reserve;
    this.closing = closing;
  }

  void start() {
    thread.start();
  }

  <T> CompletableFuture<T> read(Work<T> work) {
    return submit(new Task<>(work, Kind.READS), waiting);
  }

  /**
   * Begins something that will have to be written to its end; only while there is room for that.
   */
  <T> CompletableFuture<T> take(Work<T> work) {
    return submit(new Task<>(work, Kind.TAKES), waiting);
  }

  <T> CompletableFuture<T> write(Work<T> work) {
    return submit(new Task<>(work, Kind.WRITES), waiting);
  }

  /** Written with whatever is next, before the end at the latest; causes no sync of its own. */
  <T> CompletableFuture<T> writeSoon(Work<T> work) {
    return submit(new Task<>(work, Kind.WRITES), lazy);
  }

  private synchronized <T> CompletableFuture<T> submit(Task<T> task, Queue<Task<?>> queue) {
    if (closed) {
      task.fail(new SQLException("it is closed"));
    } else {
      queue.add(task);
    }
    return task.done;
  }

  private void run() {
    try {
      List<Task<?>> batch = new ArrayList<>();
      while (gather(batch)) {
        if (!commit(batch) && batch.size() > 1) {
          // One of them failed: each for itself, so that it takes nobody down with it.
          batch.forEach(task -> commit(List.of(task)));
        }
        batch.clear();
      }
      statements.close();
    } catch (InterruptedException | SQLException e) {
      throw new JournalException("the journal closed badly", e);
    }
  }

  /** Waits for work; false once all is done and nobody may bring more. */
  private boolean gather(List<Task<?>> batch) throws InterruptedException {
    batch.add(waiting.take());
    waiting.drainTo(batch, LARGEST - 1);
    lazy.drainTo(batch);
    boolean last = batch.removeIf(task -> task.work == LAST);
    if (last) {
      waiting.drainTo(batch);
      waiting.add(END);
    }
    return !last || !batch.isEmpty();
  }

  private static final Work<Void> LAST = statements -> null;
  private static final Task<Void> END = new Task<>(LAST, Kind.READS);

  /** Whether it is over for these; a batch of several that fails is left to be tried one by one. */
  private boolean commit(List<Task<?>> batch) {
    try {
      Runnable kept = () -> {};
      execute("BEGIN");
      for (Task<?> task : batch) {
        if (task.kind == Kind.TAKES && !reserve.keep()) {
          throw new JournalException("the disk is full");
        }
        task.perform(statements);
      }
      if (batch.stream().anyMatch(task -> task.kind != Kind.READS)) {
        kept = closing.in(statements);
      }
      execute("COMMIT");
      kept.run();
      batch.forEach(Task::complete);
      return true;
    } catch (SQLException | RuntimeException e) {
      rollback();
      if (SqliteJournal.full(e)) {
        makeRoom();
        if (batch.size() == 1 && batch.get(0).kind == Kind.WRITES && reserve.spend()) {
          return commit(batch);
        }
      }
      if (batch.size() == 1) {
        batch.get(0).fail(e);
      }
      return false;
    }
  }

  // In words, not with the driver's own transactions: those lose count when SQLite, out of disk,
  // rolls back by itself.
  private void execute(String statement) throws SQLException {
    statements.prepare(statement).execute();
  }

  private void rollback() {
    statements.forget();
    try {
      execute("ROLLBACK");
    } catch (SQLException e) {
      // It has rolled back by itself, and says that there is no transaction.
      return;
    }
  }

  /** On a full disk what stands in the log may still go where it belongs, and leave its space. */
  private void makeRoom() {
    try {
      statements.checkpoint();
    } catch (SQLException stillFull) {
      // Then it stays in the log, where it is as safe.
      return;
    }
  }

  /** Finishes what is waiting, then closes the connection. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      waiting.add(END);
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
