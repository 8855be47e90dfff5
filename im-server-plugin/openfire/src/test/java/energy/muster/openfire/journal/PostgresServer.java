// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

  /** Where it does not start, the test is skipped with the reason. */
  static void assumeStarted() {
    assumeTrue(
        ONLY.server.isPresent(), () -> "PostgreSQL does not start on this machine: " + ONLY.whyNot);
  }

  /** The URL of an empty schema. */
  static String newSchema() throws SQLException {
    assumeStarted();
    return ONLY.schema();
  }

  private String schema() throws SQLException {
    String name = "test" + schemas.incrementAndGet();
    try (Connection connection = server.orElseThrow().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + name);
    }
    return server.orElseThrow().getJdbcUrl("postgres", "postgres") + "&currentSchema=" + name;
  }
}
