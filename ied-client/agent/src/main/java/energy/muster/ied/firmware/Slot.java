// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** One of the two places for a firmware; the one that runs is never written to. */
public enum Slot {
  A,
  B;

  public Slot other() {
    return this == A ? B : A;
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Slot> ofWire(String wire) {
    return Arrays.stream(values()).filter(slot -> slot.wire().equals(wire)).findFirst();
  }
}
