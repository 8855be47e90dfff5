// SPDX-License-Identifier: Apache-2.0
package energy.muster.stage;

import energy.muster.host.HostMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
      "INSERT INTO musterAlarm (alarmNumber, revision, device, ruleName, raisedAt, entry)"
          + " SELECT alarmNumber + 1, revision, device, ruleName, raisedAt, entry FROM musterAlarm"
          + " WHERE alarmNumber = (SELECT MAX(alarmNumber) FROM musterAlarm)";

  private static final int MORE_ALARMS = 20;

  private StalledJournal() {}

  public static void main(String[] arguments) {
    LiveDatabase database = new LiveDatabase(arguments);
    // The server's own output: the server diverts what others print to its log.
    PrintStream out = System.out;
    Thread reader = new Thread(() -> obey(database, out), "stalled-journal");
    reader.setDaemon(true);
    reader.start();
    HostMain.main(arguments);
  }

  private static void obey(LiveDatabase database, PrintStream out) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals(STALL)) {
          LiveDatabase.Hold hold = database.undecided(NEXT_ALARM, MORE_ALARMS);
          try (hold) {
            out.println("{\"event\":\"stalled\"}");
            out.flush();
            while (!GO_ON.equals(line) && line != null) {
              line = lines.readLine();
            }
          }
          out.println("{\"event\":\"goes-on\"}");
          out.flush();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
