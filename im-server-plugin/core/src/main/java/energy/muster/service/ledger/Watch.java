// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.ledger;

import energy.muster.command.Command;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.presence.Certainty;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Restriction;
import energy.muster.presence.RestrictionReason;
import energy.muster.service.Timing;
import energy.muster.service.desk.Timetable;
import energy.muster.service.journal.DeviceRecord;
import energy.muster.service.session.Session;
import energy.muster.session.SessionProof;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One device as the ledger holds it. Only for use at the desk. */
final class Watch {
  private Certified certified;
  private Optional<DevicePresence> presence;
  private Instant heard;
  private long journalSeq;
  private boolean quarantined;
  private Optional<Contact.Absence> absence;
  private final Belief belief;
  private Optional<Session> session = Optional.empty();
  private Phase phase;
  private boolean dirty;
  private boolean faultTold;
  private Optional<Instant> awaitedEnd = Optional.empty();
  private Optional<Timetable.Due> question = Optional.empty();
  private Optional<Timetable.Due> next = Optional.empty();
  private Optional<Duration> ownLease = Optional.empty();
  private Optional<Duration> takenLease = Optional.empty();
  private Optional<Duration> wishedLease = Optional.empty();
  private final Steadiness steadiness;

  Watch(DeviceRecord known, Timing timing) {
    steadiness = new Steadiness(timing);
    certified = known.certified();
    presence = known.presence();
    heard = known.heard();
    journalSeq = known.journalSeq();
    quarantined = known.quarantined();
    absence = known.absence();
    belief = new Belief(known.difference(), known.reversal());
    phase = absence.map(gone -> gone.fault() ? Phase.FAULT : Phase.AWAY).orElse(Phase.MISSED);
    faultTold = phase == Phase.FAULT;
  }

  static Watch first(Certified certified, Instant now, Timing timing) {
    return new Watch(
        new DeviceRecord(
            certified,
            Optional.empty(),
            now,
            0,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        timing);
  }

  BareJid device() {
    return certified.jid();
  }

  Certified certified() {
    return certified;
  }

  Phase phase() {
    return phase;
  }

  Optional<Session> session() {
    return session;
  }

  boolean has(Session one) {
    return session.filter(own -> own == one).isPresent();
  }

  /** When it said that it would be back. */
  Optional<Instant> nextContact() {
    return absence.flatMap(Contact.Absence::next);
  }

  boolean quarantined() {
    return quarantined;
  }

  Instant heard() {
    session.map(Session::heard).filter(later -> later.isAfter(heard)).ifPresent(x -> heard = x);
    return heard;
  }

  Duration lease(Duration otherwise) {
    return presence.map(DevicePresence::lease).orElse(otherwise);
  }

  Duration grace(Duration otherwise) {
    return presence.flatMap(DevicePresence::grace).orElse(otherwise);
  }

  Steadiness steadiness() {
    return steadiness;
  }

  /** Whether people have been told that it is a fault. */
  boolean faultTold() {
    return faultTold;
  }

  void faultTold(boolean told) {
    faultTold = told;
  }

  Optional<Instant> restrictedUntil() {
    return presence.flatMap(DevicePresence::restriction).flatMap(Restriction::until);
  }

  /** The end of a restriction after which it is asked. */
  Optional<Instant> awaitedEnd() {
    return awaitedEnd;
  }

  void awaitEnd(Optional<Instant> end) {
    awaitedEnd = end;
  }

  /** When it is asked about its restriction, in place of what was due before. */
  void asksNext(Optional<Timetable.Due> due) {
    question.ifPresent(Timetable.Due::strike);
    question = due;
  }

  /** What becomes of it by time alone, in place of what was due before, until the next phase. */
  void next(Timetable.Due due) {
    next.ifPresent(Timetable.Due::strike);
    next = Optional.of(due);
  }

  boolean inMaintenance() {
    return presence
        .flatMap(DevicePresence::restriction)
        .filter(restriction -> restriction.reason() == RestrictionReason.MAINTENANCE)
        .isPresent();
  }

  /** The lease it promises when nobody asks it for another. */
  Optional<Duration> ownLease() {
    return ownLease;
  }

  /** Whether it has to be asked for this lease: it has another, and was not asked for this one. */
  boolean wish(Duration wish) {
    boolean news =
        presence.filter(word -> !word.lease().equals(wish)).isPresent()
            && !wishedLease.equals(Optional.of(wish));
    wishedLease = Optional.of(wish);
    return news;
  }

  /** What it answered when it was asked for another lease. */
  void took(Session asked, Duration lease) {
    if (has(asked)) {
      takenLease = Optional.of(lease);
    }
  }

  void enter(Phase entered) {
    phase = entered;
    next.ifPresent(Timetable.Due::strike);
    next = Optional.empty();
    dirty = true;
  }

  /** Takes a newly proven session; whether the device's journal fell behind what it had proven. */
  boolean attach(Session proven, Certified who, SessionProof proof) {
    boolean reissued = !who.fingerprint().equals(certified.fingerprint());
    boolean fell = proof.journalSeq() < journalSeq && !reissued;
    // A person looked at the device before giving it a new certificate.
    quarantined = fell || (quarantined && !reissued);
    journalSeq = reissued ? proof.journalSeq() : Math.max(journalSeq, proof.journalSeq());
    certified = who;
    belief.doubt(heard());
    session = Optional.of(proven);
    takenLease = Optional.empty();
    wishedLease = Optional.empty();
    return fell;
  }

  void progress(long seq) {
    if (seq > journalSeq) {
      journalSeq = seq;
      dirty = true;
    }
  }

  void absent(Contact.Absence why) {
    absence = Optional.of(why);
  }

  void back() {
    absence = Optional.empty();
  }

  void detach() {
    heard();
    session = Optional.empty();
  }

  /** Whether this first word on a new session is other than what was believed. */
  boolean differs(DevicePresence word, Instant now) {
    return belief.compare(presence, word, now);
  }

  void differenceTold() {
    belief.told();
  }

  /** Takes the device's signed word on an order; whether its contact is another by it. */
  boolean carriedOut(Command command, Optional<DevicePresence> state) {
    dirty = true;
    boolean newer =
        state
            .filter(
                signed -> presence.filter(last -> last.revision() >= signed.revision()).isEmpty())
            .isPresent();
    if (newer) {
      presence = state;
    }
    return belief.carriedOut(command) || newer;
  }

  /** Whether that says anything new. */
  boolean says(DevicePresence word) {
    boolean news = presence.filter(word::equals).isEmpty();
    presence = Optional.of(word);
    if (!takenLease.equals(Optional.of(word.lease()))) {
      ownLease = Optional.of(word.lease());
    }
    dirty |= news;
    return news;
  }

  Contact contact(boolean anotherStream) {
    return new Contact(
        device(),
        certified.memberships(),
        presence,
        certainty(anotherStream),
        heard(),
        quarantined && phase.there() ? absence.or(this::restored) : absence,
        steadiness.shown(),
        belief.difference());
  }

  private Optional<Contact.Absence> restored() {
    return Optional.of(new Contact.Absence(true, heard, "journal restored", Optional.empty()));
  }

  private Certainty certainty(boolean anotherStream) {
    if (phase.there()) {
      return phase == Phase.PRESENT ? Certainty.REAL : Certainty.ACTUAL;
    }
    if (anotherStream) {
      return Certainty.NETWORK;
    }
    return nextContact().isPresent() ? Certainty.PREDICTED : Certainty.TEMPORARY;
  }

  boolean takeDirty() {
    boolean was = dirty;
    dirty = false;
    return was;
  }

  /** A fault that is withheld because the device flaps is still to be told after a restart. */
  private Optional<Contact.Absence> toldAbsence() {
    return phase == Phase.FAULT && !faultTold ? Optional.empty() : absence;
  }

  DeviceRecord record() {
    return new DeviceRecord(
        certified,
        presence,
        heard(),
        journalSeq,
        quarantined,
        toldAbsence(),
        belief.difference(),
        belief.reversal());
  }
}
