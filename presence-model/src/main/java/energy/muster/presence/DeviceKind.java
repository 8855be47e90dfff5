// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What stands at the end of the wire. */
public enum DeviceKind {
  LOAD,
  GENERATOR,
  BREAKER,
  METER,
  RELAY,
  RTU;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<DeviceKind> ofWire(String wire) {
    return Arrays.stream(values()).filter(kind -> kind.wire().equals(wire)).findFirst();
  }
}
