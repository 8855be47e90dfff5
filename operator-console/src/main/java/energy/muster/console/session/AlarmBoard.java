// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.alarm.Alarm;
import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.AlarmState;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The alarms that are open, as last heard of, and those that somebody here is asked to take on. */
final class AlarmBoard {
  private static final int MOST = 1_000;

  private final Monitor monitor;
  private final Notary notary;
  private final DirectAlarms direct;
  private final BareJid me;
  private final InstantSource clock;
  private final Consumer<Event> events;
  private final Map<Long, AlarmEntry> open = new TreeMap<>();

  /** What came after the question that is under way, also what closed; empty without one. */
  private final Map<Long, AlarmEntry> early = new TreeMap<>();

  private long attempt;
  private boolean asking;

  AlarmBoard(
      Monitor monitor,
      Notary notary,
      DirectAlarms direct,
      BareJid me,
      InstantSource clock,
      Consumer<Event> events) {
    this.monitor = monitor;
    this.notary = notary;
    this.direct = direct;
    this.me = me;
    this.clock = clock;
    this.events = events;
  }

  /**
   * Takes an offer. That this returns tells the service that somebody here has been shown it, so
   * what is not believed must not return.
   *
   * @param from who brings it: the service, or the device itself when the service did not answer it
   */
  void offered(String from, Payload offer) {
    if (!from.equals(Wire.service(me.domain()))) {
      // What the service says of an alarm beside its seal is the service's to say alone.
      direct.take(from, offer);
      return;
    }
    AlarmEntry entry = AlarmEntry.read(Fields.of(offer.requireLargeJson()).object("alarm"));
    if (entry.source() == AlarmEntry.Source.DEVICE) {
      require(entry, notary.alarm(offer.requireSealed(), entry.device()).alarm());
    }
    put(entry);
    events.accept(new Event.AlarmOffered(clock.instant(), entry));
  }

  private static void require(AlarmEntry entry, Alarm signed) {
    if (!signed.occurrence().equals(entry.occurrence())
        || !signed.rule().equals(entry.rule())
        || signed.priority() != entry.priority()) {
      throw new Refused(
          Reason.ID_CONFLICT, "alarm " + entry.number() + " is not what the device has signed");
    }
  }

  void changed(Payload message) {
    Fields.of(message.requireLargeJson()).objects("changes").stream()
        .map(AlarmEntry::read)
        .forEach(this::change);
  }

  private void change(AlarmEntry entry) {
    Optional<AlarmEntry> before = find(entry.number());
    if (put(entry)) {
      events.accept(
          new Event.AlarmChanged(
              clock.instant(), me, before, entry, before.filter(this::concerns).isPresent()));
    }
  }

  /** Whether somebody here has it, or is asked to take it on. */
  private boolean concerns(AlarmEntry entry) {
    return entry.owner().filter(owner -> owner.person().equals(me)).isPresent()
        || entry.search().filter(search -> search.to().contains(me)).isPresent();
  }

  /** Whether it was news. */
  private boolean put(AlarmEntry entry) {
    return monitor.update(
        () -> {
          AlarmEntry known = open.getOrDefault(entry.number(), early.get(entry.number()));
          if (known != null && known.revision() >= entry.revision()) {
            return false;
          }
          if (asking) {
            early.put(entry.number(), entry);
          }
          if (entry.closed()) {
            open.remove(entry.number());
          } else {
            open.put(entry.number(), entry);
          }
          return true;
        });
  }

  /** What is asked of the service to begin with; an answer to an older question does not count. */
  record Asking(long attempt, Payload question) {}

  /** To ask it now. */
  Asking ask() {
    return monitor.update(
        () -> {
          early.clear();
          asking = true;
          return new Asking(
              ++attempt,
              Payload.of(Wire.ALARMS, Json.object().put("filter", "open").put("limit", MOST)));
        });
  }

  /** There will be no answer. */
  void unanswered(Asking asked) {
    monitor.update(
        () -> {
          if (asked.attempt() == attempt) {
            early.clear();
            asking = false;
          }
        });
  }

  /** Begins anew with what the service knows, and with the news that overtook its answer. */
  void begin(Asking asked, Payload answer) {
    Map<Long, AlarmEntry> all = new TreeMap<>();
    Fields.of(answer.requireLargeJson()).objects("alarms").stream()
        .map(AlarmEntry::read)
        .forEach(entry -> all.put(entry.number(), entry));
    long waiting = monitor.update(() -> asked.attempt() == attempt ? replace(all) : 0);
    if (waiting > 0) {
      events.accept(
          new Event.Said(
              clock.instant(),
              waiting
                  + (waiting == 1 ? " alarm is" : " alarms are")
                  + " not acknowledged: alarms lists them"));
    }
  }

  /** How many of those that are open now nobody has acknowledged. */
  private long replace(Map<Long, AlarmEntry> all) {
    all.replaceAll((number, entry) -> newer(entry, open.get(number)));
    early.values().forEach(entry -> all.merge(entry.number(), entry, AlarmBoard::newer));
    all.values().removeIf(AlarmEntry::closed);
    open.clear();
    open.putAll(all);
    early.clear();
    asking = false;
    return open.values().stream()
        .filter(
            entry ->
                entry.state() == AlarmState.UNACKNOWLEDGED
                    || entry.state() == AlarmState.RETURNED_UNACKNOWLEDGED)
        .count();
  }

  private static AlarmEntry newer(AlarmEntry one, AlarmEntry other) {
    return other == null || one.revision() >= other.revision() ? one : other;
  }

  Optional<AlarmEntry> find(long number) {
    return monitor.read(() -> Optional.ofNullable(open.get(number)));
  }

  /** What somebody here is asked to take on, the most urgent first. */
  List<AlarmEntry> asked() {
    return monitor.read(
        () ->
            open.values().stream()
                .filter(
                    entry -> entry.search().filter(search -> search.to().contains(me)).isPresent())
                .sorted(
                    Comparator.comparing(AlarmEntry::priority).thenComparing(AlarmEntry::number))
                .toList());
  }

  /** The numbers of what is open. */
  List<Long> numbers() {
    return monitor.read(() -> List.copyOf(open.keySet()));
  }
}
