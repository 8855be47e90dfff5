// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.alarm.AlarmTransition.Kind;
import energy.muster.service.desk.Timetable;
import energy.muster.service.journal.AlarmArchive.Past;
import energy.muster.service.journal.AlarmRecord;
import energy.muster.service.journal.AlarmsRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How often each point has begun lately: one that comes too often goes on with the alarm it last
 * had. Only for use at the desk.
 */
final class Chatter {
  private static final Set<Kind> ONSETS = EnumSet.of(Kind.RAISED, Kind.FOLDED);

  private final Map<Point, Memory> memories = new HashMap<>();
  private final AlarmBook book;
  private final Timetable timetable;
  private final InstantSource clock;

  /**
   * What was lately of a point.
   *
   * @param closed its last alarm, if that is over
   */
  private record Memory(Folding folding, Optional<OpenAlarm> closed) {
    static final Memory NOTHING = new Memory(Folding.NEVER, Optional.empty());
  }

  Chatter(AlarmBook book, Timetable timetable, InstantSource clock) {
    this.book = book;
    this.timetable = timetable;
    this.clock = clock;
  }

  /** After the book was. */
  void recover(AlarmsRecord known) {
    for (Past past : known.lately()) {
      if (ONSETS.contains(past.transition().kind())) {
        begins(Point.of(past.branch(), past.device(), past.rule()), past.transition().at());
      }
    }
    for (AlarmRecord record : known.closed()) {
      over(OpenAlarm.of(record));
    }
    Instant now = clock.instant();
    for (OpenAlarm alarm : book.all()) {
      if (alarm.chattering()) {
        timetable.at(now, () -> quiet(alarm.point()));
      }
    }
  }

  /** It begins now. */
  void begins(Point point) {
    begins(point, clock.instant());
  }

  private void begins(Point point, Instant at) {
    Folding folding = memory(point).folding().onset(at);
    memories.put(point, new Memory(folding, memory(point).closed()));
    timetable.at(folding.quiet(), () -> quiet(point));
  }

  private Memory memory(Point point) {
    return memories.getOrDefault(point, Memory.NOTHING);
  }

  /** The alarm that a point which has just begun goes on with: one that is open, if it is. */
  Optional<OpenAlarm> goesOn(Point point) {
    Memory memory = memory(point);
    memories.computeIfPresent(point, (any, known) -> new Memory(known.folding(), Optional.empty()));
    return book.at(point).or(() -> isOften(point) ? memory.closed() : Optional.empty());
  }

  /** Whether it has come too often lately to be told of each time. */
  boolean isOften(Point point) {
    return memory(point).folding().chattering(clock.instant());
  }

  void over(OpenAlarm alarm) {
    memories.computeIfPresent(
        alarm.point(), (any, known) -> new Memory(known.folding(), Optional.of(alarm)));
  }

  private void quiet(Point point) {
    if (memory(point).folding().quiet().isAfter(clock.instant())) {
      return;
    }
    memories.remove(point);
    book.at(point)
        .filter(OpenAlarm::chattering)
        .ifPresent(
            alarm -> {
              alarm.chattering(false);
              book.writeSoon(alarm);
            });
  }
}
