// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A real HSQLDB in files, with the schema that the plugin's script makes. */
final class TestDatabase {
  private final String url;

  private TestDatabase(String url) {
    this.url = url;
  }

  static TestDatabase at(Path folder) {
    // Without its lock file, whose heartbeat would make a reopening after a kill wait for 8 s.
    return new TestDatabase("jdbc:hsqldb:file:" + folder.resolve("db") + ";hsqldb.lock_file=false");
  }

  Connection open() throws SQLException {
    return DriverManager.getConnection(url, "sa", "");
  }

  /** Reads the script as Openfire does: a statement ends its line with a semicolon. */
  void install() throws SQLException, IOException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute("SET FILES WRITE DELAY 1000 MILLIS");
      statement.execute("CREATE TABLE ofVersion (name VARCHAR(50), version INTEGER)");
      StringBuilder sql = new StringBuilder();
      for (String line :
          Files.readAllLines(Path.of("src/main/plugin/database/muster_hsqldb.sql"))) {
        if (line.isBlank() || line.startsWith("//")) {
          continue;
        }
        sql.append(line).append('\n');
        if (line.endsWith(";")) {
          statement.execute(sql.substring(0, sql.length() - 2));
          sql.setLength(0);
        }
      }
    }
  }

  void shutDown() throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN");
    }
  }
}
