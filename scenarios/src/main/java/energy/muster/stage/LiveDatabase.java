// SPDX-License-Identifier: Apache-2.0
package energy.muster.stage;

import java.io.IOException;
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
 * The server's database from within the server's JVM, for a {@linkplain Stage#serverWithin wrapper}
 * that takes a guard away: HSQLDB shares an open database among all connections of its JVM.
 */
public final class LiveDatabase {
  private final Path data;

  /** Something that somebody has begun and not ended in the database. */
  interface Hold extends AutoCloseable {
    @Override
    void close() throws SQLException;
  }

  /** The database of a server with these arguments. */
  public LiveDatabase(String[] serverArguments) {
    List<String> words = List.of(serverArguments);
    data = Path.of(words.get(words.indexOf("--data") + 1));
  }

  /** Runs one statement, once the server is up. */
  public void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Runs a statement several times and leaves that undecided until what it returns is closed, which
   * takes it back; whoever wants to write the same rows waits for so long.
   */
  Hold undecided(String sql, int times) throws SQLException {
    Connection connection = connect();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      for (int i = 0; i < times; i++) {
        statement.executeUpdate(sql);
      }
    }
    return () -> {
      connection.rollback();
      connection.close();
    };
  }

  private Connection connect() throws SQLException {
    Properties secrets = new Properties();
    try (Reader reader = Files.newBufferedReader(data.resolve("conf/secrets.properties"))) {
      secrets.load(reader);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return DriverManager.getConnection(
        "jdbc:hsqldb:file:" + data.resolve("db/openfire") + ";ifexists=true",
        "muster",
        secrets.getProperty("database"));
  }
}
