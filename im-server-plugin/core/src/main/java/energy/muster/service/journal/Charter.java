// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.seal.Sealed;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** A signed rule of the whole site, of which the newest counts. */
public record Charter(Kind kind, long revision, Sealed sealed) {
  /** What is ruled. */
  public enum Kind {
    POLICY,
    ROSTER;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Kind> ofWire(String wire) {
      return Arrays.stream(values()).filter(kind -> kind.wire().equals(wire)).findFirst();
    }
  }

  public Charter {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(sealed);
  }
}
