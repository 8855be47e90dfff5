// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.journal;

import energy.muster.identity.BareJid;
import energy.muster.ied.gate.CommandKey;
import energy.muster.seal.Sealed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** A journal in one SQLite file (WAL, synchronous=FULL: a commit is on the disk). */
public final class SqliteJournal implements Journal {
  private final FileGuard guard;
  private final GroupCommit commits;
  private final long boot;
  private final Instant floor;
  private final List<byte[]> revocationLists;
  private volatile long sequence;
  private volatile Supplier<Instant> newestFloor;

  private SqliteJournal(FileGuard guard, Connection connection) throws SQLException {
    this.guard = guard;
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE journal SET boot = boot + 1, sequence = sequence + 1");
      try (ResultSet row =
          statement.executeQuery("SELECT boot, sequence, floor_millis FROM journal")) {
        boot = row.getLong(1);
        sequence = row.getLong(2);
        floor = Instant.ofEpochMilli(row.getLong(3));
      }
    }
    connection.commit();
    connection.setAutoCommit(true);
    newestFloor = () -> floor;
    commits = new GroupCommit(connection, this::head);
    commits.start();
    revocationLists = commits.read(Rows::revocationLists).join();
  }

  /**
   * Opens a journal, creating it if it is not there.
   *
   * @throws JournalException in words for the person who named the file: in use, unreadable, of a
   *     newer version
   */
  public static SqliteJournal open(Path file) {
    return open(file, Integer.MAX_VALUE);
  }

  /**
   * @param maxPages how large the file may grow, for tests of a full disk
   */
  static SqliteJournal open(Path file, int maxPages) {
    Path absolute = file.toAbsolutePath();
    FileGuard guard;
    try {
      guard = FileGuard.take(absolute);
    } catch (IOException e) {
      throw new JournalException(absolute + " cannot be opened: " + e.getMessage(), e);
    }
    try {
      return new SqliteJournal(guard, connect(absolute, maxPages));
    } catch (SQLException | RuntimeException e) {
      release(guard);
      throw new JournalException(absolute + " cannot be opened: " + e.getMessage(), e);
    }
  }

  private static Connection connect(Path file, int maxPages) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setMaxPageCount(maxPages);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try {
      connection.setAutoCommit(false);
      Schema.bringUp(connection);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** From now on every transaction stores this floor. */
  public void keepFloorOf(Supplier<Instant> clockFloor) {
    newestFloor = clockFloor;
  }

  private Runnable head(Statements statements) throws SQLException {
    long next = sequence + 1;
    Rows.head(statements, next, newestFloor.get());
    return () -> sequence = next;
  }

  @Override
  public long boot() {
    return boot;
  }

  @Override
  public long sequence() {
    return sequence;
  }

  @Override
  public Instant floor() {
    return floor;
  }

  /** Stores the floor now, even if nothing else is to be written. */
  public CompletableFuture<Void> keepFloor() {
    return commits.write(statements -> null);
  }

  @Override
  public List<byte[]> revocationLists() {
    return revocationLists;
  }

  @Override
  public CompletableFuture<Void> keepRevocationLists(List<byte[]> lists) {
    List<byte[]> copy = List.copyOf(lists);
    return commits.write(statements -> Rows.replaceRevocationLists(statements, copy));
  }

  @Override
  public CompletableFuture<DeviceRecord> open(BareJid device) {
    return commits.read(statements -> Rows.device(statements, device));
  }

  @Override
  public CompletableFuture<Void> intend(BareJid device, Intent intent) {
    return commits.write(statements -> Rows.intend(statements, device, intent));
  }

  @Override
  public CompletableFuture<Void> conclude(
      BareJid device, Intent intent, Sealed outcome, String state) {
    return commits.write(
        statements -> {
          Rows.conclude(statements, device, intent, outcome);
          return Rows.save(statements, device, state);
        });
  }

  @Override
  public CompletableFuture<Optional<Sealed>> outcome(BareJid device, CommandKey key) {
    return commits.read(statements -> Rows.outcome(statements, device, key));
  }

  @Override
  public CompletableFuture<Void> acknowledged(BareJid device, CommandKey key) {
    return commits.writeSoon(statements -> Rows.acknowledge(statements, device, key));
  }

  @Override
  public CompletableFuture<Void> save(BareJid device, String state) {
    return commits.write(statements -> Rows.save(statements, device, state));
  }

  @Override
  public CompletableFuture<Void> reserveRevisions(BareJid device, long ceiling) {
    return commits.write(statements -> Rows.reserveRevisions(statements, device, ceiling));
  }

  @Override
  public CompletableFuture<Void> forget(Instant now) {
    return commits.write(statements -> Rows.forget(statements, now));
  }

  @Override
  public void close() {
    commits.close();
    release(guard);
  }

  private static void release(FileGuard guard) {
    try {
      guard.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
