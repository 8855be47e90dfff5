// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.goal;

import energy.muster.command.Power;
import energy.muster.identity.Area;
import java.time.Duration;
import java.util.Map;

/**
 * What the site lays down for goals.
 *
 * @param patience how long a candidate may take to answer before the next is asked in its place
 * @param floors what the loads of an area go on drawing together, whatever a goal asks for
 */
public record GoalRules(Duration patience, Map<Area, Power> floors) {
  public GoalRules {
    floors = Map.copyOf(floors);
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("patience is more than nothing");
    }
  }

  public static GoalRules defaults() {
    return new GoalRules(Duration.ofSeconds(5), Map.of());
  }
}
