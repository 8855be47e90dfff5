// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.people;

import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.presence.Duty;
import energy.muster.presence.PersonPresence;
import energy.muster.service.journal.PersonRecord;
import java.time.Instant;
import java.util.Optional;

/** One person as the service holds them. Only for use at the desk. */
final class Person {
  private Certified certified;
  private Optional<PersonPresence> word;
  private Instant since;
  private Instant heard;
  private boolean dirty;

  Person(PersonRecord known) {
    certified = known.certified();
    word = known.word();
    since = known.since();
    heard = known.heard();
  }

  static Person first(Certified certified, Instant now) {
    Person person = new Person(new PersonRecord(certified, Optional.empty(), now, now));
    person.dirty = true;
    return person;
  }

  BareJid jid() {
    return certified.jid();
  }

  Certified certified() {
    return certified;
  }

  void proven(Certified who) {
    dirty |= !who.fingerprint().equals(certified.fingerprint());
    certified = who;
  }

  void heard(Instant at) {
    if (at.isAfter(heard)) {
      heard = at;
    }
  }

  /**
   * Takes what they say on one of their sessions. Whoever signed off stays off duty until they sign
   * on: a telephone that goes on being there does not call them back.
   *
   * @param explicit whether they said so in as many words, not only by being there
   */
  void says(PersonPresence said, boolean explicit, Instant now) {
    boolean off = word.map(PersonPresence::duty).filter(Duty.OFF_DUTY::equals).isPresent();
    if (off && !explicit) {
      return;
    }
    if (!word.equals(Optional.of(said))) {
      word = Optional.of(said);
      since = now;
      dirty = true;
    }
  }

  Optional<PersonPresence> word() {
    return word;
  }

  Instant since() {
    return since;
  }

  Instant heard() {
    return heard;
  }

  boolean takeDirty() {
    boolean was = dirty;
    dirty = false;
    return was;
  }

  PersonRecord record() {
    return new PersonRecord(certified, word, since, heard);
  }
}
