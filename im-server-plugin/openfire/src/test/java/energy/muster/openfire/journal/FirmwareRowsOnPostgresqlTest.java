// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

final class FirmwareRowsOnPostgresqlTest extends FirmwareRowsContract {
  FirmwareRowsOnPostgresqlTest() {
    super(TestDatabase.Engine.POSTGRESQL);
  }
}
