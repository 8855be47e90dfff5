// SPDX-License-Identifier: Apache-2.0
package energy.muster.stage;

import java.io.BufferedReader;
import java.io.IOException;
import java.sql.SQLException;

/**
 * The server with a database that the service cannot write to while one says so, as behind a full
 * or stalled disk: {@code stall} and {@code go on} on its standard input, each answered with an
 * event. Its arguments are the server's.
 */
public final class StalledJournal {
  public static final String STALL = "stall";
  public static final String GO_ON = "go on";

  /** The one after the newest; there must be one. */
  private static final String NEXT_ALARM =
      "INSERT INTO musterAlarm"
          + " (alarmNumber, revision, device, ruleName, raisedAt, occurrence, entry)"
          + " SELECT alarmNumber + 1, revision, device, ruleName, raisedAt, occurrence, entry"
          + " FROM musterAlarm"
          + " WHERE alarmNumber = (SELECT MAX(alarmNumber) FROM musterAlarm)";

  private static final int MORE_ALARMS = 20;

  private StalledJournal() {}

  public static void main(String[] arguments) {
    LiveDatabase database = new LiveDatabase(arguments);
    CommandedServer.run(
        arguments, "stalled-journal", (lines, server) -> obey(database, lines, server));
  }

  private static void obey(LiveDatabase database, BufferedReader lines, CommandedServer server)
      throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals(STALL)) {
        try {
          stall(database, lines, server);
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
        server.say("{\"event\":\"goes-on\"}");
      }
    }
  }

  private static void stall(LiveDatabase database, BufferedReader lines, CommandedServer server)
      throws IOException, SQLException {
    LiveDatabase.Hold hold = database.undecided(NEXT_ALARM, MORE_ALARMS);
    try (hold) {
      server.say("{\"event\":\"stalled\"}");
      String line = lines.readLine();
      while (line != null && !line.equals(GO_ON)) {
        line = lines.readLine();
      }
    }
  }
}
