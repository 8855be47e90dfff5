// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

final class MeterRowsOnHsqldbTest extends MeterRowsContract {
  MeterRowsOnHsqldbTest() {
    super(TestDatabase.Engine.HSQLDB);
  }
}
