// SPDX-License-Identifier: Apache-2.0
package energy.muster.site;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What joins two buses.
 *
 * @param normallyClosed false for a tie, which carries nothing until somebody closes it
 */
public record Line(
    String id, String from, String to, Phases phases, Kind kind, boolean normallyClosed) {

  /** How it joins them. */
  public enum Kind {
    LINE,
    SWITCH,
    TRANSFORMER,
    REGULATOR;

    static Optional<Kind> ofName(String name) {
      return Arrays.stream(values())
          .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(name))
          .findFirst();
    }
  }

  public Line {
    if (from.equals(to)) {
      throw new IllegalArgumentException("line " + id + " joins bus " + from + " to itself");
    }
    if (!normallyClosed && kind != Kind.SWITCH) {
      throw new IllegalArgumentException("line " + id + " is no switch and cannot be open");
    }
  }

  boolean touches(String bus) {
    return from.equals(bus) || to.equals(bus);
  }
}
