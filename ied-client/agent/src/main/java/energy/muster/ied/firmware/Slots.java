// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import energy.muster.firmware.Image;
import energy.muster.seal.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * The two slots of a device and which of them counts. A slot that is tried is kept once somebody
 * confirms it; until then a few starts, or one that fails, lead back to the one before. Used by one
 * thread at a time.
 */
public final class Slots {
  /** A new firmware that was not confirmed after so many starts is left again. */
  static final int MOST_TRIES = 3;

  private static final int AT_ONCE = 32 * 1024;

  private final Path folder;
  private final Disk disk;
  private volatile BootRecord record;

  private Slots(Path folder, Disk disk, BootRecord record) {
    this.folder = folder;
    this.disk = disk;
    this.record = record;
  }

  /**
   * Opens them, or makes them.
   *
   * @param came what the device came with, for its very first start
   */
  public static Slots open(Path folder, Disk disk, Firmware came) throws IOException {
    disk.folder(folder);
    for (Slot slot : Slot.values()) {
      disk.folder(folder.resolve(slot.wire()));
    }
    Path file = boot(folder);
    if (disk.exists(file)) {
      return new Slots(folder, disk, BootRecord.read(disk.read(file)));
    }
    Slots slots = new Slots(folder, disk, BootRecord.first(came));
    slots.keep(slots.record);
    return slots;
  }

  private static Path boot(Path folder) {
    return folder.resolve("boot.json");
  }

  public BootRecord record() {
    return record;
  }

  /** The device starts: counted first, then what is on trial is run or left. */
  public void start(Program program) throws IOException {
    boolean spent = record.trial().filter(it -> it.tries() >= MOST_TRIES).isPresent();
    count();
    if (spent) {
      fallBack("it was not back in service after " + MOST_TRIES + " starts");
    } else if (record.trial().isPresent()) {
      Path image = image(record.trial().get().slot());
      Optional<String> wrong = program.run(image, Program.Task.BOOT, record.running());
      if (wrong.isPresent()) {
        fallBack(wrong.get());
      }
    }
  }

  private void count() throws IOException {
    BootRecord started = record.started();
    try {
      keep(started);
    } catch (DiskFullException full) {
      // The device must come up all the same; it is written down with the next change.
      record = started;
    }
  }

  /** Where the image of a new firmware goes. */
  Path free() {
    return image(record.active().other());
  }

  private Path image(Slot slot) {
    return folder.resolve(slot.wire()).resolve("image");
  }

  /** Whether the free slot has exactly this image already. */
  boolean holds(Image image) throws IOException {
    return isWhole(free(), image);
  }

  /** Whether a file is exactly this image, read piece by piece. */
  boolean isWhole(Path file, Image image) throws IOException {
    if (disk.size(file) != image.size()) {
      return false;
    }
    MessageDigest digest = Digest.sha256();
    for (long at = 0; at < image.size(); at += AT_ONCE) {
      digest.update(disk.read(file, at, AT_ONCE));
    }
    return new Digest(digest.digest()).equals(image.digest());
  }

  /** Puts a whole image into the free slot; what runs stays as it is. */
  void put(Path whole) throws IOException {
    disk.sync(whole);
    disk.move(whole, free());
  }

  /** The free slot's image may be run. */
  void runnable() throws IOException {
    disk.executable(free());
    disk.sync(free());
  }

  /** The next start tries what the free slot holds. */
  void tryNext(Firmware next) throws IOException {
    keep(record.trying(next));
  }

  /** What is on trial is in service: from now on it counts. */
  public void confirm() throws IOException {
    if (record.trial().isPresent()) {
      keep(record.confirmed());
    }
  }

  private void fallBack(String why) throws IOException {
    keep(record.fallenBack(why));
  }

  // In memory only once it is on disk.
  private void keep(BootRecord next) throws IOException {
    disk.replace(boot(folder), next.write());
    record = next;
  }
}
