// SPDX-License-Identifier: Apache-2.0
package energy.muster.alarm;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How an alarm stands, by ISA-18.2 (IEC 62682). */
public enum AlarmState {
  /** Over, and nothing of it is left to do. */
  NORMAL,
  /** It is so, and nobody has taken it on. */
  UNACKNOWLEDGED,
  /** It is so, and somebody has taken it on. */
  ACKNOWLEDGED,
  /** It is over by itself, and nobody has taken note. */
  RETURNED_UNACKNOWLEDGED,
  /** It is over, but stays until a person resets it, acknowledged or not. */
  LATCHED,
  /** Put aside by a person for a while. */
  SHELVED,
  /** Put aside because something else explains it. */
  SUPPRESSED_BY_DESIGN,
  /** Its point is not believed until an engineer puts it back in service. */
  OUT_OF_SERVICE;

  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether nobody is looked for, whatever the alarm does. */
  public boolean aside() {
    return this == SHELVED || this == SUPPRESSED_BY_DESIGN || this == OUT_OF_SERVICE;
  }

  public static Optional<AlarmState> ofWire(String wire) {
    return Arrays.stream(values()).filter(state -> state.wire().equals(wire)).findFirst();
  }

  @Override
  public String toString() {
    return wire();
  }
}
