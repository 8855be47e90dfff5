// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The numbered scripts that make a journal file what this version expects. */
final class Schema {
  static final int VERSION = 3;

  private Schema() {}

  /** Runs the scripts that a file lacks, all or none. A file of a later version is refused. */
  static void bringUp(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int found = version(statement);
      if (found > VERSION) {
        throw new JournalException(
            "the journal has schema "
                + found
                + ", this program knows up to "
                + VERSION
                + "; run the newer program that wrote it");
      }
      if (found == VERSION) {
        return;
      }
      statement.execute("BEGIN");
      for (int next = found + 1; next <= VERSION; next++) {
        statement.executeUpdate(script(next));
      }
      statement.executeUpdate("PRAGMA user_version = " + VERSION);
      statement.execute("COMMIT");
    }
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.getInt(1);
    }
  }

  static String script(int number) {
    String name = "schema-" + number + ".sql";
    try (InputStream in = Schema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(name + " cannot be read", e);
    }
  }
}
