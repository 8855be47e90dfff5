// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How sure the service is that a device is there, surest first. */
public enum Certainty {
  /** A proven session, heard within its lease. */
  REAL,
  /** A proven session whose lease is overdue, within grace. */
  ACTUAL,
  /** Some session of the account, not the proven one. */
  NETWORK,
  /** No session; where and when it was last seen is known. */
  TEMPORARY,
  /** No session; its contact schedule says when it comes next. */
  PREDICTED;

  /** Whether a command can be sent now. */
  public boolean reachable() {
    return this == REAL || this == ACTUAL;
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Certainty> ofWire(String wire) {
    return Arrays.stream(values()).filter(certainty -> certainty.wire().equals(wire)).findFirst();
  }
}
