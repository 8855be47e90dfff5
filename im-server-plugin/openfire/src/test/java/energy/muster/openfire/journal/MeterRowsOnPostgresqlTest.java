// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

final class MeterRowsOnPostgresqlTest extends MeterRowsContract {
  MeterRowsOnPostgresqlTest() {
    super(TestDatabase.Engine.POSTGRESQL);
  }
}
