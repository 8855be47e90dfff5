// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A real database, all of it one test's own.
 *
 * @param url with all that a connection needs
 */
record TestDatabase(Engine engine, String url) {
  private static final Path SCRIPTS = Path.of("src/main/plugin/database");
  private static final int NEWEST = 12;
  private static final Path VERSION_1 = Path.of("src/test/resources/version-1");

  /** Which of the databases that the plugin has scripts for; they are named after it. */
  enum Engine {
    HSQLDB,
    POSTGRESQL;

    /**
     * Itself, where it runs; asked before anything is set up, since what is skipped is torn down.
     */
    Engine assumed() {
      if (this == POSTGRESQL) {
        PostgresServer.assumeStarted();
      }
      return this;
    }

    /**
     * Makes an empty one.
     *
     * @param folder for its files, where it is one that lives in files
     */
    TestDatabase create(Path folder) throws SQLException {
      // Without its lock file, whose heartbeat would make a reopening after a kill wait for 8 s.
      return this == POSTGRESQL
          ? new TestDatabase(this, PostgresServer.newSchema())
          : new TestDatabase(
              this, "jdbc:hsqldb:file:" + folder.resolve("db") + ";hsqldb.lock_file=false;user=sa");
    }

    private Path in(Path folder) {
      return folder.resolve(this == POSTGRESQL ? "muster_postgresql.sql" : "muster_hsqldb.sql");
    }
  }

  Connection open() throws SQLException {
    return DriverManager.getConnection(url);
  }

  /** With the schema of today. */
  void install() throws SQLException, IOException {
    beforeAnyPlugin();
    run(engine.in(SCRIPTS));
  }

  /** With the schema that the first version of the plugin made. */
  void installVersion1() throws SQLException, IOException {
    beforeAnyPlugin();
    run(engine.in(VERSION_1));
  }

  /** From version 1 to today's. */
  void upgrade() throws SQLException, IOException {
    for (int version = 2; version <= NEWEST; version++) {
      run(upgradeTo(version));
    }
  }

  /** As {@link #install}, by a server that is killed just before the end and started again. */
  void installInTwoRuns() throws SQLException, IOException {
    beforeAnyPlugin();
    runInTwo(engine.in(SCRIPTS));
  }

  /** As {@link #upgrade}, by a server that is killed just before the end of each. */
  void upgradeInTwoRunsEach() throws SQLException, IOException {
    for (int version = 2; version <= NEWEST; version++) {
      runInTwo(upgradeTo(version));
    }
  }

  private Path upgradeTo(int version) {
    return engine.in(SCRIPTS.resolve("upgrade").resolve(Integer.toString(version)));
  }

  /** As the server's own script leaves it. */
  private void beforeAnyPlugin() throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      if (engine == Engine.HSQLDB) {
        statement.execute("SET FILES WRITE DELAY 1000 MILLIS");
      }
      statement.execute("CREATE TABLE ofVersion (name VARCHAR(50), version INTEGER)");
    }
  }

  private void run(Path script) throws SQLException, IOException {
    execute(statements(script));
  }

  /**
   * All but what says that it is done, and then all. The HSQLDB of Openfire 4.2 cannot add a column
   * unless it is there, so on HSQLDB that comes last, too.
   */
  private void runInTwo(Path script) throws SQLException, IOException {
    List<String> all = statements(script);
    execute(
        all.subList(0, all.size() - 1).stream()
            .filter(sql -> engine == Engine.POSTGRESQL || !sql.contains(" ADD COLUMN "))
            .toList());
    execute(all);
  }

  /** As Openfire does: statements end a line, and what ends none is not executed. */
  private static List<String> statements(Path script) throws IOException {
    List<String> statements = new ArrayList<>();
    StringBuilder sql = new StringBuilder();
    for (String line : Files.readAllLines(script)) {
      if (line.isBlank() || line.startsWith("//") || line.startsWith("--")) {
        continue;
      }
      sql.append(' ').append(line);
      if (line.endsWith(";")) {
        statements.add(sql.toString());
        sql.setLength(0);
      }
    }
    return statements;
  }

  private void execute(List<String> statements) throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  void shutDown() throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute(
          engine == Engine.HSQLDB
              ? "SHUTDOWN"
              : "DROP SCHEMA " + connection.getSchema() + " CASCADE");
    }
  }
}
