// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * Prepares each statement of a connection once and keeps it: SQLite compiles a statement for longer
 * than it runs one. For the one thread that owns the connection, which uses no statement twice at
 * the same time.
 */
final class Statements implements AutoCloseable {
  private final Map<String, PreparedStatement> kept = new HashMap<>();
  private final Connection connection;

  Statements(Connection connection) {
    this.connection = connection;
  }

  /** For use until the next transaction; whoever asks does not close it. */
  PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement known = kept.get(sql);
    if (known == null) {
      known = connection.prepareStatement(sql);
      kept.put(sql, known);
    }
    return known;
  }

  /**
   * Lets all go. One that has failed, as on a full disk, stays in the middle of its work and holds
   * up the rollback and every later transaction.
   */
  void forget() {
    for (PreparedStatement statement : kept.values()) {
      try {
        statement.close();
      } catch (SQLException e) {
        // It says once more why it failed; it is gone all the same.
      }
    }
    kept.clear();
  }

  /** Between transactions: carries the log over into the file, as far as that goes. */
  void checkpoint() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      SqliteJournal.checkpoint(statement);
    }
  }

  @Override
  public void close() throws SQLException {
    forget();
    connection.close();
  }
}
