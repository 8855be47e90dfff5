// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All that was typed and seen in a story, in order; also what a person reads while it plays. */
public final class Transcript {
  private final List<String> lines = new ArrayList<>();
  private final PrintStream out;

  public Transcript(PrintStream out) {
    this.out = out;
  }

  public synchronized void line(String text) {
    lines.add(text);
    out.println(text);
  }

  void note(String text) {
    line("");
    line("-- " + text);
  }

  void checked(String promise) {
    line("   ✓ " + promise);
  }

  /** Whether any line so far holds the text. */
  public synchronized boolean says(String text) {
    return lines.stream().anyMatch(line -> line.contains(text));
  }

  public synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
  }
}
