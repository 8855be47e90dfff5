// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.service.desk.Timetable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Looks at a thing when something happens to it: at once the first time, and then only once an
 * interval, however much happens. Only for use at the desk.
 */
final class Paced<T> {
  private final Map<T, Boolean> lately = new HashMap<>();
  private final Duration interval;
  private final Timetable timetable;
  private final Consumer<T> look;

  Paced(Duration interval, Timetable timetable, Consumer<T> look) {
    this.interval = interval;
    this.timetable = timetable;
    this.look = look;
  }

  void touch(T thing) {
    if (lately.containsKey(thing)) {
      lately.put(thing, true);
      return;
    }
    lately.put(thing, false);
    timetable.after(interval, () -> end(thing));
    look.accept(thing);
  }

  private void end(T thing) {
    boolean touched = lately.remove(thing);
    if (touched) {
      touch(thing);
    }
  }
}
