// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

final class FirmwareRowsOnHsqldbTest extends FirmwareRowsContract {
  FirmwareRowsOnHsqldbTest() {
    super(TestDatabase.Engine.HSQLDB);
  }
}
