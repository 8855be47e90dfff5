// SPDX-License-Identifier: Apache-2.0
package energy.muster.stage;

import energy.muster.host.HostMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Runs the server in this JVM, and beside it a thread that does what its standard input says. */
public final class CommandedServer {
  // The server's own output: the server diverts what others print to its log.
  private final PrintStream out = System.out;
  private final Commands commands;

  /** What can be said to it. */
  @FunctionalInterface
  public interface Commands {
    /** Returns when there are no more lines. */
    void obey(BufferedReader lines, CommandedServer server) throws IOException;
  }

  private CommandedServer(Commands commands) {
    this.commands = commands;
  }

  /**
   * Ends with the server.
   *
   * @param arguments the server's
   */
  public static void run(String[] arguments, String name, Commands commands) {
    Thread reader = new Thread(new CommandedServer(commands)::listen, name);
    reader.setDaemon(true);
    reader.start();
    HostMain.main(arguments);
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      commands.obey(lines, this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Answers with an event.
   *
   * @param json as text: nothing but the server is on this JVM's class path
   */
  public void say(String json) {
    out.println(json);
    out.flush();
  }
}
