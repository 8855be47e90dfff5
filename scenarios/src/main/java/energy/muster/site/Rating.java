// SPDX-License-Identifier: Apache-2.0
package energy.muster.site;

import energy.muster.command.Power;

/** What a load draws or a generator gives at most, in kW and kvar. */
public record Rating(Power active, double kilovars) {
  public Rating {
    if (active.equals(Power.ZERO) || kilovars < 0) {
      throw new IllegalArgumentException(
          "a rating is more than 0 kW and at least 0 kvar, not "
              + active
              + ", "
              + kilovars
              + " kvar");
    }
  }
}
