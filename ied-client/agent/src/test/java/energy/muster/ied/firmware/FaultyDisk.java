// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A disk whose machine loses its power before one of the changes to it, or in the middle. */
final class FaultyDisk implements Disk {
  private final Disk disk;
  private int left = Integer.MAX_VALUE;
  private boolean half;
  private long room = Long.MAX_VALUE;
  private int changes;

  /** The power is gone; nothing of the device runs on. */
  static final class PowerCut extends Error {
    private static final long serialVersionUID = 1L;
  }

  FaultyDisk(Disk disk) {
    this.disk = disk;
  }

  /**
   * @param after so many more changes
   * @param middle whether some bytes of the change itself are written
   */
  void cut(int after, boolean middle) {
    left = after;
    half = middle;
    changes = 0;
  }

  /** Changes since the last {@link #cut}. */
  int changes() {
    return changes;
  }

  void room(long bytes) {
    room = bytes;
  }

  private boolean powered() {
    changes++;
    return left-- > 0;
  }

  private void change() {
    if (!powered()) {
      throw new PowerCut();
    }
  }

  @Override
  public void folder(Path folder) throws IOException {
    change();
    disk.folder(folder);
  }

  @Override
  public boolean exists(Path file) {
    return disk.exists(file);
  }

  @Override
  public long size(Path file) throws IOException {
    return disk.size(file);
  }

  @Override
  public byte[] read(Path file) throws IOException {
    return disk.read(file);
  }

  @Override
  public byte[] read(Path file, long offset, int length) throws IOException {
    return disk.read(file, offset, length);
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    change();
    disk.replace(file, content);
  }

  @Override
  public void write(Path file, long offset, byte[] bytes) throws IOException {
    if (room < bytes.length) {
      throw new DiskFullException("no room");
    }
    if (!powered()) {
      if (half) {
        disk.write(file, offset, Arrays.copyOf(bytes, bytes.length / 2));
      }
      throw new PowerCut();
    }
    disk.write(file, offset, bytes);
  }

  @Override
  public void sync(Path file) throws IOException {
    change();
    disk.sync(file);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    change();
    disk.move(from, to);
  }

  @Override
  public void executable(Path file) throws IOException {
    change();
    disk.executable(file);
  }

  @Override
  public void delete(Path file) throws IOException {
    change();
    disk.delete(file);
  }

  @Override
  public long room(Path folder) throws IOException {
    return Math.min(room, disk.room(folder));
  }
}
