// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import java.io.IOException;
import java.nio.file.Path;

/** What the firmware needs of the device's storage. Every call may be the last before a cut. */
public interface Disk {
  void folder(Path folder) throws IOException;

  boolean exists(Path file);

  /** In bytes; 0 where there is no such file. */
  long size(Path file) throws IOException;

  /** A small file, whole. */
  byte[] read(Path file) throws IOException;

  /** So many bytes from there, fewer where the file ends. */
  byte[] read(Path file, long offset, int length) throws IOException;

  /** Replaces a small file so that after a cut there is the old one or the new one. */
  void replace(Path file, byte[] content) throws IOException;

  /**
   * Writes some bytes of a large file; not synced.
   *
   * @throws DiskFullException when there is no room
   */
  void write(Path file, long offset, byte[] bytes) throws IOException;

  /** What was written to this file is there after a cut. */
  void sync(Path file) throws IOException;

  /** Renames within one file system, in place of what was there; kept over a cut. */
  void move(Path from, Path to) throws IOException;

  /** Lets the owner run it. */
  void executable(Path file) throws IOException;

  /** Removes it, if it is there. */
  void delete(Path file) throws IOException;

  /** How many bytes there is room for. */
  long room(Path folder) throws IOException;
}
