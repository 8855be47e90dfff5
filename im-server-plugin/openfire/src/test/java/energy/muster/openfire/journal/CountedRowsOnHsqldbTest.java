// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

final class CountedRowsOnHsqldbTest extends CountedRowsContract {
  CountedRowsOnHsqldbTest() {
    super(TestDatabase.Engine.HSQLDB);
  }
}
