// SPDX-License-Identifier: Apache-2.0
package energy.muster.alarm;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How soon a person has to act, most urgent first. */
public enum Priority {
  /** At once: what it warns of does harm within minutes. */
  CRITICAL,
  HIGH,
  MEDIUM,
  /** When there is time. */
  LOW;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Priority> ofWire(String wire) {
    return Arrays.stream(values()).filter(priority -> priority.wire().equals(wire)).findFirst();
  }

  public boolean isMoreUrgentThan(Priority other) {
    return compareTo(other) < 0;
  }

  @Override
  public String toString() {
    return wire();
  }
}
