// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jivesoftware.database.ConnectionProvider;

/**
 * The server's HSQLDB files and the pool of connections to them. A commit is on disk when it
 * returns. Supplied to Openfire in place of its own pool, which needs the JDK opened up.
 */
final class ServerDatabase implements ConnectionProvider, AutoCloseable {
  private static final int CONNECTIONS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * Megabytes of log after which the database writes its state anew, so that the log is bounded.
   */
  private static final int LOG_SIZE = 64;

  private static final String USER = "muster";

  private final HikariDataSource pool;

  private ServerDatabase(HikariDataSource pool) {
    this.pool = pool;
  }

  /**
   * Opens the files, makes the tables on the first run, and makes commits durable.
   *
   * @param held shows that no other server uses the files
   */
  static ServerDatabase open(HomeFolder home, Secrets secrets, HomeLock held) {
    dropStaleLock(home, held);
    HikariConfig config = new HikariConfig();
    config.setPoolName("server-database");
    config.setJdbcUrl("jdbc:hsqldb:file:" + home.database() + ";hsqldb.tx=mvcc");
    config.setUsername(USER);
    config.setPassword(secrets.database());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(2);
    config.setConnectionTimeout(PATIENCE.toMillis());
    try {
      ServerDatabase database = new ServerDatabase(new HikariDataSource(config));
      try {
        database.makeDurable();
        database.makeTables();
      } catch (SQLException e) {
        database.close();
        throw e;
      }
      return database;
    } catch (PoolInitializationException | SQLException e) {
      throw new HostFailure(
          "The server's database in %s cannot be used: %s"
              .formatted(home.database().getParent(), e.getMessage()),
          e);
    }
  }

  /**
   * HSQLDB's own lock file is stale after a kill, and HSQLDB waits some 8 s to be sure. Who holds
   * the folder's lock is sure already.
   */
  private static void dropStaleLock(HomeFolder home, HomeLock held) {
    java.util.Objects.requireNonNull(held);
    Path lock = home.database().resolveSibling(home.database().getFileName() + ".lck");
    try {
      Files.deleteIfExists(lock);
    } catch (IOException e) {
      throw new HostFailure("Cannot remove the stale lock " + lock + ": " + e.getMessage(), e);
    }
  }

  private void makeDurable() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      // The default writes commits to disk half a second late: a kill then loses answered work.
      statement.execute("SET FILES WRITE DELAY FALSE");
      statement.execute("SET FILES LOG SIZE " + LOG_SIZE);
      try (ResultSet state =
          statement.executeQuery(
              "SELECT property_value FROM information_schema.system_properties"
                  + " WHERE property_name = 'hsqldb.write_delay'")) {
        if (!state.next() || !"false".equalsIgnoreCase(state.getString(1))) {
          throw new SQLException("commits are not written to disk at once");
        }
      }
    }
  }

  private void makeTables() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      if (hasTables(statement)) {
        return;
      }
      StringBuilder sql = new StringBuilder();
      for (String line : HomeFolder.text("openfire_hsqldb.sql").lines().toList()) {
        if (line.startsWith("--")) {
          continue;
        }
        sql.append(line).append('\n');
        if (line.endsWith(";")) {
          statement.execute(sql.substring(0, sql.lastIndexOf(";")));
          sql.setLength(0);
        }
      }
    }
  }

  private static boolean hasTables(Statement statement) throws SQLException {
    try (ResultSet table =
        statement.executeQuery(
            "SELECT 1 FROM information_schema.system_tables WHERE table_name = 'OFVERSION'")) {
      if (!table.next()) {
        return false;
      }
    }
    try (ResultSet version =
        statement.executeQuery("SELECT version FROM ofVersion WHERE name = 'openfire'")) {
      return version.next();
    }
  }

  /** Writes what the server is told, before it starts and reads it. */
  void put(Map<String, String> properties) {
    try (Connection connection = pool.getConnection();
        PreparedStatement merge =
            connection.prepareStatement(
                "MERGE INTO ofProperty USING (VALUES (CAST(? AS VARCHAR(100)), CAST(? AS LONGVARCHAR)))"
                    + " AS given (name, propValue) ON ofProperty.name = given.name"
                    + " WHEN MATCHED THEN UPDATE SET propValue = given.propValue, encrypted = 0"
                    + " WHEN NOT MATCHED THEN INSERT (name, propValue, encrypted)"
                    + " VALUES (given.name, given.propValue, 0)")) {
      for (Map.Entry<String, String> property : properties.entrySet()) {
        merge.setString(1, property.getKey());
        merge.setString(2, property.getValue());
        merge.addBatch();
      }
      merge.executeBatch();
    } catch (SQLException e) {
      throw new HostFailure("Cannot store the server's settings: " + e.getMessage(), e);
    }
  }

  Optional<String> property(String name) {
    try (Connection connection = pool.getConnection();
        PreparedStatement select =
            connection.prepareStatement("SELECT propValue FROM ofProperty WHERE name = ?")) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new HostFailure("Cannot read the server's settings: " + e.getMessage(), e);
    }
  }

  @Override
  public boolean isPooled() {
    return true;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return pool.getConnection();
  }

  @Override
  public void start() {}

  @Override
  public void restart() {}

  /** The server lets go of the database while its threads still end; {@link #close} closes it. */
  @Override
  public void destroy() {}

  /**
   * Writes everything to the data files and closes them, so that the next start replays nothing.
   */
  @Override
  public void close() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN");
    } finally {
      pool.close();
    }
  }
}
