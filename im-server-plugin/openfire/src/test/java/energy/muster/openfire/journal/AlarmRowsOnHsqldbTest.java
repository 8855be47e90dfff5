// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

final class AlarmRowsOnHsqldbTest extends AlarmRowsContract {
  AlarmRowsOnHsqldbTest() {
    super(TestDatabase.Engine.HSQLDB);
  }
}
