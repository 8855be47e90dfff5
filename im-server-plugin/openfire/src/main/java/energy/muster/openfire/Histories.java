// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.service.room.History;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.dom4j.Element;

/** How much of the past a client asks for when it enters (XEP-0045 7.2.14). */
final class Histories {
  private Histories() {}

  /** What cannot be read counts as not said: a client's slip should not keep it out. */
  static History read(Element join, Instant now) {
    Element asked = join.element("history");
    if (asked == null) {
      return History.ALL;
    }
    // Lines are short: of maxchars only none at all means anything here.
    boolean none = number(asked, "maxchars").filter(most -> most == 0).isPresent();
    int lines = none ? 0 : number(asked, "maxstanzas").orElse(History.ALL.lines());
    Optional<Instant> since = since(asked);
    return new History(
        lines, since.isPresent() ? since : number(asked, "seconds").map(now::minusSeconds));
  }

  private static Optional<Integer> number(Element asked, String name) {
    try {
      return Optional.ofNullable(asked.attributeValue(name)).map(Integer::valueOf);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> since(Element asked) {
    try {
      return Optional.ofNullable(asked.attributeValue("since"))
          .map(text -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
