// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import energy.muster.service.journal.Entry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Appends for ever and prints what was acknowledged, until it is killed. */
final class KilledWriter {
  private KilledWriter() {}

  public static void main(String[] arguments) throws Exception {
    TestDatabase database =
        new TestDatabase(TestDatabase.Engine.valueOf(arguments[0]), arguments[1]);
    database.install();
    Durability.ensure(database::open);
    JdbcJournal journal = new JdbcJournal(database::open);
    for (long n = 0; ; n++) {
      journal
          .append(new Entry.Noticed(Instant.EPOCH, "test", Optional.empty(), "notice " + n))
          .toCompletableFuture()
          .join();
      System.out.println(n);
      System.out.flush();
    }
  }

  /** Runs one in a process of its own, and kills it; the last number that it acknowledged. */
  static long killedAfter(long acknowledged, TestDatabase database, TestDatabase.Engine engine)
      throws IOException, InterruptedException {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                engine.name(),
                database.url())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long last = -1;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(writer.getInputStream(), UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        last = line.matches("\\d+") ? Long.parseLong(line) : last;
        if (last == acknowledged) {
          // Of the handle, not the process: what it had printed is still to be read.
          writer.toHandle().destroyForcibly();
        }
      }
    }
    writer.waitFor();
    return last;
  }
}
