// SPDX-License-Identifier: Apache-2.0
package energy.muster.alarm;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a device can notice that is no quantity: it is so, or it is not. */
public enum Happening {
  /** A breaker's protection has opened it; nobody ordered that. */
  TRIPPED("the protection has tripped"),
  SERVICE_REQUIRED("service is required"),
  /** The enclosure or the seal was opened. */
  TAMPER("it has been tampered with"),
  /** The last gasp: the device runs on what its power supply has stored. */
  SUPPLY_LOST("the supply has failed");

  private final String spoken;

  Happening(String spoken) {
    this.spoken = spoken;
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** For people, without a full stop. */
  public String spoken() {
    return spoken;
  }

  public static Optional<Happening> ofWire(String wire) {
    return Arrays.stream(values()).filter(event -> event.wire().equals(wire)).findFirst();
  }

  @Override
  public String toString() {
    return wire();
  }
}
