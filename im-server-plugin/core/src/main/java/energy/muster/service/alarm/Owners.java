// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.alarm.AlarmEntry.Heir;
import energy.muster.alarm.AlarmEntry.Owner;
import energy.muster.alarm.AlarmTransition.Kind;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.service.desk.Timetable;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.HandOver;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Holds whoever took an alarm on to it: an acknowledgement is a lease that ends when they leave or
 * do nothing for long, unless a colleague to whom they offered it can still accept. Only for use at
 * the desk.
 */
final class Owners {
  private final AlarmBook book;
  private final Candidates candidates;
  private final WhoIsThere whoIsThere;
  private final AlarmSight sight;
  private final Timetable timetable;
  private final InstantSource clock;
  private final Consumer<OpenAlarm> lapsed;
  private final Map<BareJid, HandOver> standing = new HashMap<>();

  /**
   * @param lapsed hears of alarms that somebody else has to be found for; it writes them down
   */
  Owners(
      AlarmBook book,
      Candidates candidates,
      WhoIsThere whoIsThere,
      AlarmSight sight,
      Timetable timetable,
      InstantSource clock,
      Consumer<OpenAlarm> lapsed) {
    this.book = book;
    this.candidates = candidates;
    this.whoIsThere = whoIsThere;
    this.sight = sight;
    this.timetable = timetable;
    this.clock = clock;
    this.lapsed = lapsed;
  }

  /** What stood when the last service ended counts, whatever it managed to say of each alarm. */
  void recover(Collection<HandOver> offers) {
    offers.forEach(offer -> standing.put(offer.from(), offer));
    for (OpenAlarm alarm : book.all()) {
      if (alarm.owner().isPresent()) {
        leave(alarm, Optional.empty(), "by what is written down");
      }
    }
  }

  /** Takes up what was so before a restart. */
  void resume(OpenAlarm alarm) {
    alarm.owner().ifPresent(owner -> watch(alarm, owner.until()));
  }

  /** Somebody has it now, for as long as the course says. */
  void own(OpenAlarm alarm, BareJid person) {
    alarm.become(alarm.life().acknowledged());
    alarm.care().staysHome();
    if (alarm.life().over()) {
      alarm.care().end(Optional.of(person));
    } else {
      hold(alarm, person, clock.instant());
    }
  }

  /** Its owner has done something about it. */
  void renew(OpenAlarm alarm, BareJid person) {
    alarm
        .owner()
        .filter(owner -> owner.person().equals(person))
        .ifPresent(owner -> hold(alarm, person, owner.since()));
  }

  private void hold(OpenAlarm alarm, BareJid person, Instant since) {
    Instant until = clock.instant().plus(candidates.courseOf(alarm).acknowledgedFor());
    alarm.care().own(new Owner(person, since, until, heir(alarm, person)));
    watch(alarm, until);
  }

  /** To whom this person offers it. */
  private Optional<Heir> heir(OpenAlarm alarm, BareJid person) {
    return Optional.ofNullable(standing.get(person))
        .filter(offer -> offer.alarms().contains(alarm.number()))
        .map(offer -> new Heir(offer.to(), offer.until()));
  }

  private void watch(OpenAlarm alarm, Instant until) {
    timetable.at(until, () -> judge(alarm));
  }

  /** Ends what counts no more of an acknowledgement. */
  void judge(OpenAlarm alarm) {
    alarm
        .owner()
        .filter(owner -> !canBeAccepted(owner))
        .flatMap(this::whyNotTheirs)
        .ifPresent(why -> lapse(alarm, why));
  }

  private Optional<String> whyNotTheirs(Owner owner) {
    if (whoIsThere.left(owner.person())) {
      return Optional.of("left");
    }
    return clock.instant().isBefore(owner.until())
        ? Optional.empty()
        : Optional.of("did nothing about it for so long");
  }

  private boolean canBeAccepted(Owner owner) {
    Instant now = clock.instant();
    return owner
        .heir()
        .filter(heir -> now.isBefore(heir.until()) && !whoIsThere.left(heir.person()))
        .isPresent();
  }

  private void lapse(OpenAlarm alarm, String why) {
    Owner owner = alarm.owner().orElseThrow();
    String heir =
        owner
            .heir()
            .map(left -> "; %s has not taken it over".formatted(left.person().local()))
            .orElse("");
    alarm.disown();
    alarm.note(
        clock.instant(),
        Kind.LAPSED,
        Optional.of(owner.person()),
        owner.person().local() + " " + why + heir);
    lapsed.accept(alarm);
  }

  /** Whether what this person took on would be nobody's. */
  boolean isOff(BareJid person) {
    return whoIsThere.left(person);
  }

  /** Whether this person may take it on without the owner's word. */
  boolean mayTakeOver(BareJid person, Owner owner) {
    return whoIsThere.left(owner.person())
        || owner.heir().filter(heir -> heir.person().equals(person)).isPresent();
  }

  /** What this person can offer to that one: the numbers of what they have taken on. */
  List<Long> canPass(BareJid from, Certified heir) {
    return book.all().stream()
        .filter(alarm -> alarm.care().ownedBy(from) && sight.mayOwn(heir, alarm))
        .map(OpenAlarm::number)
        .toList();
  }

  /** What of it the heir can still have, or has: nobody else has taken it on meanwhile. */
  List<Long> canAccept(HandOver offer, Certified heir) {
    return offer.alarms().stream()
        .filter(number -> !whoIsThere.left(heir.jid()))
        .flatMap(number -> book.alarm(number).stream())
        .filter(
            alarm ->
                alarm.care().ownedBy(offer.from())
                    || alarm.care().ownedBy(heir.jid())
                    || alarm.life().looks())
        .filter(alarm -> sight.mayOwn(heir, alarm))
        .map(OpenAlarm::number)
        .toList();
  }

  /** Whoever takes over has what was offered to them: that is written together with these. */
  CompletionStage<Void> handOver(HandOver accepted, Certified heir, List<Entry> entries) {
    List<OpenAlarm> theirs =
        canAccept(accepted, heir).stream().flatMap(number -> book.alarm(number).stream()).toList();
    theirs.stream()
        .filter(alarm -> !alarm.care().ownedBy(heir.jid()))
        .forEach(
            alarm -> {
              own(alarm, heir.jid());
              alarm.note(
                  clock.instant(),
                  Kind.HANDED_OVER,
                  Optional.of(heir.jid()),
                  "from " + accepted.from().local() + " to " + heir.jid().local());
              close(alarm);
            });
    return book.write(theirs, entries.toArray(Entry[]::new));
  }

  private void close(OpenAlarm alarm) {
    if (alarm.life().over()) {
      alarm.note(clock.instant(), Kind.CLOSED, Optional.empty(), "");
    }
  }

  /**
   * This person offers something else now, or nothing.
   *
   * @param why for people
   */
  void offers(BareJid from, Optional<HandOver> offer, Optional<BareJid> by, String why) {
    standing.remove(from);
    offer.ifPresent(next -> standing.put(from, next));
    for (OpenAlarm alarm : book.all()) {
      if (alarm.care().ownedBy(from)) {
        leave(alarm, by, why);
      }
    }
  }

  private void leave(OpenAlarm alarm, Optional<BareJid> by, String why) {
    Owner owner = alarm.owner().orElseThrow();
    Optional<Heir> heir = heir(alarm, owner.person());
    if (!heir.equals(owner.heir())) {
      alarm.care().offerTo(heir);
      if (!heir.map(Heir::person).equals(owner.heir().map(Heir::person))) {
        alarm.note(clock.instant(), Kind.HANDING_OVER, by, why);
      }
      book.writeSoon(alarm);
      judge(alarm);
    }
  }
}
