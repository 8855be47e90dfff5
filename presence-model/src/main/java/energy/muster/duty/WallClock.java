// SPDX-License-Identifier: Apache-2.0
package energy.muster.duty;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/** When the clock on a wall shows a time. */
final class WallClock {
  private WallClock() {}

  /**
   * A time that the clock skips is when it skips it, and one that it shows twice is the first. So a
   * later time is never an earlier moment, also where a whole day is skipped.
   */
  static Instant shows(LocalDateTime time, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    ZoneOffsetTransition change = rules.getTransition(time);
    return change != null && change.isGap()
        ? change.getInstant()
        : time.toInstant(change != null ? change.getOffsetBefore() : rules.getOffset(time));
  }
}
