// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A device's journal that keeps nothing from one run to the next but its number, so that nobody
 * notices: what a device without a journal would be.
 */
final class ForgetfulJournal {
  private ForgetfulJournal() {}

  /** While the device is not running. */
  static void wipe(Path journal) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + journal);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("DELETE FROM command");
      statement.executeUpdate("UPDATE device SET state = NULL");
    } catch (SQLException e) {
      throw new IllegalStateException("cannot wipe " + journal, e);
    }
  }
}
