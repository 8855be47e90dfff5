// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import energy.muster.ied.fixture.WatchedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A disk whose machine loses its power before one of the changes to it, or in the middle. */
final class FaultyDisk extends WatchedDisk {
  private int left = Integer.MAX_VALUE;
  private boolean half;
  private long room = Long.MAX_VALUE;
  private int changes;

  /** The power is gone; nothing of the device runs on. */
  static final class PowerCut extends Error {
    private static final long serialVersionUID = 1L;
  }

  FaultyDisk(Disk disk) {
    super(disk);
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

  @Override
  protected void change() {
    if (!powered()) {
      throw new PowerCut();
    }
  }

  @Override
  public void write(Path file, long offset, byte[] bytes) throws IOException {
    if (room < bytes.length) {
      throw new DiskFullException("no room");
    }
    if (!powered()) {
      if (half) {
        super.write(file, offset, Arrays.copyOf(bytes, bytes.length / 2));
      }
      throw new PowerCut();
    }
    super.write(file, offset, bytes);
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    if (room < content.length) {
      throw new DiskFullException("no room");
    }
    super.replace(file, content);
  }

  @Override
  public long room(Path folder) throws IOException {
    return Math.min(room, super.room(folder));
  }
}
