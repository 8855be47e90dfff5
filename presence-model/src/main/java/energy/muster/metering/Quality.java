// SPDX-License-Identifier: Apache-2.0
package energy.muster.metering;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is to be known of an interval's energy. One without any of these is valid. */
public enum Quality {
  /** Not measured but worked out from something else. */
  ESTIMATED,
  /** There is no value; it counts as none. */
  MISSING,
  /** Takes the place of another value, which is kept. */
  CORRECTED,
  /** The meter was not sure of the time. */
  CLOCK_UNSURE,
  /** The meter was without power for a part of it. */
  POWER_LOST,
  /** Measured, and not what was to be expected; somebody should look. */
  SUSPECT;

  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Quality> ofWire(String wire) {
    return Arrays.stream(values()).filter(quality -> quality.wire().equals(wire)).findFirst();
  }

  static Quality parse(String wire) {
    return ofWire(wire)
        .orElseThrow(() -> new IllegalArgumentException("there is no quality '" + wire + "'"));
  }
}
