// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

final class MarketRowsOnHsqldbTest extends MarketRowsContract {
  MarketRowsOnHsqldbTest() {
    super(TestDatabase.Engine.HSQLDB);
  }
}
