// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the thing itself runs; {@link #NONE} where there is no switchable load of its own, as in
 * a meter.
 */
public enum Operating {
  ON,
  OFF,
  STARTING,
  STOPPING,
  NONE;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Operating> ofWire(String wire) {
    return Arrays.stream(values()).filter(state -> state.wire().equals(wire)).findFirst();
  }
}
