// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Position of a switching device, as IEC 61850-7-3 Dbpos. */
public enum Position {
  OPEN,
  CLOSED,
  INTERMEDIATE,
  BAD;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Position> ofWire(String wire) {
    return Arrays.stream(values()).filter(position -> position.wire().equals(wire)).findFirst();
  }
}
