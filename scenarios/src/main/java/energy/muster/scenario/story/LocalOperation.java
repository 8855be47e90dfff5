// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Somebody works a load by hand while its agent is down. The position of a simulated switch is kept
 * in the agent's journal, which is where the hand must go.
 */
final class LocalOperation {
  private LocalOperation() {}

  /** Puts a load back on that had been shed. */
  static void switchOn(Path journal, BareJid load) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + journal)) {
      ObjectNode state = state(connection, load);
      ((ObjectNode) state.path("driver")).put("shed", false);
      try (PreparedStatement update =
          connection.prepareStatement("UPDATE device SET state = ? WHERE jid = ?")) {
        update.setString(1, Json.text(state));
        update.setString(2, load.toString());
        update.executeUpdate();
      }
    }
  }

  private static ObjectNode state(Connection connection, BareJid load) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT state FROM device WHERE jid = ?")) {
      select.setString(1, load.toString());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return Json.parse(row.getString(1));
      }
    }
  }
}
