// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

final class JdbcJournalOnHsqldbTest extends JdbcJournalContract {
  JdbcJournalOnHsqldbTest() {
    super(TestDatabase.Engine.HSQLDB);
  }
}
