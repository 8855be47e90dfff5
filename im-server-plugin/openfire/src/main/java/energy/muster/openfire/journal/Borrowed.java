// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import energy.muster.refusal.Refused;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of the server's pool, kept with its prepared statements while there is much to
 * write. Used by one thread.
 */
final class Borrowed {
  private static final Logger LOG = LoggerFactory.getLogger(Borrowed.class);

  private final Connections connections;
  private final Disks disks;
  private volatile Optional<LogDisk> disk = Optional.empty();
  private Connection connection;
  private Statements statements;

  /** What is done in one transaction. */
  @FunctionalInterface
  interface Work {
    void with(Writing writing) throws SQLException;
  }

  /** Finds the disk that a database writes its log to, if it is one to be looked after. */
  @FunctionalInterface
  interface Disks {
    Optional<LogDisk> under(Connection connection) throws SQLException;
  }

  Borrowed(Connections connections, Disks disks) {
    this.connections = connections;
    this.disks = disks;
  }

  boolean held() {
    return connection != null;
  }

  /**
   * All of it is synced, or it fails and the next transaction is on another connection.
   *
   * @throws Refused when nothing was begun, for want of space
   */
  void inTransaction(Work work) throws SQLException {
    try {
      if (connection == null) {
        connection = connections.open();
        statements = new Statements(connection);
        connection.setAutoCommit(false);
        if (disk.isEmpty()) {
          disk = disks.under(connection);
        }
      }
      if (disk.isPresent()) {
        disk.get().begin(connection);
      }
      work.with(new Writing(statements));
      connection.commit();
      if (statements.changed() && disk.isPresent()) {
        disk.get().committed();
      }
    } catch (SQLException | RuntimeException e) {
      giveBack();
      throw e;
    }
  }

  /** Looks after the disk while nothing is written. */
  void look() {
    disk.ifPresent(LogDisk::look);
  }

  /** Whether the database holds what may not be on disk; any thread may ask. */
  boolean unsure() {
    return disk.filter(LogDisk::unsure).isPresent();
  }

  /** Back to the pool, as it was, with nothing half written. */
  void giveBack() {
    if (connection == null) {
      return;
    }
    try (Connection given = connection) {
      statements.close();
      given.rollback();
      given.setAutoCommit(true);
    } catch (SQLException e) {
      LOG.debug("A connection was given back broken", e);
    } finally {
      connection = null;
      statements = null;
    }
  }
}
