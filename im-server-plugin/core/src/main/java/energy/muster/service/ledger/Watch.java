// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.ledger;

import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.presence.Certainty;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
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
  private Optional<Session> session = Optional.empty();
  private Phase phase;
  private long turn;
  private boolean dirty;

  Watch(DeviceRecord known) {
    certified = known.certified();
    presence = known.presence();
    heard = known.heard();
    journalSeq = known.journalSeq();
    quarantined = known.quarantined();
    absence = known.absence();
    phase = absence.map(gone -> gone.fault() ? Phase.FAULT : Phase.AWAY).orElse(Phase.MISSED);
  }

  static Watch first(Certified certified, Instant now) {
    return new Watch(
        new DeviceRecord(certified, Optional.empty(), now, 0, false, Optional.empty()));
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

  /** Counts the changes of phase, so that what was due in an earlier one is known to be void. */
  long turn() {
    return turn;
  }

  Optional<Session> session() {
    return session;
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

  void enter(Phase next) {
    phase = next;
    turn++;
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
    session = Optional.of(proven);
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

  /** Whether that says anything new. */
  boolean says(DevicePresence word) {
    boolean news = presence.filter(word::equals).isEmpty();
    presence = Optional.of(word);
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
        quarantined && phase.there() ? absence.or(this::restored) : absence);
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
    return absence.flatMap(Contact.Absence::next).isPresent()
        ? Certainty.PREDICTED
        : Certainty.TEMPORARY;
  }

  boolean takeDirty() {
    boolean was = dirty;
    dirty = false;
    return was;
  }

  DeviceRecord record() {
    return new DeviceRecord(certified, presence, heard(), journalSeq, quarantined, absence);
  }
}
