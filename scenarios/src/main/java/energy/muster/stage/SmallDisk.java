// SPDX-License-Identifier: Apache-2.0
package energy.muster.stage;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A small disk of its own for some devices' journals, which can stand still for a while and be
 * full. Takes root and a loop device; without them there is none, and its faults are left out.
 */
public final class SmallDisk implements AutoCloseable {
  private static final int CHUNK = 4096;
  private static final long BY_CHUNKS = 1024L * 1024;

  private final Path folder;
  private final Path ballast;
  private final long bytes;
  private boolean stalled;

  private SmallDisk(Path folder, long bytes) {
    this.folder = folder;
    this.bytes = bytes;
    this.ballast = folder.resolve("ballast");
  }

  /** There is no such disk here; the text says why. */
  public static final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    private Unavailable(String why) {
      super(why);
    }
  }

  /**
   * Makes one of so many bytes.
   *
   * @throws Unavailable without root, or where there are no loop devices
   */
  public static SmallDisk mount(Path folder, long bytes)
      throws IOException, InterruptedException, Unavailable {
    Files.createDirectories(folder);
    Path image = folder.resolveSibling(folder.getFileName() + ".img");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(bytes);
    }
    // No part is kept back for root, as whom the devices run here.
    run("mkfs.ext4", "-q", "-F", "-m", "0", image.toString());
    run("mount", "-o", "loop", image.toString(), folder.toString());
    return new SmallDisk(folder, bytes);
  }

  private static void run(String... command) throws InterruptedException, Unavailable {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new Unavailable(command[0] + " does not work here: " + said.strip());
      }
    } catch (IOException e) {
      throw new Unavailable(command[0] + " cannot be run here: " + e.getMessage());
    }
  }

  public Path folder() {
    return folder;
  }

  /** From now on a write waits. */
  public synchronized void stall() throws InterruptedException {
    if (!stalled) {
      must("fsfreeze", "-f", folder.toString());
      stalled = true;
    }
  }

  /** Takes every byte that is free. */
  public synchronized void fill() throws IOException, InterruptedException {
    if (stalled) {
      return;
    }
    // Nearly all of it at once, the last of it as others write.
    long most = folder.toFile().getUsableSpace() - BY_CHUNKS;
    if (most > 0) {
      try {
        run("fallocate", "-l", Long.toString(most), ballast.toString());
      } catch (Unavailable taken) {
        // Somebody else was faster; what is left is taken by chunks.
      }
    }
    byte[] chunk = new byte[CHUNK];
    try (OutputStream out =
        Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (long written = 0; written < bytes; written += CHUNK) {
        out.write(chunk);
      }
    } catch (IOException full) {
      if (!Files.exists(ballast)) {
        throw full;
      }
    }
  }

  /** As new. */
  public synchronized void heal() throws IOException, InterruptedException {
    if (stalled) {
      must("fsfreeze", "-u", folder.toString());
      stalled = false;
    }
    Files.deleteIfExists(ballast);
  }

  private static void must(String... command) throws InterruptedException {
    try {
      run(command);
    } catch (Unavailable e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      heal();
      must("umount", folder.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
