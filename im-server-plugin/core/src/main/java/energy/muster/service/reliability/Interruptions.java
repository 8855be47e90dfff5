// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.reliability;

import energy.muster.service.journal.Attendance;
import energy.muster.service.journal.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What one device's comings and goings come to. */
final class Interruptions {
  private Interruptions() {}

  /**
   * @param changes of one device, in the order in which they were found; before the first nothing
   *     is known of it
   */
  static Tally tally(List<Entry.Attended> changes, Observed observed) {
    Tally tally = new Tally(1, zero(), zero(), zero(), zero(), zero(), 0, 0);
    for (int i = 0; i < changes.size(); i++) {
      Instant begin = changes.get(i).at();
      boolean last = i + 1 == changes.size();
      // What was found later may have begun before what was found first had.
      Instant end = last ? observed.to() : Observed.later(begin, changes.get(i + 1).at());
      tally = tally.plus(stretch(changes.get(i).attendance(), observed.between(begin, end)));
    }
    return tally;
  }

  private static Tally stretch(Attendance attendance, Duration time) {
    boolean sustained = time.compareTo(Tally.MOMENTARY) > 0;
    return switch (attendance) {
      case THERE -> new Tally(0, time, zero(), zero(), zero(), zero(), 0, 0);
      case PLANNED -> new Tally(0, zero(), zero(), zero(), time, zero(), 0, 0);
      case FAULT -> interruption(time, zero(), time, sustained);
      case GOODBYE -> interruption(zero(), time, time, sustained);
    };
  }

  private static Tally interruption(
      Duration faulty, Duration left, Duration time, boolean sustained) {
    // What nobody could see counts for nothing.
    int once = time.isZero() ? 0 : 1;
    return new Tally(
        0,
        zero(),
        faulty,
        left,
        zero(),
        sustained ? time : zero(),
        sustained ? once : 0,
        sustained ? 0 : once);
  }

  private static Duration zero() {
    return Duration.ZERO;
  }
}
