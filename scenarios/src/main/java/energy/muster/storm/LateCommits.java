// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import energy.muster.host.HostMain;
import energy.muster.stage.LiveDatabase;
import java.io.PrintStream;

/**
 * The server with its durability switched off: once it is ready, its database is told to write
 * commits late, so that it answers before they are on disk. Its arguments are the server's.
 */
public final class LateCommits {
  private LateCommits() {}

  public static void main(String[] arguments) {
    LiveDatabase database = new LiveDatabase(arguments);
    System.setOut(
        new PrintStream(System.out, true) {
          @Override
          public void println(String line) {
            if (line.contains("\"ready\"")) {
              database.execute("SET FILES WRITE DELAY 20");
            }
            super.println(line);
          }
        });
    HostMain.main(arguments);
  }
}
