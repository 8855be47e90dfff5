// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The disk under HSQLDB's log. HSQLDB answers a commit that it could not write there as if all were
 * well, and after a kill reads its log only up to the first line that is broken. So nothing is
 * begun without room to spare, a log that has not grown has kept nothing, and after either the
 * database writes all that it holds anew before it is believed again. Used by one thread.
 */
final class LogDisk {
  private static final Logger LOG = LoggerFactory.getLogger(LogDisk.class);
  private static final String PREFIX = "jdbc:hsqldb:";
  private static final long MEBIBYTE = 1024 * 1024;

  /** More than the largest transaction takes in the log and in the data file together. */
  static final long RESERVE = 64 * MEBIBYTE;

  /** What a log must be for its being begun anew to give room back. */
  private static final long LONG_LOG = RESERVE / 4;

  private final LongSupplier free;
  private final LongSupplier length;
  private long before;
  private boolean doubtful;
  private boolean tried;
  private volatile boolean unsure;

  /**
   * @param free bytes that can still be written
   * @param length bytes of the log
   */
  LogDisk(LongSupplier free, LongSupplier length) {
    this.free = free;
    this.length = length;
  }

  /** None where the database is another one, or in memory, or in another process. */
  static Optional<LogDisk> of(Connection connection) throws SQLException {
    return log(connection.getMetaData().getURL())
        .map(Path::toFile)
        .map(
            log -> new LogDisk(log.getAbsoluteFile().getParentFile()::getUsableSpace, log::length));
  }

  /** The file that a database of this address keeps its log in. */
  static Optional<Path> log(String url) {
    if (url == null || !url.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
      return Optional.empty();
    }
    String place = url.substring(PREFIX.length()).replaceFirst(";.*", "");
    if (place.matches("(?i)(mem|res|hsqls?|https?):.*")) {
      return Optional.empty();
    }
    return Optional.of(Path.of(place.replaceFirst("(?i)^file:", "") + ".log"));
  }

  /**
   * Before anything is written.
   *
   * @throws Refused without room to spare: nothing was written
   * @throws SQLException when the database cannot be written anew, as it must be
   */
  void begin(Connection connection) throws SQLException {
    look();
    if (tight() && !tried && length.getAsLong() >= LONG_LOG) {
      tried = true;
      writeAnew(connection);
    }
    if (tight()) {
      throw new Refused(
          Refusal.of(
              Reason.NO_SPACE,
              "the service's disk is full (%d MiB free, %d are kept); make room and send it again",
              free.getAsLong() / MEBIBYTE,
              RESERVE / MEBIBYTE));
    }
    tried = false;
    if (doubtful) {
      writeAnew(connection);
      LOG.info("The journal's disk takes writes again; all of the database was written anew");
    }
    before = length.getAsLong();
  }

  /** Whoever else writes to the log while there is no room leaves half a line in it. */
  void look() {
    if (tight()) {
      doubt("has %d MiB free", free.getAsLong() / MEBIBYTE);
    }
  }

  private boolean tight() {
    return free.getAsLong() < RESERVE;
  }

  /** HSQLDB says nothing of a checkpoint that failed; one that did not begins the log anew. */
  private void writeAnew(Connection connection) throws SQLException {
    long old = length.getAsLong();
    try (Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT");
    }
    if (old > 0 && length.getAsLong() >= old) {
      throw new SQLException("the database could not be written anew");
    }
    doubtful = false;
    unsure = false;
  }

  /**
   * After a commit of something.
   *
   * @throws SQLException when it may not be on disk
   */
  void committed() throws SQLException {
    if (length.getAsLong() == before) {
      unsure = true;
      doubt("did not take a commit");
      throw new SQLException("the database's log has not grown: the commit is not on disk");
    }
    // Whoever else fills the disk may have been faster.
    if (free.getAsLong() < RESERVE / 8) {
      unsure = true;
      doubt("was filled during a commit");
      throw new SQLException("the disk was filled during a commit, which may not be on it");
    }
  }

  /** Whether the database holds what may not be on disk; any thread may ask. */
  boolean unsure() {
    return unsure;
  }

  private void doubt(String what, Object... values) {
    if (!doubtful) {
      LOG.error(
          "The journal's disk {}: nothing is accepted until there is room",
          String.format(Locale.ROOT, what, values));
    }
    doubtful = true;
  }
}
