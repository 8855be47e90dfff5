// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Counts the commits in the log of the server's HSQLDB, whoever made them. With its write delay off
 * the database syncs the log at every commit and at no other time, as a trace of its system calls
 * shows, so commits are syncs.
 */
final class CommitLog {
  /** A line break within a value is escaped there, so no value looks like this. */
  private static final Pattern COMMIT =
      Pattern.compile("^(/\\*C\\d+\\*/)?COMMIT\r?$", Pattern.MULTILINE);

  private final Path log;
  private long read;

  CommitLog(Path log) {
    this.log = log;
  }

  /** How many since it was last asked; empty when the database began a new log since. */
  OptionalInt more() throws IOException {
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < read) {
        read = size;
        return OptionalInt.empty();
      }
      ByteBuffer added = ByteBuffer.allocate(Math.toIntExact(size - read));
      int got = 0;
      while (added.hasRemaining() && got >= 0) {
        got = channel.read(added, read + added.position());
      }
      // ISO 8859-1: each byte one character, whatever the values hold.
      String text = new String(added.array(), 0, added.position(), StandardCharsets.ISO_8859_1);
      int whole = text.lastIndexOf('\n') + 1;
      read += whole;
      return OptionalInt.of(
          Math.toIntExact(COMMIT.matcher(text.substring(0, whole)).results().count()));
    }
  }
}
