// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

final class PeopleRowsOnPostgresqlTest extends PeopleRowsContract {
  PeopleRowsOnPostgresqlTest() {
    super(TestDatabase.Engine.POSTGRESQL);
  }
}
