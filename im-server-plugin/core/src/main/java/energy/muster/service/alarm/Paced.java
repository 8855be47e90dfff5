// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.service.desk.Timetable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Looks at a thing when something happens to it: at once the first times, and then only once an
 * interval, however much happens. Only for use at the desk.
 */
final class Paced<T> {
  private final Map<T, Integer> lately = new HashMap<>();
  private final int atOnce;
  private final Duration interval;
  private final Timetable timetable;
  private final Consumer<T> look;

  /**
   * @param atOnce how often it looks within an interval without waiting
   */
  Paced(int atOnce, Duration interval, Timetable timetable, Consumer<T> look) {
    this.atOnce = atOnce;
    this.interval = interval;
    this.timetable = timetable;
    this.look = look;
  }

  void touch(T thing) {
    int times = lately.merge(thing, 1, Integer::sum);
    if (times == 1) {
      timetable.after(interval, () -> end(thing));
    }
    if (times <= atOnce) {
      look.accept(thing);
    }
  }

  private void end(T thing) {
    int times = lately.remove(thing);
    if (times > atOnce) {
      touch(thing);
    }
  }
}
