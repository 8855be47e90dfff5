// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

final class MarketRowsOnPostgresqlTest extends MarketRowsContract {
  MarketRowsOnPostgresqlTest() {
    super(TestDatabase.Engine.POSTGRESQL);
  }
}
