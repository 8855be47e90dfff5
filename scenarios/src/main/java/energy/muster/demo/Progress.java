// SPDX-License-Identifier: Apache-2.0
package energy.muster.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Says what is being done and how long it took, so that nobody wonders whether it hangs. */
final class Progress {
  private final PrintStream out;
  private final long begin = System.nanoTime();

  Progress(PrintStream out) {
    this.out = out;
  }

  void step(String what, Runnable work) {
    long start = System.nanoTime();
    out.print("  " + what + " …");
    out.flush();
    work.run();
    out.println(" " + seconds(start));
  }

  void done(String text) {
    out.println("  " + text + " (" + seconds(begin) + ")");
  }

  private static String seconds(long since) {
    Duration took = Duration.ofNanos(System.nanoTime() - since);
    return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
  }
}
