// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

final class JdbcJournalOnPostgresqlTest extends JdbcJournalContract {
  JdbcJournalOnPostgresqlTest() {
    super(TestDatabase.Engine.POSTGRESQL);
  }
}
