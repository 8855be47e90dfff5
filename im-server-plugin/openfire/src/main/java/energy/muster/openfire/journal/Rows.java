// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What a question to the database finds, over one connection. */
final class Rows {
  private final Connection connection;

  Rows(Connection connection) {
    this.connection = connection;
  }

  /** Reads one row. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  <T> List<T> find(Row<T> reader, String sql, Object... values) throws SQLException {
    return first(0, reader, sql, values);
  }

  /** At most so many; none is no limit. */
  <T> List<T> first(int limit, Row<T> reader, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setMaxRows(limit);
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      List<T> found = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          found.add(reader.read(result));
        }
      }
      return found;
    }
  }
}
