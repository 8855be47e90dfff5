// SPDX-License-Identifier: Apache-2.0
package energy.muster.site;

import energy.muster.branch.Mandate;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The mandate that a person signs for a master IED when the site is started.
 *
 * @param verbs in the order in which it is to try them
 * @param most how much its orders may move together
 * @param floor how much load stays on
 * @param length from the site's start until it ends
 */
public record StandingMandate(List<Verb> verbs, Power most, Power floor, Duration length) {
  public StandingMandate {
    verbs = List.copyOf(verbs);
    if (verbs.isEmpty()) {
      throw new IllegalArgumentException("a standing mandate is for one verb at least");
    }
    if (length.isNegative() || length.isZero() || length.compareTo(Mandate.LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a mandate lasts " + Mandate.LONGEST.toDays() + " days at most");
    }
  }

  /** As the person types it at a console. */
  public String line(String master) {
    String all = verbs.stream().map(Verb::wire).collect(Collectors.joining(", "));
    return "mandate %s to %s up to %s keeping %s for %d h"
        .formatted(master, all, most, floor, length.toHours());
  }
}
