// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import energy.muster.host.HostMain;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/**
 * The server with its durability switched off: once it is ready, its database is told to write
 * commits late, so that it answers before they are on disk. Its arguments are the server's.
 */
public final class LateCommits {
  private LateCommits() {}

  public static void main(String[] arguments) {
    List<String> words = List.of(arguments);
    Path data = Path.of(words.get(words.indexOf("--data") + 1));
    System.setOut(
        new PrintStream(System.out, true) {
          @Override
          public void println(String line) {
            if (line.contains("\"ready\"")) {
              commitLate(data);
            }
            super.println(line);
          }
        });
    HostMain.main(arguments);
  }

  // HSQLDB shares an open database among all connections of its JVM.
  private static void commitLate(Path data) {
    Properties secrets = new Properties();
    try (Reader reader = Files.newBufferedReader(data.resolve("conf/secrets.properties"))) {
      secrets.load(reader);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:hsqldb:file:" + data.resolve("db/openfire") + ";ifexists=true",
                "muster",
                secrets.getProperty("database"));
        Statement statement = connection.createStatement()) {
      statement.execute("SET FILES WRITE DELAY 20");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
