// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.desk.Desk;
import energy.muster.service.journal.AlarmRecord;
import energy.muster.service.journal.AlarmsRecord;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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
  private final Map<Long, OpenAlarm> open = new TreeMap<>();
  private final Map<DocumentId, OpenAlarm> byOccurrence = new HashMap<>();
  private final Map<OpenAlarm, List<DocumentId>> occurrences = new HashMap<>();
  private final Map<Point, OpenAlarm> byPoint = new HashMap<>();
  private final Map<BareJid, Set<OpenAlarm>> byDevice = new HashMap<>();
  private final Journal journal;
  private final AlarmNews news;
  private final Desk desk;
  private final InstantSource clock;
  private Consumer<OpenAlarm> ended = alarm -> {};
  private long number;
  private long revision;

  AlarmBook(Journal journal, AlarmNews news, Desk desk, InstantSource clock) {
    this.journal = journal;
    this.news = news;
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
      add(alarm);
      known.documents(alarm.number()).forEach(earlier -> occurs(alarm, earlier));
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

  private void occurs(OpenAlarm alarm, DocumentId occurrence) {
    byOccurrence.put(occurrence, alarm);
    occurrences.computeIfAbsent(alarm, any -> new ArrayList<>()).add(occurrence);
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
    List<DocumentId> known = occurrences.remove(alarm);
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

  /** Writes down what happened to an alarm, and waits for the disk. */
  CompletionStage<Void> write(Collection<OpenAlarm> alarms, Entry... more) {
    List<Entry> entries = new ArrayList<>();
    alarms.forEach(alarm -> entries.add(moved(alarm)));
    entries.addAll(List.of(more));
    CompletionStage<Void> written = journal.append(entries);
    tell(alarms, written);
    return written;
  }

  /** As {@link #write}, where nobody waits for it. */
  void writeSoon(OpenAlarm alarm) {
    List<OpenAlarm> one = List.of(alarm);
    tell(one, journal.appendSoon(moved(alarm)));
  }

  private Entry moved(OpenAlarm alarm) {
    var transitions = alarm.takeUntold(++revision);
    if (alarm.life().over()) {
      remove(alarm);
      ended.accept(alarm);
    }
    return new Entry.AlarmMoved(alarm.record(clock.instant()), transitions);
  }

  private void tell(Collection<OpenAlarm> alarms, CompletionStage<Void> written) {
    var unused = written.thenRun(() -> desk.put(() -> alarms.forEach(news::changed)));
  }
}
