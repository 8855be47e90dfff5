// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

final class GroupCommitOnHsqldbTest extends GroupCommitContract {
  GroupCommitOnHsqldbTest() {
    super(TestDatabase.Engine.HSQLDB);
  }
}
