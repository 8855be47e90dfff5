// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Timetable;
import energy.muster.service.journal.AlarmRecord;
import energy.muster.service.journal.AlarmsRecord;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The open alarms. Whatever happens to one is written down with what it then is, and told once it
 * is on disk. Only for use at the desk.
 */
final class AlarmBook {
  /** So long after the disk failed it is tried again. */
  static final Duration AGAIN = Duration.ofSeconds(5);

  private final Map<Long, OpenAlarm> open = new TreeMap<>();
  private final Map<DocumentId, OpenAlarm> byOccurrence = new HashMap<>();
  private final Map<OpenAlarm, Set<DocumentId>> occurrences = new HashMap<>();
  private final Map<Point, OpenAlarm> byPoint = new HashMap<>();
  private final Map<BareJid, Set<OpenAlarm>> byDevice = new HashMap<>();

  /** Of which the disk did not take the last. */
  private final Set<OpenAlarm> missing = new LinkedHashSet<>();

  private final Journal journal;
  private final AlarmNews news;
  private final Timetable timetable;
  private final Desk desk;
  private final InstantSource clock;
  private Consumer<OpenAlarm> ended = alarm -> {};
  private long number;
  private long revision;
  private boolean tryingAgain;

  AlarmBook(Journal journal, AlarmNews news, Timetable timetable, Desk desk, InstantSource clock) {
    this.journal = journal;
    this.news = news;
    this.timetable = timetable;
    this.desk = desk;
    this.clock = clock;
  }

  /** Set before anything else is called. */
  void ended(Consumer<OpenAlarm> hears) {
    ended = hears;
  }

  void recover(AlarmsRecord known) {
    number = known.number();
    revision = known.revision();
    for (AlarmRecord record : known.open()) {
      OpenAlarm alarm = OpenAlarm.of(record);
      known.documents(alarm.number()).forEach(earlier -> occurs(alarm, earlier));
      add(alarm);
    }
  }

  long nextNumber() {
    return ++number;
  }

  void add(OpenAlarm alarm) {
    open.put(alarm.number(), alarm);
    byPoint.put(alarm.point(), alarm);
    byDevice.computeIfAbsent(alarm.device(), any -> new HashSet<>()).add(alarm);
    occurs(alarm);
  }

  /** The alarm has another occurrence, by which it is known beside the earlier ones. */
  void occurs(OpenAlarm alarm) {
    occurs(alarm, alarm.occurrence());
  }

  /** A point that chatters for weeks has more of them than can be held. */
  private void occurs(OpenAlarm alarm, DocumentId occurrence) {
    byOccurrence.put(occurrence, alarm);
    Set<DocumentId> known = occurrences.computeIfAbsent(alarm, any -> new LinkedHashSet<>());
    known.remove(occurrence);
    known.add(occurrence);
    if (known.size() > AlarmsRecord.MOST_DOCUMENTS) {
      DocumentId oldest = known.iterator().next();
      known.remove(oldest);
      byOccurrence.remove(oldest, alarm);
    }
  }

  /**
   * What a device says belongs to the point it is said of: a device that knows how another's alarm
   * is called must not have it.
   *
   * @throws Refused if something else is called so
   */
  void requireOf(Point point, DocumentId occurrence) {
    OpenAlarm known = byOccurrence.get(occurrence);
    if (known != null && !known.point().equals(point)) {
      throw new Refused(
          Reason.ID_CONFLICT, "the id " + occurrence.brief() + " is of another alarm");
    }
  }

  private void remove(OpenAlarm alarm) {
    open.remove(alarm.number());
    byPoint.remove(alarm.point(), alarm);
    byDevice.computeIfPresent(
        alarm.device(), (any, all) -> all.remove(alarm) && all.isEmpty() ? null : all);
    Set<DocumentId> known = occurrences.remove(alarm);
    if (known != null) {
      known.forEach(occurrence -> byOccurrence.remove(occurrence, alarm));
    }
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  Collection<OpenAlarm> all() {
    return List.copyOf(open.values());
  }

  Optional<OpenAlarm> alarm(long which) {
    return Optional.ofNullable(open.get(which));
  }

  Optional<OpenAlarm> of(DocumentId occurrence) {
    return Optional.ofNullable(byOccurrence.get(occurrence));
  }

  Optional<OpenAlarm> at(Point point) {
    return Optional.ofNullable(byPoint.get(point));
  }

  Collection<OpenAlarm> of(BareJid device) {
    return List.copyOf(byDevice.getOrDefault(device, Set.of()));
  }

  /** Writes down what happened to these alarms, and waits for the disk. */
  CompletionStage<Void> write(Collection<OpenAlarm> alarms, Entry... more) {
    List<Step> steps = alarms.stream().map(this::step).toList();
    List<Entry> entries = new ArrayList<>();
    steps.forEach(step -> entries.add(step.entry()));
    entries.addAll(List.of(more));
    CompletionStage<Void> written = journal.append(entries);
    settle(steps, written);
    return written;
  }

  /** As {@link #write}, where nobody waits for it. */
  void writeSoon(OpenAlarm alarm) {
    var unused = appendSoon(alarm);
  }

  private CompletionStage<Void> appendSoon(OpenAlarm alarm) {
    Step step = step(alarm);
    CompletionStage<Void> written = journal.appendSoon(step.entry());
    settle(List.of(step), written);
    return written;
  }

  private record Step(OpenAlarm alarm, Entry.AlarmMoved entry) {}

  private Step step(OpenAlarm alarm) {
    var transitions = alarm.takeUntold(++revision);
    missing.remove(alarm);
    if (alarm.life().over() && open.containsKey(alarm.number())) {
      remove(alarm);
      ended.accept(alarm);
    }
    return new Step(alarm, new Entry.AlarmMoved(alarm.record(clock.instant()), transitions));
  }

  private void settle(List<Step> steps, CompletionStage<Void> written) {
    var unused =
        written.whenComplete(
            (done, failure) ->
                desk.put(
                    () -> {
                      if (failure == null) {
                        steps.forEach(step -> news.changed(step.alarm()));
                      } else {
                        steps.forEach(this::misses);
                      }
                    }));
  }

  /** What has happened stands, also of an alarm that is over: the disk gets it later. */
  private void misses(Step step) {
    step.alarm().stillUntold(step.entry().transitions());
    missing.add(step.alarm());
    if (!tryingAgain) {
      tryingAgain = true;
      timetable.after(AGAIN, this::tryAgain);
    }
  }

  /** With one of them only: the others follow once the disk takes it. */
  private void tryAgain() {
    tryingAgain = false;
    missing.stream()
        .findFirst()
        .ifPresent(
            first -> {
              var unused = appendSoon(first).thenRun(() -> desk.put(this::writeMissing));
            });
  }

  private void writeMissing() {
    List.copyOf(missing).forEach(this::writeSoon);
  }
}
