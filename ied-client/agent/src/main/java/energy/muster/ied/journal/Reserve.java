// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Space on the disk that is kept so that a full one stops nothing that was begun: an order that was
 * taken is answered, and a device that restarts counts its boot and comes back. While it is spent
 * no order is taken.
 */
final class Reserve {
  private static final int BYTES = 256 * 1024;

  private final Path file;
  private boolean whole;

  private Reserve(Path file) {
    this.file = file;
  }

  static Reserve of(Path journal) {
    return new Reserve(journal.resolveSibling(journal.getFileName() + ".reserve"));
  }

  /** Sets the space aside, or what there is of it; whether it is whole then. */
  synchronized boolean keep() {
    if (whole) {
      return true;
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer missing = ByteBuffer.allocate((int) Math.max(0, BYTES - channel.size()));
      while (missing.hasRemaining()) {
        channel.write(missing);
      }
      whole = true;
    } catch (IOException full) {
      whole = false;
    }
    return whole;
  }

  /** Gives the space back to the disk; false if there was none. */
  synchronized boolean spend() {
    whole = false;
    try {
      return Files.deleteIfExists(file);
    } catch (IOException e) {
      return false;
    }
  }
}
