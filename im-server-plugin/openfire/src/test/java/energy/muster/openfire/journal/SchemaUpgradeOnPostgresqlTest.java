// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

final class SchemaUpgradeOnPostgresqlTest extends SchemaUpgradeContract {
  SchemaUpgradeOnPostgresqlTest() {
    super(TestDatabase.Engine.POSTGRESQL);
  }
}
