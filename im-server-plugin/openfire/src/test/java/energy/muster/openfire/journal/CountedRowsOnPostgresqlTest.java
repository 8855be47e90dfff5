// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

final class CountedRowsOnPostgresqlTest extends CountedRowsContract {
  CountedRowsOnPostgresqlTest() {
    super(TestDatabase.Engine.POSTGRESQL);
  }
}
