// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

final class SchemaUpgradeOnHsqldbTest extends SchemaUpgradeContract {
  SchemaUpgradeOnHsqldbTest() {
    super(TestDatabase.Engine.HSQLDB);
  }
}
