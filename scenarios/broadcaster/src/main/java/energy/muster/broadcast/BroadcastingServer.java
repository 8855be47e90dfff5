// SPDX-License-Identifier: Apache-2.0
package energy.muster.broadcast;

import energy.muster.host.HostMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The server, that broadcasts when told so on its standard input: a line {@code PREFIX CHARACTERS},
 * answered with an event. Its arguments are the server's.
 */
public final class BroadcastingServer {
  private BroadcastingServer() {}

  public static void main(String[] arguments) {
    // The server's own output: the server diverts what others print to its log.
    PrintStream out = System.out;
    Thread reader = new Thread(() -> obey(out), "broadcaster");
    reader.setDaemon(true);
    reader.start();
    HostMain.main(arguments);
  }

  private static void obey(PrintStream out) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", -1);
        Broadcast broadcast = new Broadcast(words[0], Integer.parseInt(words[1]));
        long nanos = broadcast.run().toNanos();
        out.printf(
            "{\"event\":\"broadcast\",\"sessions\":%d,\"nanos\":%d}%n",
            broadcast.sessions(), nanos);
        out.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
