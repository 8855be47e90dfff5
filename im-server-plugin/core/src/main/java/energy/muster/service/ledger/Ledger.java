// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.ledger;

import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.service.Outbound;
import energy.muster.service.Timing;
import energy.muster.service.Unanswered;
import energy.muster.service.Undeliverable;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Failures;
import energy.muster.service.desk.Timetable;
import energy.muster.service.journal.DeviceRecord;
import energy.muster.service.journal.Entry;
import energy.muster.service.session.Session;
import energy.muster.service.session.Sessions;
import energy.muster.session.SessionProof;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every device that ever proved a key, what it said last and how sure one may be of it. Changed at
 * the desk only; contacts and certificates may be read by any thread.
 */
public final class Ledger {
  private final Map<BareJid, Watch> watches = new HashMap<>();
  private final Map<BareJid, Contact> contacts = new ConcurrentHashMap<>();
  private final Map<BareJid, Certified> certificates = new ConcurrentHashMap<>();
  private final Timing timing;
  private final Timetable timetable;
  private final Sessions sessions;
  private final Outbound outbound;
  private final Desk desk;
  private final InstantSource clock;
  private LedgerListener listener;

  public Ledger(
      Timing timing,
      Timetable timetable,
      Sessions sessions,
      Outbound outbound,
      Desk desk,
      InstantSource clock) {
    this.timing = timing;
    this.timetable = timetable;
    this.sessions = sessions;
    this.outbound = outbound;
    this.desk = desk;
    this.clock = clock;
  }

  public void listener(LedgerListener hears) {
    listener = hears;
  }

  /** Takes the registry back; devices get a lease and grace to return. */
  public void recover(List<DeviceRecord> devices) {
    Instant now = clock.instant();
    for (DeviceRecord known : devices) {
      Watch watch = new Watch(known);
      watches.put(watch.device(), watch);
      publish(watch);
      if (watch.phase() == Phase.MISSED) {
        Duration patience = watch.lease(timing.lease()).plus(timing.grace());
        expect(watch, now.plus(patience), "not back since the service restarted");
      } else {
        expectNextContact(watch);
      }
    }
  }

  public Optional<Contact> contact(BareJid device) {
    return Optional.ofNullable(contacts.get(device));
  }

  /**
   * The contact with the newest time it was heard, which alone changes no contact. Only at the
   * desk.
   */
  public Optional<Contact> contactNow(BareJid device) {
    return contact(device).map(contact -> contact.heardAt(watches.get(device).heard()));
  }

  public Collection<Contact> contacts() {
    return contacts.values();
  }

  /** The newest certificate the device has proven. */
  public Optional<Certified> certificate(BareJid device) {
    return Optional.ofNullable(certificates.get(device));
  }

  /** The session a delivery to the device may take now. */
  public Optional<Session> reachable(BareJid device) {
    return Optional.ofNullable(watches.get(device))
        .filter(watch -> watch.phase().there() && !watch.quarantined())
        .flatMap(Watch::session);
  }

  public void proven(Session session, Certified who, SessionProof proof) {
    Watch watch = watches.computeIfAbsent(who.jid(), jid -> Watch.first(who, clock.instant()));
    boolean fell = watch.attach(session, who, proof);
    present(watch);
    if (fell) {
      listener.quarantined(contacts.get(watch.device()));
    }
  }

  /** A stanza came from a session that was awaited. */
  public void heard(Session session) {
    watchOf(session).filter(watch -> watch.phase() != Phase.AWAY).ifPresent(this::present);
  }

  private Optional<Watch> watchOf(Session session) {
    return Optional.ofNullable(watches.get(session.account()))
        .filter(watch -> watch.session().filter(own -> own == session).isPresent());
  }

  /** The device's own word, from its proven session. */
  public void says(Session session, DevicePresence word) {
    watchOf(session)
        .filter(watch -> watch.phase() != Phase.AWAY)
        .ifPresent(
            watch -> {
              Duration before = watch.lease(timing.lease());
              boolean news = watch.says(word);
              if (watch.phase() != Phase.PRESENT || !before.equals(watch.lease(timing.lease()))) {
                present(watch);
              } else if (news) {
                changed(watch);
              }
            });
  }

  /** How far its journal is: one that later proves less has been put back. */
  public void progress(Session session, long journalSeq) {
    watchOf(session).ifPresent(watch -> watch.progress(journalSeq));
  }

  private void present(Watch watch) {
    boolean cleared = watch.phase() == Phase.FAULT;
    watch.enter(Phase.PRESENT);
    watch.back();
    watch.session().ifPresent(session -> session.await(false));
    watchLease(watch);
    changed(watch);
    if (cleared) {
      listener.cleared(contacts.get(watch.device()));
    }
  }

  private void watchLease(Watch watch) {
    long turn = watch.turn();
    Instant end = watch.heard().plus(watch.lease(timing.lease()));
    timetable.at(end, () -> leaseEnds(watch, turn));
  }

  private void leaseEnds(Watch watch, long turn) {
    if (watch.turn() != turn) {
      return;
    }
    Instant end = watch.heard().plus(watch.lease(timing.lease()));
    if (clock.instant().isBefore(end)) {
      timetable.at(end, () -> leaseEnds(watch, turn));
      return;
    }
    watch.enter(Phase.OVERDUE);
    watch.session().ifPresent(session -> session.await(true));
    changed(watch);
    long overdue = watch.turn();
    timetable.at(
        end.plus(timing.grace()), () -> probe(watch, overdue, 1, end.plus(timing.grace())));
  }

  private void probe(Watch watch, long turn, int number, Instant due) {
    if (watch.turn() != turn) {
      return;
    }
    Instant next = due.plus(timing.probe());
    if (number > timing.probes()) {
      fault(
          watch,
          "silent since "
              + watch.heard().truncatedTo(ChronoUnit.SECONDS)
              + ", and no answer to a probe");
      return;
    }
    timetable.at(next, () -> probe(watch, turn, number + 1, next));
    watch.session().ifPresent(session -> ask(watch, session));
  }

  private void ask(Watch watch, Session session) {
    outbound
        .ask(session.jid(), Payload.empty(Wire.LEASE))
        .whenComplete(
            (answer, failure) -> {
              Throwable cause = failure == null ? null : Failures.cause(failure);
              // A refusal is an answer, too: somebody is there.
              if (!(cause instanceof Undeliverable || cause instanceof Unanswered)) {
                desk.put(() -> answered(watch, session));
              }
            });
  }

  private void answered(Watch watch, Session session) {
    if (watch.session().filter(own -> own == session).isPresent() && session.awaited()) {
      sessions.heard(session.jid());
      present(watch);
    }
  }

  /** Takes leave with a reason: an absence and no fault. */
  public void goodbye(Session session, String reason, Optional<Instant> next) {
    watchOf(session)
        .ifPresent(
            watch -> {
              watch.enter(Phase.AWAY);
              watch.detach();
              watch.absent(new Contact.Absence(false, clock.instant(), reason, next));
              changed(watch);
              expectNextContact(watch);
            });
  }

  private void expectNextContact(Watch watch) {
    Optional<Instant> next = contacts.get(watch.device()).absence().flatMap(Contact.Absence::next);
    if (watch.phase() == Phase.AWAY && next.isPresent()) {
      expect(watch, next.get().plus(timing.grace()), "did not come back at " + next.get());
    }
  }

  /** The session is gone, or no longer proven, without a goodbye. */
  public void lost(Session session) {
    watchOf(session)
        .ifPresent(
            watch -> {
              watch.detach();
              if (watch.phase() == Phase.FAULT) {
                changed(watch);
                return;
              }
              watch.enter(Phase.MISSED);
              changed(watch);
              expect(watch, clock.instant().plus(timing.grace()), "gone without a reason");
            });
  }

  private void expect(Watch watch, Instant until, String otherwise) {
    long turn = watch.turn();
    timetable.at(
        until,
        () -> {
          if (watch.turn() == turn) {
            fault(watch, otherwise);
          }
        });
  }

  private void fault(Watch watch, String reason) {
    watch.enter(Phase.FAULT);
    watch.absent(new Contact.Absence(true, clock.instant(), reason, Optional.empty()));
    changed(watch);
    listener.fault(contacts.get(watch.device()));
  }

  /** The account has a stream more or less, which may be all that is known of the device. */
  public void streamsChanged(BareJid account) {
    Watch watch = watches.get(account);
    if (watch != null && !watch.phase().there()) {
      Contact before = contacts.get(account);
      publish(watch);
      if (before.certainty() != contacts.get(account).certainty()) {
        listener.changed(contacts.get(account));
      }
    }
  }

  private void changed(Watch watch) {
    publish(watch);
    listener.changed(contacts.get(watch.device()));
  }

  private void publish(Watch watch) {
    boolean another = sessions.anotherStream(watch.device(), watch.session());
    contacts.put(watch.device(), watch.contact(another));
    certificates.put(watch.device(), watch.certified());
  }

  /** What the journal does not have yet. */
  public List<Entry> unwritten() {
    return watches.values().stream()
        .filter(Watch::takeDirty)
        .<Entry>map(watch -> new Entry.DeviceNoted(watch.record()))
        .toList();
  }

  /** Everything, so that the last word of all is on disk. */
  public List<Entry> all() {
    return watches.values().stream()
        .<Entry>map(watch -> new Entry.DeviceNoted(watch.record()))
        .toList();
  }
}
