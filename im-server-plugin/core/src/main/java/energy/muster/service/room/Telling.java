// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.room;

import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.service.desk.Pause;
import energy.muster.service.desk.Timetable;
import energy.muster.service.journal.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One order in one room: a line for each answer, or, where that would bury the room, how far it has
 * come, once a second at the most, and how it ended.
 */
final class Telling {
  /** With more devices than this, answers are counted and not told one by one. */
  static final int SINGLE = 5;

  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private final OrderWords words;
  private final Map<BareJid, DeliveryState> states = new LinkedHashMap<>();
  private final Room room;
  private final Timetable timetable;
  private final InstantSource clock;
  private Pause quiet = Pause.NONE;
  private boolean waiting;
  private int open;

  Telling(
      OrderWords words,
      List<Delivery> deliveries,
      Room room,
      Timetable timetable,
      InstantSource clock) {
    this.words = words;
    this.room = room;
    this.timetable = timetable;
    this.clock = clock;
    deliveries.forEach(each -> states.put(each.device(), each.state()));
    open = (int) states.values().stream().filter(state -> !state.terminal()).count();
  }

  boolean over() {
    return open == 0;
  }

  void begin() {
    room.announce(words.order(), clock.instant());
    quiet = Pause.of(clock.instant(), BETWEEN);
  }

  void move(BareJid device, DeliveryState state, String text) {
    DeliveryState before = states.get(device);
    if (before == null || before.terminal() || before == state) {
      return;
    }
    states.put(device, state);
    if (state.terminal()) {
      open--;
    }
    if (states.size() <= SINGLE) {
      room.announce(words.answer(device, state, text), clock.instant());
    } else if (over()) {
      room.announce(words.end(states), clock.instant());
    } else if (!waiting) {
      waiting = true;
      Instant now = clock.instant();
      if (quiet.over(now)) {
        tell();
      } else {
        timetable.after(quiet.left(now), this::tell);
      }
    }
  }

  private void tell() {
    waiting = false;
    if (!over()) {
      room.announce(words.progress(states), clock.instant());
      quiet = Pause.of(clock.instant(), BETWEEN);
    }
  }
}
