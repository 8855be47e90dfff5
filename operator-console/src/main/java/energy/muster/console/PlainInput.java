// SPDX-License-Identifier: Apache-2.0
package energy.muster.console;

import energy.muster.console.session.Confirmation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jline.terminal.impl.exec.ExecTerminalProvider;
import org.jline.terminal.spi.SystemStream;

/**
 * Standard input without a screen to draw on: each line runs as soon as it is there, so that
 * another program can hold the other end, or a person whose output goes into a file or a simple
 * terminal.
 */
final class PlainInput {
  private final BufferedReader in;

  PlainInput(InputStream in) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /** Whether somebody types, rather than a program or a file. */
  static boolean isTyped() {
    return new ExecTerminalProvider().isSystemStream(SystemStream.Input);
  }

  Stream<String> lines() {
    return in.lines();
  }

  /** Asks on one line and takes the next as the answer; whoever has left says no. */
  Confirmation asking(PrintStream out) {
    return question -> {
      out.println(question + " [y/N]");
      try {
        String answer = in.readLine();
        return answer != null && Confirmation.agrees(answer);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }
}
