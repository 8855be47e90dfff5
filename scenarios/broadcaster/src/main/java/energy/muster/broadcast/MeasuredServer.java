// SPDX-License-Identifier: Apache-2.0
package energy.muster.broadcast;

import energy.muster.host.HostMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Locale;

/**
 * The server, that does what a benchmark says on its standard input, one command a line, and
 * answers each with an event. Its arguments are the server's.
 *
 * <ul>
 *   <li>{@code broadcast PREFIX CHARACTERS}: one request to every session of such an account
 *   <li>{@code heap}: how much of it is in use after a collection
 *   <li>{@code subscribe WATCHERS WATCHED}: everybody of the first prefix to everybody of the
 *       second, by plain rosters
 * </ul>
 */
public final class MeasuredServer {
  private MeasuredServer() {}

  public static void main(String[] arguments) {
    // The server's own output: the server diverts what others print to its log.
    PrintStream out = System.out;
    Thread reader = new Thread(() -> obey(out), "measured");
    reader.setDaemon(true);
    // Whoever measures sees at once that there is nothing to measure.
    reader.setUncaughtExceptionHandler(
        (thread, failure) -> {
          failure.printStackTrace(out);
          Runtime.getRuntime().halt(1);
        });
    reader.start();
    HostMain.main(arguments);
  }

  private static void obey(PrintStream out) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.println(answer(line.split(" ", -1)));
        out.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String answer(String[] words) throws InterruptedException, SQLException {
    return switch (words[0]) {
      case "broadcast" -> {
        Broadcast broadcast = new Broadcast(words[1], Integer.parseInt(words[2]));
        long nanos = broadcast.run().toNanos();
        yield event("broadcast", "sessions", broadcast.sessions(), "nanos", nanos);
      }
      case "heap" -> event("heap", "bytes", used(), "sessions", Sessions.count());
      case "subscribe" -> {
        int entries = PlainRosters.subscribe(words[1], words[2]);
        yield event("subscribed", "entries", entries, "sessions", Sessions.count());
      }
      default -> throw new IllegalArgumentException("there is no command " + words[0]);
    };
  }

  private static String event(String name, String one, long value, String other, long also) {
    return String.format(
        Locale.ROOT, "{\"event\":\"%s\",\"%s\":%d,\"%s\":%d}", name, one, value, other, also);
  }

  private static long used() {
    // The second also frees what the first one's finalizers let go.
    System.gc();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
