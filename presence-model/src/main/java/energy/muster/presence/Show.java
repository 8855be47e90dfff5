// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** RFC 6121 {@code <show>} as Muster uses it; {@link #AVAILABLE} is the absence of the element. */
public enum Show {
  AVAILABLE,
  AWAY,
  DND;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Show> ofWire(String wire) {
    return Arrays.stream(values()).filter(show -> show.wire().equals(wire)).findFirst();
  }
}
