// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.people;

import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.FullJid;
import energy.muster.presence.Duty;
import energy.muster.presence.PersonPresence;
import energy.muster.presence.Show;
import energy.muster.service.Outbound;
import energy.muster.service.Timing;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Timetable;
import energy.muster.service.dispatch.Dispatcher;
import energy.muster.service.dispatch.Heirs;
import energy.muster.service.dispatch.Reports;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.HandOver;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.StaffRecord;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.notice.Notices;
import energy.muster.service.session.Session;
import energy.muster.service.session.Sessions;
import energy.muster.wire.Payload;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The people of a site, for the rest of the service. Only for use at the desk, unless it says so.
 */
public final class Staff {
  private final People people;
  private final Lines lines;
  private final HandOvers handOvers;
  private final Desk desk;
  private PeopleListener listener;

  /**
   * @param heirs where accepted hand-overs are known to those who report
   */
  public Staff(
      Ledger ledger,
      Sessions sessions,
      Dispatcher dispatcher,
      Reports reports,
      Heirs heirs,
      Notices notices,
      Outbound outbound,
      Journal journal,
      Timetable timetable,
      Timing timing,
      Desk desk,
      InstantSource clock) {
    this.desk = desk;
    people = new People(new Acquaintance(ledger), sessions, timing, clock);
    lines = new Lines(people, sessions, outbound, journal, timetable, desk, clock);
    handOvers =
        new HandOvers(
            people,
            lines,
            dispatcher,
            reports,
            heirs,
            ledger,
            notices,
            journal,
            timetable,
            desk,
            clock);
  }

  /** Set before anything else is called. */
  public void listener(PeopleListener hears) {
    listener = hears;
    handOvers.listener(hears);
  }

  /** Before reports are recovered. */
  public void recover(StaffRecord known) {
    people.recover(known.persons());
    lines.recover(known.lines());
    handOvers.recover(known.handOvers());
  }

  public void proven(Session session, Certified who) {
    people.proven(session, who);
    lines.arrived(session.account());
    listener.changed(session.account());
  }

  public void ended(Session session) {
    people.ended(session);
    listener.changed(session.account());
  }

  public void streamsChanged(BareJid account) {
    Standing before = standing(account);
    people.streamsChanged(account);
    changed(account, before);
  }

  /** What a client says of its person, proven or not. */
  public void says(FullJid session, PersonPresence word, boolean byConsole) {
    Standing before = standing(session.bare());
    if (people.says(session, word, byConsole || inWords(word))) {
      lines.arrived(session.bare());
    }
    changed(session.bare(), before);
  }

  /** What others go by: whether somebody says on a session that lasts how they are, and that. */
  private record Standing(boolean speaks, Duty duty) {}

  private Standing standing(BareJid person) {
    return new Standing(speaks(person), people.duty(person));
  }

  /** An account says as often as it likes what it has said before, also one that is nobody's. */
  private void changed(BareJid account, Standing before) {
    if (people.certificate(account).isPresent() && !standing(account).equals(before)) {
      listener.changed(account);
    }
  }

  private static boolean inWords(PersonPresence word) {
    String note = word.note().toLowerCase(Locale.ROOT);
    return note.startsWith(Duty.ON_DUTY.words()) || note.startsWith(Duty.OFF_DUTY.words());
  }

  public void quiet(FullJid session) {
    Standing before = standing(session.bare());
    people.quiet(session);
    changed(session.bare(), before);
  }

  /** Whether this person has said on a session that lasts how they are. */
  public boolean speaks(BareJid person) {
    return !people.present(person).isEmpty();
  }

  /** Whether this person counts as on duty, by their last word. */
  public boolean onDuty(BareJid person) {
    return people.duty(person) == Duty.ON_DUTY;
  }

  /** Whether this person has signed off. */
  public boolean offDuty(BareJid person) {
    return people.duty(person) == Duty.OFF_DUTY;
  }

  /** Of everybody that ever proved a key the newest certificate; any thread. */
  public Collection<Certified> certificates() {
    return people.all();
  }

  /** The newest certificate this person has proven; any thread. */
  public Optional<Certified> certificate(BareJid person) {
    return people.certificate(person);
  }

  public CompletionStage<Payload> list(Session session) {
    return CompletableFuture.completedFuture(people.list(session));
  }

  public CompletionStage<Payload> tell(Session session, Payload request) {
    return lines.tell(session, request);
  }

  public CompletionStage<Payload> offer(Session session, Payload request) {
    return handOvers.offer(session, request);
  }

  public CompletionStage<Payload> accept(Session session, Payload request) {
    return handOvers.accept(session, request);
  }

  public CompletionStage<Payload> decline(Session session, Payload request) {
    return handOvers.decline(session, request);
  }

  /** What is offered and neither accepted nor declined. */
  public Collection<HandOver> offers() {
    return handOvers.standing();
  }

  /** Whether they may know of each other; any thread. */
  public boolean acquainted(BareJid asker, BareJid other) {
    return people.acquainted(asker, other);
  }

  /**
   * The proven session of whoever answers for a device as its operator or engineer, as it shows
   * itself; any thread.
   */
  public Map<FullJid, Show> reach(Certified device, BareJid person) {
    return people.reach(device, person);
  }

  /**
   * Keeps what a person says with any chat client to a colleague who is not there; empty if that is
   * not so. Any thread.
   */
  public Optional<CompletionStage<Void>> keep(BareJid from, BareJid to, String text) {
    Optional<Certified> speaker = people.certificate(from);
    boolean absent =
        speaker.isPresent()
            && people.present(to).isEmpty()
            && people.known(speaker.get(), to).isPresent();
    return absent
        ? Optional.of(desk.ask(() -> lines.tell(speaker.get(), to, text)).thenAccept(there -> {}))
        : Optional.empty();
  }

  public List<Entry> unwritten() {
    return people.unwritten();
  }
}
