// SPDX-License-Identifier: Apache-2.0
package energy.muster.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which order goes first; emergency jumps the queue, never an interlock. */
public enum Priority {
  EMERGENCY,
  ROUTINE;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Priority> ofWire(String wire) {
    return Arrays.stream(values()).filter(priority -> priority.wire().equals(wire)).findFirst();
  }
}
