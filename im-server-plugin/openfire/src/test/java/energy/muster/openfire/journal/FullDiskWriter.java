// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import energy.muster.service.journal.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletionException;

/** Appends until the journal says that it cannot, and dies without closing anything. */
final class FullDiskWriter {
  /** So many times what the log has room for. */
  private static final int MOST = 50_000;

  private FullDiskWriter() {}

  public static void main(String[] arguments) throws Exception {
    TestDatabase database = new TestDatabase(TestDatabase.Engine.HSQLDB, arguments[0]);
    Durability.ensure(database::open);
    JdbcJournal journal = new JdbcJournal(database::open);
    long acknowledged = 0;
    try {
      while (acknowledged < MOST) {
        // One row, over and over: it is the log that grows, not the data file.
        journal
            .append(new Entry.Ran(Instant.EPOCH, Instant.ofEpochMilli(acknowledged + 1)))
            .toCompletableFuture()
            .join();
        acknowledged++;
      }
    } catch (CompletionException full) {
      // What counts is what was acknowledged before.
    }
    System.out.println(acknowledged);
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  /**
   * Runs one in a process of its own that cannot write files of more than so many KiB; how many
   * milliseconds it was told to be alive for.
   */
  static long fills(long kibibytes, TestDatabase database)
      throws IOException, InterruptedException {
    Process writer =
        new ProcessBuilder(
                "bash",
                "-c",
                "ulimit -f " + kibibytes + "; exec \"$@\"",
                "bash",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FullDiskWriter.class.getName(),
                database.url())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(writer.getInputStream().readAllBytes(), UTF_8).strip();
    writer.waitFor();
    return Long.parseLong(said.substring(said.lastIndexOf('\n') + 1));
  }
}
