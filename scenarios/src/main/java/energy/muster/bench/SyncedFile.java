// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file on the disk of the journals, to see what one sync costs there. */
final class SyncedFile implements AutoCloseable {
  private static final int RECORD_BYTES = 2048;

  private final FileChannel channel;
  private final ByteBuffer entry = ByteBuffer.allocate(RECORD_BYTES);

  SyncedFile(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  void write() throws IOException {
    entry.clear();
    while (entry.hasRemaining()) {
      channel.write(entry);
    }
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
