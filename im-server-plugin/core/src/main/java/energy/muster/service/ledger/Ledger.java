// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.ledger;

import energy.muster.command.Command;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.Limits;
import energy.muster.service.Outbound;
import energy.muster.service.Timing;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Timetable;
import energy.muster.service.journal.Attendance;
import energy.muster.service.journal.DeviceRecord;
import energy.muster.service.journal.Entry;
import energy.muster.service.session.Session;
import energy.muster.service.session.Sessions;
import energy.muster.session.SessionProof;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Every device that ever proved a key, what it said last and how sure one may be of it. Changed at
 * the desk only; contacts and certificates may be read by any thread.
 */
public final class Ledger {
  private static final Duration LONGEST_ABSENCE = Duration.ofDays(400);

  private final Timing timing;
  private final Timetable timetable;
  private final Sessions sessions;
  private final InstantSource clock;
  private final Registry registry;
  private final Absences absences;
  private final Leases leases;
  private final LateRestrictions restrictions;
  private final LeaseBudget budget;

  public Ledger(
      Timing timing,
      Limits limits,
      Timetable timetable,
      Sessions sessions,
      Outbound outbound,
      Desk desk,
      InstantSource clock) {
    this.timing = timing;
    this.timetable = timetable;
    this.sessions = sessions;
    this.clock = clock;
    registry = new Registry(sessions);
    absences = new Absences(timing, timetable, clock, registry);
    leases = new Leases(timing, timetable, outbound, desk, clock, verdicts());
    restrictions = new LateRestrictions(timing, timetable, outbound, desk, this::replies);
    budget = new LeaseBudget(limits.renewalsPerSecond(), outbound, desk);
  }

  private Leases.Verdicts verdicts() {
    return new Leases.Verdicts() {
      @Override
      public void overdue(Watch watch) {
        watch.enter(Phase.OVERDUE);
        watch.session().ifPresent(session -> session.await(true));
        registry.changed(watch);
      }

      @Override
      public void answered(Watch watch, Session session) {
        if (watch.has(session) && session.awaited()) {
          sessions.heard(session.jid());
          present(watch);
        }
      }

      @Override
      public void silent(Watch watch, String reason) {
        absences.silent(watch, reason);
      }
    };
  }

  public void listener(LedgerListener hears) {
    registry.listener(hears);
  }

  /**
   * Takes the registry back; devices get a lease and grace to return.
   *
   * @param last how each stood when the last service ended
   */
  public void recover(List<DeviceRecord> devices, List<Entry.Attended> last) {
    registry.recover(last);
    for (DeviceRecord known : devices) {
      Watch watch = new Watch(known, timing);
      registry.add(watch);
      registry.publish(watch);
      if (watch.phase() == Phase.MISSED) {
        absences.missedAtStart(watch);
      } else if (watch.phase() == Phase.AWAY) {
        absences.leftBefore(watch);
      }
    }
    timetable.after(timing.leaseReview(), this::reviewLeases);
  }

  private void reviewLeases() {
    budget.review(registry.watches());
    timetable.after(timing.leaseReview(), this::reviewLeases);
  }

  public Optional<Contact> contact(BareJid device) {
    return registry.contact(device);
  }

  /**
   * The contact with the newest time it was heard, which alone changes no contact. Only at the
   * desk.
   */
  public Optional<Contact> contactNow(BareJid device) {
    return registry
        .watch(device)
        .map(
            watch -> {
              Contact known = registry.contact(watch);
              // Most often nothing was heard since, and then the contact is shared, not copied.
              return known.heard().equals(watch.heard()) ? known : known.heardAt(watch.heard());
            });
  }

  public Collection<Contact> contacts() {
    return registry.contacts();
  }

  /** The newest certificate the device has proven. */
  public Optional<Certified> certificate(BareJid device) {
    return registry.certificate(device);
  }

  /** Rises with each certificate that is not the one before it; any thread. */
  public long edition() {
    return registry.edition();
  }

  /** The session a delivery to the device may take now. */
  public Optional<Session> reachable(BareJid device) {
    return registry
        .watch(device)
        .filter(watch -> watch.phase().there() && !watch.quarantined())
        .flatMap(Watch::session);
  }

  public void proven(Session session, Certified who, SessionProof proof) {
    Watch watch = registry.watch(who.jid()).orElseGet(() -> first(who));
    boolean displaced = watch.phase().there() && !watch.has(session) && watch.session().isPresent();
    boolean fell = watch.attach(session, who, proof);
    present(watch);
    if (displaced) {
      absences.displaced(watch);
    }
    if (fell) {
      registry.listener().quarantined(registry.contact(watch));
    }
  }

  private Watch first(Certified who) {
    Watch watch = Watch.first(who, clock.instant(), timing);
    registry.add(watch);
    return watch;
  }

  /** A stanza came from a session that was awaited. */
  public void heard(Session session) {
    watchOf(session).filter(watch -> watch.phase() != Phase.AWAY).ifPresent(this::present);
  }

  private Optional<Watch> watchOf(Session session) {
    return registry.watch(session.account()).filter(watch -> watch.has(session));
  }

  /** The device's own word, from its proven session. */
  public void says(Session session, DevicePresence word) {
    watchOf(session)
        .filter(watch -> watch.phase() != Phase.AWAY)
        .ifPresent(
            watch -> {
              Duration before = watch.lease(timing.lease());
              boolean differs = watch.differs(word, clock.instant());
              boolean news = watch.says(word);
              restrictions.follow(watch);
              if (watch.phase() != Phase.PRESENT || !before.equals(watch.lease(timing.lease()))) {
                present(watch);
              } else if (news) {
                registry.changed(watch);
              }
              if (differs) {
                registry.listener().differs(registry.contact(watch));
              }
            });
  }

  /** What it answered when it was asked; what it said meanwhile is newer. */
  private void replies(Session session, DevicePresence word) {
    boolean older =
        contact(session.account())
            .flatMap(Contact::presence)
            .filter(known -> known.revision() > word.revision())
            .isPresent();
    if (!older) {
      says(session, word);
    }
  }

  /** By its signed word the device carried an order out, and this is how it then was. */
  public void carriedOut(BareJid device, Command command, Optional<DevicePresence> state) {
    registry.watch(device).ifPresent(watch -> carriedOut(watch, command, state));
  }

  private void carriedOut(Watch watch, Command command, Optional<DevicePresence> state) {
    Duration before = watch.lease(timing.lease());
    if (!watch.carriedOut(command, state)) {
      return;
    }
    if (watch.phase() == Phase.PRESENT && !before.equals(watch.lease(timing.lease()))) {
      // Its presence will say the same lease again, which is then no news.
      watch.enter(Phase.PRESENT);
      leases.watch(watch);
    }
    registry.changed(watch);
  }

  /** People were told how the device differs. */
  public void differenceTold(BareJid device) {
    registry.watch(device).ifPresent(Watch::differenceTold);
  }

  /** How far its journal is: one that later proves less has been put back. */
  public void progress(Session session, long journalSeq) {
    watchOf(session).ifPresent(watch -> watch.progress(journalSeq));
  }

  private void present(Watch watch) {
    watch.enter(Phase.PRESENT);
    watch.back();
    watch.session().ifPresent(session -> session.await(false));
    leases.watch(watch);
    registry.attend(watch, Attendance.THERE, watch.heard(), "");
    registry.changed(watch);
    absences.over(watch);
  }

  /** Takes leave with a reason: an absence and no fault. */
  public void goodbye(Session session, String reason, Optional<Instant> next) {
    watchOf(session)
        .ifPresent(
            watch -> {
              Instant now = clock.instant();
              requireSoon(next, now);
              watch.enter(Phase.AWAY);
              watch.detach();
              watch.absent(new Contact.Absence(false, now, reason, next));
              boolean planned = next.isPresent() || watch.inMaintenance();
              registry.attend(
                  watch, planned ? Attendance.PLANNED : Attendance.GOODBYE, now, reason);
              registry.changed(watch);
              absences.left(watch);
            });
  }

  /** Until then it is missed by nobody. */
  private static void requireSoon(Optional<Instant> next, Instant now) {
    if (next.filter(at -> at.isAfter(now.plus(LONGEST_ABSENCE))).isPresent()) {
      throw new Refused(
          Reason.INVALID_ARGUMENT,
          "nextContact: at most " + LONGEST_ABSENCE.toDays() + " days from now");
    }
  }

  /** The session is gone, or no longer proven, without a goodbye. */
  public void lost(Session session) {
    watchOf(session)
        .ifPresent(
            watch -> {
              watch.detach();
              if (watch.phase() == Phase.FAULT) {
                registry.changed(watch);
              } else {
                absences.lost(watch);
              }
            });
  }

  /** The account has a stream more or less, which may be all that is known of the device. */
  public void streamsChanged(BareJid account) {
    registry
        .watch(account)
        .filter(watch -> !watch.phase().there())
        .ifPresent(
            watch -> {
              Contact before = registry.contact(watch);
              registry.publish(watch);
              if (before.certainty() != registry.contact(watch).certainty()) {
                registry.listener().changed(registry.contact(watch));
              }
            });
  }

  /** What the journal does not have yet. */
  public List<Entry> unwritten() {
    return registry.unwritten();
  }

  /** Of one device alone. */
  public List<Entry> unwritten(BareJid device) {
    return registry.unwritten(device);
  }

  /** Everything, so that the last word of all is on disk. */
  public List<Entry> all() {
    return registry.all();
  }
}
