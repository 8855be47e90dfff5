// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.openfire.journal.TestDatabase.Engine;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * HSQLDB is put right, which {@link JdbcJournalContract} kills to prove; PostgreSQL is its owner's.
 */
final class DurabilityTest {
  @Test
  void aPostgresqlThatAnswersCommitsBeforeItsDiskDoesIsRefused(@TempDir Path folder)
      throws Exception {
    TestDatabase database = Engine.POSTGRESQL.create(folder);
    assertThatThrownBy(() -> Durability.ensure(() -> hasty(database)))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("synchronous_commit");
    database.shutDown();
  }

  private static Connection hasty(TestDatabase database) throws SQLException {
    Connection connection = database.open();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET synchronous_commit = off");
    }
    return connection;
  }
}
