// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import energy.muster.firmware.ChunkList;
import energy.muster.firmware.Image;
import energy.muster.refusal.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is there of an image that is being fetched. Nothing is noted of which pieces are there: each
 * is checked again by its digest, so that whatever a cut left behind is either right or fetched
 * again.
 */
public final class Download {
  private static final long SPARE = 1024 * 1024;

  private final Path folder;
  private final Disk disk;

  /**
   * @param folder in which it is kept
   */
  public Download(Path folder, Disk disk) {
    this.folder = folder;
    this.disk = disk;
  }

  private Path listFile() {
    return folder.resolve("list");
  }

  Path image() {
    return folder.resolve("image");
  }

  /** The list of this image's chunks, if it is there. */
  Optional<ChunkList> list(Image image) throws IOException {
    disk.folder(folder);
    if (disk.size(listFile()) != ChunkList.size(image)) {
      return Optional.empty();
    }
    try {
      return Optional.of(ChunkList.read(disk.read(listFile()), image));
    } catch (Refused anothers) {
      return Optional.empty();
    }
  }

  /** A new list: what is there of another image is of no use. */
  void begin(ChunkList list) throws IOException {
    disk.delete(image());
    disk.replace(listFile(), list.bytes());
  }

  /** Whether there is room for what lacks. */
  boolean fits(Image image) throws IOException {
    return disk.room(folder) >= image.size() - disk.size(image()) + SPARE;
  }

  boolean has(ChunkList list, int index) throws IOException {
    Image image = list.image();
    int length = image.length(index);
    return disk.size(image()) >= image.offset(index) + length
        && list.holds(index, disk.read(image(), image.offset(index), length));
  }

  void put(Image image, int index, byte[] bytes) throws IOException {
    disk.write(image(), image.offset(index), bytes);
  }

  /** Nothing of it is wanted any more. */
  public void clear() throws IOException {
    disk.delete(image());
    disk.delete(listFile());
  }
}
