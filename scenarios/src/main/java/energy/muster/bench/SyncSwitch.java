// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import energy.muster.stage.CommandedServer;
import energy.muster.stage.LiveDatabase;
import java.io.BufferedReader;
import java.io.IOException;

/**
 * The server, with a switch for the syncs of its database on its standard input: {@code off} and
 * {@code on}, each answered with an event. Only a bench runs it: nothing in the product can switch
 * them off. Its arguments are the server's.
 */
public final class SyncSwitch {
  /** Longer than any block lasts. */
  private static final int LATE_SECONDS = 600;

  private SyncSwitch() {}

  public static void main(String[] arguments) {
    LiveDatabase database = new LiveDatabase(arguments);
    CommandedServer.run(arguments, "sync-switch", (lines, server) -> obey(database, lines, server));
  }

  private static void obey(LiveDatabase database, BufferedReader lines, CommandedServer server)
      throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      boolean on = line.equals("on");
      database.execute("SET FILES WRITE DELAY " + (on ? "FALSE" : LATE_SECONDS));
      server.say("{\"event\":\"syncs\",\"on\":" + on + "}");
    }
  }
}
