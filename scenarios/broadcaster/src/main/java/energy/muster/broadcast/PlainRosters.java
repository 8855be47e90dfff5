// SPDX-License-Identifier: Apache-2.0
package energy.muster.broadcast;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jivesoftware.database.DbConnectionManager;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.roster.RosterItem;
import org.jivesoftware.openfire.user.User;
import org.jivesoftware.openfire.user.UserManager;

/**
 * Subscriptions as the server stores them, written before anybody logs in: to ask for and grant
 * tens of thousands, stanza by stanza, takes longer than what is measured with them.
 */
final class PlainRosters {
  private static final String INSERT =
      "INSERT INTO ofRoster (rosterID, username, jid, sub, ask, recv, nick)"
          + " VALUES (?, ?, ?, ?, -1, -1, NULL)";

  private PlainRosters() {}

  /** Returns how many entries that made. */
  static int subscribe(String watchers, String watched) throws SQLException {
    List<String> all =
        UserManager.getInstance().getUsers().stream().map(User::getUsername).toList();
    String domain = XMPPServer.getInstance().getServerInfo().getXMPPDomain();
    int entries = 0;
    try (Connection connection = DbConnectionManager.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (String watcher : all) {
        if (!watcher.startsWith(watchers)) {
          continue;
        }
        for (String other : all) {
          if (other.startsWith(watched)) {
            add(insert, ++entries, watcher, other + "@" + domain, RosterItem.SUB_TO);
            add(insert, ++entries, other, watcher + "@" + domain, RosterItem.SUB_FROM);
          }
        }
        insert.executeBatch();
      }
    }
    return entries;
  }

  private static void add(
      PreparedStatement insert, int id, String of, String contact, RosterItem.SubType kind)
      throws SQLException {
    insert.setInt(1, id);
    insert.setString(2, of);
    insert.setString(3, contact);
    insert.setInt(4, kind.getValue());
    insert.addBatch();
  }
}
