// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import energy.muster.pki.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** The file system of this machine. */
public final class LocalDisk implements Disk {
  /** With less than that a write that fails has failed because the disk is full. */
  private static final long SPARE = 64 * 1024;

  @Override
  public void folder(Path folder) throws IOException {
    Files.createDirectories(folder);
    syncFolder(folder.toAbsolutePath().getParent());
  }

  @Override
  public boolean exists(Path file) {
    return Files.exists(file);
  }

  @Override
  public long size(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  @Override
  public byte[] read(Path file) throws IOException {
    return Files.readAllBytes(file);
  }

  @Override
  public byte[] read(Path file, long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {
        // Until the piece is there or the file ends.
      }
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    requireRoom(file, content.length);
    filling(file, () -> AtomicFile.open(file, content));
  }

  @Override
  public void write(Path file, long offset, byte[] bytes) throws IOException {
    requireRoom(file, bytes.length);
    filling(file, () -> put(file, offset, bytes));
  }

  private static void put(Path file, long offset, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left, offset + left.position());
      }
    }
  }

  private interface Filling {
    void run() throws IOException;
  }

  /** Another program may take the room that was there a moment ago. */
  private void filling(Path file, Filling write) throws IOException {
    try {
      write.run();
    } catch (IOException e) {
      if (!(e instanceof DiskFullException) && room(file.toAbsolutePath().getParent()) < SPARE) {
        throw new DiskFullException("no room left in " + file.getParent() + ": " + e.getMessage());
      }
      throw e;
    }
  }

  private void requireRoom(Path file, int bytes) throws IOException {
    if (room(file.toAbsolutePath().getParent()) < bytes) {
      throw new DiskFullException("no room for " + bytes + " bytes in " + file.getParent());
    }
  }

  @Override
  public void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    syncFolder(file.toAbsolutePath().getParent());
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder(to.toAbsolutePath().getParent());
    syncFolder(from.toAbsolutePath().getParent());
  }

  @Override
  public void executable(Path file) throws IOException {
    if (!file.toFile().setExecutable(true, true)) {
      throw new IOException(file + " cannot be made a program");
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public long room(Path folder) throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  private static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
