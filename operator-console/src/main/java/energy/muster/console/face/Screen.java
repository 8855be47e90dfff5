// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import java.util.List;

/** Where a text face writes: lines that stay, and one that is replaced. */
@FunctionalInterface
public interface Screen {
  /** Shows a line, or lines, that stay. */
  void print(String text);

  /** Shows a line below all others that the next such line replaces; an empty one removes it. */
  default void status(String text) {}

  /**
   * Shows lines below all others that the next such lines replace; none removes them.
   *
   * @return false where nothing can be replaced
   */
  default boolean board(List<String> lines) {
    return false;
  }

  /** How wide it is now. */
  default int columns() {
    return 80;
  }

  /** How high it is now. */
  default int rows() {
    return 24;
  }

  /** Calls somebody who looks elsewhere. */
  default void bell() {}
}
