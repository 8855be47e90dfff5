// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The statements of one connection, each prepared once. Used by one thread. */
final class Statements implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();
  private boolean changed;

  Statements(Connection connection) {
    this.connection = connection;
  }

  boolean exists(String sql, Object... values) throws SQLException {
    try (ResultSet found = prepare(sql, values).executeQuery()) {
      return found.next();
    }
  }

  /** How many rows it touched. */
  int run(String sql, Object... values) throws SQLException {
    int rows = prepare(sql, values).executeUpdate();
    changed |= rows > 0;
    return rows;
  }

  /** Whether any row was written since this was asked last. */
  boolean changed() {
    boolean since = changed;
    changed = false;
    return since;
  }

  private PreparedStatement prepare(String sql, Object... values) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        statement.setNull(i + 1, java.sql.Types.VARCHAR);
      } else if (values[i] instanceof String text) {
        // PostgreSQL refuses a NUL; a text with one must not cost the entry.
        statement.setString(i + 1, text.replace('\0', '\uFFFD'));
      } else {
        statement.setObject(i + 1, values[i]);
      }
    }
    return statement;
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : prepared.values()) {
      statement.close();
    }
  }
}
