// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.journal;

import energy.muster.alarm.Alarm;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.ied.gate.CommandKey;
import energy.muster.metering.IntervalEnergy;
import energy.muster.seal.Sealed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.sqlite.SQLiteErrorCode;

/**
 * A journal in one SQLite file (WAL, synchronous=FULL: a commit is on the disk). The file is ours
 * alone while it is open: SQLite then keeps the index of its log on the heap, where a full disk
 * cannot end the process as it does through a mapped file.
 */
public final class SqliteJournal implements Journal {
  /** How long the log grows before it is carried over: 256 KiB, for disks are small. */
  private static final int LOG_PAGES = 64;

  private final FileGuard guard;
  private final GroupCommit commits;
  private final long boot;
  private final Instant floor;
  private final List<byte[]> revocationLists;
  private volatile long sequence;
  private volatile Supplier<Instant> newestFloor;

  private SqliteJournal(FileGuard guard, Reserve reserve, Connection connection)
      throws SQLException {
    this.guard = guard;
    try (Statement statement = connection.createStatement()) {
      // With the log carried over its space is used again: there may be no other.
      checkpoint(statement);
      statement.execute("BEGIN");
      statement.executeUpdate("UPDATE journal SET boot = boot + 1, sequence = sequence + 1");
      try (ResultSet row =
          statement.executeQuery("SELECT boot, sequence, floor_millis FROM journal")) {
        boot = row.getLong(1);
        sequence = row.getLong(2);
        floor = Instant.ofEpochMilli(row.getLong(3));
      }
      statement.execute("COMMIT");
    }
    newestFloor = () -> floor;
    commits = new GroupCommit(connection, reserve, this::head);
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
    Reserve reserve = Reserve.of(absolute);
    try {
      SqliteJournal journal = opened(absolute, maxPages, guard, reserve);
      var unused = reserve.keep();
      return journal;
    } catch (SQLException | RuntimeException e) {
      release(guard);
      throw new JournalException(absolute + " cannot be opened: " + e.getMessage(), e);
    }
  }

  /** On a full disk the reserve makes room: a device that restarts there is to answer, too. */
  private static SqliteJournal opened(Path file, int maxPages, FileGuard guard, Reserve reserve)
      throws SQLException {
    try {
      return on(connect(file, maxPages), guard, reserve);
    } catch (SQLException e) {
      if (full(e) && reserve.spend()) {
        return on(connect(file, maxPages), guard, reserve);
      }
      throw e;
    }
  }

  private static SqliteJournal on(Connection connection, FileGuard guard, Reserve reserve)
      throws SQLException {
    try {
      Schema.bringUp(connection);
      return new SqliteJournal(guard, reserve, connection);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static Connection connect(Path file, int maxPages) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      // Before the log is first touched, or its index is a mapped file all the same.
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("PRAGMA wal_autocheckpoint = " + LOG_PAGES);
      statement.execute("PRAGMA max_page_count = " + maxPages);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  static boolean full(Exception e) {
    return e instanceof SQLException sql && sql.getErrorCode() == SQLiteErrorCode.SQLITE_FULL.code;
  }

  /** Carries the log over into the file as far as that goes; what does not stays in the log. */
  static void checkpoint(Statement statement) throws SQLException {
    statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
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
    return commits.take(statements -> Rows.intend(statements, device, intent));
  }

  @Override
  public CompletableFuture<Void> intend(BareJid device, Intent intent, String state) {
    return commits.take(
        statements -> {
          Rows.save(statements, device, state);
          return Rows.intend(statements, device, intent);
        });
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
  public CompletableFuture<Void> raise(BareJid device, Alarm alarm, Sealed sealed) {
    return commits.write(statements -> AlarmRows.raise(statements, device, alarm, sealed));
  }

  @Override
  public CompletableFuture<Void> worsened(BareJid device, DocumentId onset, BigDecimal worst) {
    return commits.writeSoon(statements -> AlarmRows.worst(statements, device, onset, worst));
  }

  @Override
  public CompletableFuture<Void> alarmTaken(BareJid device, DocumentId id) {
    return commits.writeSoon(statements -> AlarmRows.taken(statements, device, id));
  }

  @Override
  public CompletableFuture<KeptMeter> meter(BareJid device) {
    return commits.read(statements -> MeterRows.meter(statements, device));
  }

  @Override
  public CompletableFuture<Void> metered(
      BareJid device, List<IntervalEnergy> over, String progress) {
    return commits.take(statements -> MeterRows.metered(statements, device, over, progress));
  }

  @Override
  public CompletableFuture<Void> counting(BareJid device, String progress) {
    return commits.writeSoon(statements -> MeterRows.counting(statements, device, progress));
  }

  @Override
  public CompletableFuture<List<IntervalEnergy>> unpacked(BareJid device, int most) {
    return commits.read(statements -> MeterRows.unpacked(statements, device, most));
  }

  @Override
  public CompletableFuture<List<IntervalEnergy>> intervals(
      BareJid device, Instant from, Instant until) {
    return commits.read(statements -> MeterRows.between(statements, device, from, until));
  }

  @Override
  public CompletableFuture<Void> packed(BareJid device, long sequence, Sealed sealed, Instant end) {
    return commits.take(statements -> MeterRows.packed(statements, device, sequence, sealed, end));
  }

  @Override
  public CompletableFuture<Void> corrected(
      BareJid device, long sequence, Sealed sealed, List<IntervalEnergy> by) {
    return commits.take(
        statements -> MeterRows.corrected(statements, device, sequence, sealed, by));
  }

  @Override
  public CompletableFuture<Void> readingsTaken(BareJid device, long sequence) {
    return commits.writeSoon(statements -> MeterRows.taken(statements, device, sequence));
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
