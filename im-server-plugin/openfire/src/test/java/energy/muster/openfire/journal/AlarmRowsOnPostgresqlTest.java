// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

final class AlarmRowsOnPostgresqlTest extends AlarmRowsContract {
  AlarmRowsOnPostgresqlTest() {
    super(TestDatabase.Engine.POSTGRESQL);
  }
}
