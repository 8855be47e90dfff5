// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

final class GroupCommitOnPostgresqlTest extends GroupCommitContract {
  GroupCommitOnPostgresqlTest() {
    super(TestDatabase.Engine.POSTGRESQL);
  }
}
