// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.alarm.AlarmCourse;
import energy.muster.alarm.AlarmEntry.Aside;
import energy.muster.alarm.AlarmTransition.Kind;
import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Restriction;
import energy.muster.presence.RestrictionReason;
import energy.muster.service.alarm.Escalation.Move;
import energy.muster.service.alarm.Escalation.Search;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Timetable;
import energy.muster.service.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Looks for somebody for each alarm that needs one. Only for use at the desk. */
final class Pager {
  /** However many come and go, all alarms look again only so often in so long. */
  static final int REVIEWS = 4;

  static final Duration REVIEWING = Duration.ofMillis(100);

  private final AlarmBook book;
  private final Candidates candidates;
  private final WhoIsThere whoIsThere;
  private final Floods floods;
  private final Outbox outbox;
  private final Owners owners;
  private final Ledger ledger;
  private final Timetable timetable;
  private final Desk desk;
  private final InstantSource clock;
  private final Paced<Pager> reviews;
  private Offers offers;
  private boolean reviewing;

  Pager(
      AlarmBook book,
      Candidates candidates,
      WhoIsThere whoIsThere,
      Floods floods,
      Outbox outbox,
      AlarmSight sight,
      Ledger ledger,
      Timetable timetable,
      Desk desk,
      InstantSource clock) {
    this.book = book;
    this.candidates = candidates;
    this.whoIsThere = whoIsThere;
    this.floods = floods;
    this.outbox = outbox;
    this.owners =
        new Owners(book, candidates, whoIsThere, sight, timetable, clock, this::beginOrWrite);
    this.ledger = ledger;
    this.timetable = timetable;
    this.desk = desk;
    this.clock = clock;
    this.reviews = new Paced<>(REVIEWS, REVIEWING, timetable, any -> reviewAll());
  }

  /** Set before anything else is called. */
  void offers(Offers through) {
    offers = through;
  }

  Owners owners() {
    return owners;
  }

  /** Takes up what was under way before a restart. */
  void resume(OpenAlarm alarm) {
    owners.resume(alarm);
    if (!alarm.life().looks()) {
      return;
    }
    if (alarm.search().isPresent()) {
      alarm.search().get().next().ifPresent(next -> wake(alarm, next));
      review(alarm);
    } else {
      begin(alarm);
    }
  }

  /** Looks from the first step on, if anybody is to be looked for. */
  void begin(OpenAlarm alarm) {
    if (!alarm.life().looks() || holds(alarm)) {
      return;
    }
    AlarmCourse course = candidates.courseOf(alarm);
    apply(alarm, course, escalation(course, alarm).begin(clock.instant()));
  }

  /** Passes it on to the next step, whoever has it. */
  void onward(OpenAlarm alarm) {
    if (alarm.search().isEmpty()) {
      begin(alarm);
      return;
    }
    AlarmCourse course = candidates.courseOf(alarm);
    Search search = alarm.search().get();
    apply(alarm, course, escalation(course, alarm).onward(search, clock.instant()));
  }

  private Escalation escalation(AlarmCourse course, OpenAlarm alarm) {
    return new Escalation(candidates.steps(course, alarm));
  }

  private void apply(OpenAlarm alarm, AlarmCourse course, Move move) {
    Instant now = clock.instant();
    Search search = move.search();
    Optional<Search> before = alarm.search();
    if (before.equals(Optional.of(search)) && move.offer().isEmpty()) {
      return;
    }
    boolean alone = search.waits() && before.filter(Search::waits).isEmpty();
    alarm.care().search(search, course.name());
    for (BareJid person : new TreeSet<>(move.offer())) {
      alarm.note(
          now,
          Kind.OFFERED,
          Optional.of(person),
          "%s, step %d".formatted(course.name(), search.step() + 1));
      floods.offered(person, alarm, now);
    }
    if (alone) {
      alarm.note(now, Kind.NOBODY, Optional.empty(), "nobody who may take it on is there");
    }
    if (move.exhausted()) {
      outbox.leave(alarm, course);
    } else {
      book.writeSoon(alarm);
    }
    move.offer().forEach(person -> offers.offer(person, alarm));
    search
        .next()
        .filter(next -> before.flatMap(Search::next).filter(next::equals).isEmpty())
        .ifPresent(next -> wake(alarm, next));
  }

  private void wake(OpenAlarm alarm, Instant at) {
    Duration wait = Duration.between(clock.instant(), at);
    Duration most = hold(alarm);
    timetable.after(
        wait.compareTo(most) < 0 ? wait : most,
        () -> {
          if (alarm.search().flatMap(Search::next).filter(at::equals).isPresent()) {
            AlarmCourse course = candidates.courseOf(alarm);
            Search search = alarm.search().get();
            apply(alarm, course, escalation(course, alarm).onward(search, clock.instant()));
          }
        });
  }

  /**
   * How long its step waits at most: what was written before the clock was set back may be for a
   * time that is far away now.
   */
  private Duration hold(OpenAlarm alarm) {
    List<AlarmCourse.Step> steps = candidates.courseOf(alarm).steps();
    int step = alarm.search().map(Search::step).orElse(0);
    return steps.get(Math.min(step, steps.size() - 1)).hold();
  }

  /** Somebody came or went, or somebody else is on duty: each alarm looks again, soon. */
  void review() {
    reviews.touch(this);
  }

  /** What else is decided before the desk comes to it is looked at together. */
  private void reviewAll() {
    if (!reviewing) {
      reviewing = true;
      desk.put(
          () -> {
            reviewing = false;
            book.all().forEach(this::review);
          });
    }
  }

  private void review(OpenAlarm alarm) {
    if (alarm.owner().isPresent()) {
      owners.judge(alarm);
    } else if (alarm.life().looks() && alarm.search().isPresent()) {
      AlarmCourse course = candidates.courseOf(alarm);
      Search search = alarm.search().get();
      apply(alarm, course, escalation(course, alarm).changed(search, clock.instant()));
    }
  }

  /** Another policy holds: what looks for somebody begins anew. */
  void restart() {
    for (OpenAlarm alarm : book.all()) {
      if (alarm.life().looks() && alarm.search().isPresent()) {
        alarm.care().stopSearch();
        begin(alarm);
      }
    }
  }

  /** A person has another session: what is offered to them is brought there. */
  void bringAgain(BareJid person) {
    for (OpenAlarm alarm : book.all()) {
      if (alarm.care().isOfferedTo(person)) {
        offers.offer(person, alarm);
      }
    }
  }

  /** An offer came to nobody. */
  void unreached(BareJid person, FullJid session, OpenAlarm alarm, boolean refused) {
    if (!whoIsThere.unreached(person, session, refused)) {
      return;
    }
    if (alarm.care().isOfferedTo(person)) {
      alarm.note(
          clock.instant(),
          Kind.UNREACHED,
          Optional.of(person),
          refused ? "the console does not take it" : "the console does not answer");
      if (refused) {
        outbox.leave(alarm, candidates.courseOf(alarm));
      }
    }
    review();
  }

  private void beginOrWrite(OpenAlarm alarm) {
    begin(alarm);
    if (alarm.search().isEmpty()) {
      book.writeSoon(alarm);
    }
  }

  /** Whether its device is in maintenance, so that nobody is to be troubled. */
  private boolean holds(OpenAlarm alarm) {
    Optional<Restriction> why = maintenance(alarm);
    if (why.isPresent() && !alarm.care().held()) {
      alarm.care().held(true);
      alarm.care().stopSearch();
      alarm.aside(new Aside(why.get().by(), "in maintenance", why.get().until(), false));
      alarm.note(clock.instant(), Kind.HELD, why.get().by(), "in maintenance");
      book.writeSoon(alarm);
    }
    return why.isPresent();
  }

  /** Why its device is in maintenance, if it is, by its own word. */
  Optional<Restriction> maintenance(OpenAlarm alarm) {
    if (alarm.branch().isPresent()) {
      return Optional.empty();
    }
    return ledger
        .contact(alarm.device())
        .flatMap(Contact::presence)
        .flatMap(DevicePresence::restriction)
        .filter(restriction -> restriction.reason() == RestrictionReason.MAINTENANCE);
  }

  /** A device says something else of itself. */
  void said(BareJid device) {
    for (OpenAlarm alarm : book.of(device)) {
      if (!alarm.life().looks() || alarm.branch().isPresent()) {
        continue;
      }
      if (!holds(alarm) && alarm.care().held()) {
        alarm.care().held(false);
        alarm.become(alarm.life());
        alarm.note(clock.instant(), Kind.RELEASED, Optional.empty(), "maintenance is over");
        begin(alarm);
      }
    }
  }
}
