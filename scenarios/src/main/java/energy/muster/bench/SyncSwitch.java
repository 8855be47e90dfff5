// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import energy.muster.host.HostMain;
import energy.muster.stage.LiveDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

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
    // The server's own output: the server diverts what others print to its log.
    PrintStream out = System.out;
    Thread reader = new Thread(() -> obey(database, out), "sync-switch");
    reader.setDaemon(true);
    reader.start();
    HostMain.main(arguments);
  }

  private static void obey(LiveDatabase database, PrintStream out) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        boolean on = line.equals("on");
        database.execute("SET FILES WRITE DELAY " + (on ? "FALSE" : LATE_SECONDS));
        out.println("{\"event\":\"syncs\",\"on\":" + on + "}");
        out.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
