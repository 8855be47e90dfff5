// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

final class PeopleRowsOnHsqldbTest extends PeopleRowsContract {
  PeopleRowsOnHsqldbTest() {
    super(TestDatabase.Engine.HSQLDB);
  }
}
