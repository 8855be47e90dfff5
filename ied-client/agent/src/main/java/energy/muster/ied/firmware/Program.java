// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import java.nio.file.Path;
import java.util.Optional;

/** Runs a firmware's image. */
public interface Program {
  /** What an image is run for. */
  enum Task {
    /** Before it counts: whether it is what it is said to be, on this device. */
    SELF_TEST("self-test"),
    /** At the start of the device. */
    BOOT("boot");

    private final String word;

    Task(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /**
   * Why it did not pass; empty when it did.
   *
   * @param expected what it must say of itself
   */
  Optional<String> run(Path image, Task task, Firmware expected);
}
