// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static org.junit.jupiter.api.Assumptions.abort;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One real PostgreSQL for all tests of a run, started when the first one asks and ended with the
 * JVM. It does not run as root; where we are root it is started in a user namespace.
 */
final class PostgresServer {
  private static final PostgresServer ONLY = new PostgresServer();

  private final Optional<EmbeddedPostgres> server;
  private final String whyNot;
  private final AtomicInteger schemas = new AtomicInteger();

  private PostgresServer() {
    EmbeddedPostgres started = null;
    String problem = "";
    try {
      started =
          EmbeddedPostgres.builder()
              // Off by default there, for speed.
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .start();
    } catch (IOException | IllegalStateException e) {
      problem = e.getMessage();
    }
    server = Optional.ofNullable(started);
    whyNot = problem;
  }

  /** The URL of an empty schema; the test is skipped where there is no server. */
  static String newSchema() throws SQLException {
    return ONLY.schema();
  }

  private String schema() throws SQLException {
    if (server.isEmpty()) {
      return abort("PostgreSQL does not start on this machine: " + whyNot);
    }
    String name = "test" + schemas.incrementAndGet();
    try (Connection connection = server.get().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + name);
    }
    return server.get().getJdbcUrl("postgres", "postgres") + "&currentSchema=" + name;
  }
}
