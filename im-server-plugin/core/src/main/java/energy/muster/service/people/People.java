// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.people;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.presence.Certainty;
import energy.muster.presence.Colleague;
import energy.muster.presence.Duty;
import energy.muster.presence.PersonPresence;
import energy.muster.presence.Show;
import energy.muster.service.Timing;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.PersonRecord;
import energy.muster.service.session.Session;
import energy.muster.service.session.Sessions;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every person that ever proved a key, what they said last and how sure one may be that they are
 * there. Changed at the desk only; certificates and who is present may be read by any thread.
 */
final class People {
  /** Who answers for the process of a device. */
  private static final Set<Role> ANSWERS = EnumSet.of(Role.OPERATOR, Role.ENGINEER);

  private final Map<BareJid, Person> persons =
      new TreeMap<>(Comparator.comparing(BareJid::toString));
  private final Map<BareJid, Certified> certificates = new ConcurrentHashMap<>();
  private final Map<BareJid, Map<FullJid, Said>> words = new ConcurrentHashMap<>();
  private final Acquaintance acquaintance;
  private final Circles circles;
  private final Sessions sessions;
  private final Timing timing;
  private final InstantSource clock;

  /** What was said on one session, before or after it proved a key, if it ever does. */
  private record Said(PersonPresence word, boolean explicit) {}

  People(Acquaintance acquaintance, Sessions sessions, Timing timing, InstantSource clock) {
    this.acquaintance = acquaintance;
    this.circles = new Circles(acquaintance, certificates);
    this.sessions = sessions;
    this.timing = timing;
    this.clock = clock;
  }

  void recover(List<PersonRecord> known) {
    known.forEach(record -> add(new Person(record)));
  }

  private Person add(Person person) {
    persons.put(person.jid(), person);
    certified(person.certified());
    return person;
  }

  void proven(Session session, Certified who) {
    Person person = persons.get(who.jid());
    if (person == null) {
      person = add(Person.first(who, clock.instant()));
    }
    person.proven(who);
    certified(who);
    Said said = words.getOrDefault(who.jid(), Map.of()).get(session.jid());
    if (said != null) {
      person.says(said.word(), said.explicit(), clock.instant());
    }
  }

  private void certified(Certified who) {
    certificates.put(who.jid(), who);
    circles.changed();
  }

  /** A session is there and says so; whether it was not there before. */
  boolean says(FullJid session, PersonPresence word, boolean explicit) {
    Map<FullJid, Said> own = new LinkedHashMap<>(words.getOrDefault(session.bare(), Map.of()));
    boolean fresh = own.remove(session) == null;
    own.put(session, new Said(word, explicit));
    words.put(session.bare(), own);
    Person person = persons.get(session.bare());
    if (person != null) {
      person.heard(clock.instant());
      person.says(word, explicit, clock.instant());
    }
    return fresh;
  }

  /** A session is not there for others any more; what counts is what the newest that is says. */
  void quiet(FullJid session) {
    Map<FullJid, Said> own = new LinkedHashMap<>(words.getOrDefault(session.bare(), Map.of()));
    if (own.remove(session) == null) {
      return;
    }
    Person person = persons.get(session.bare());
    if (own.isEmpty()) {
      words.remove(session.bare());
    } else {
      words.put(session.bare(), own);
    }
    if (person != null) {
      person.heard(clock.instant());
      own.values().stream()
          .reduce((older, newer) -> newer)
          .ifPresent(rest -> person.says(rest.word(), rest.explicit(), clock.instant()));
    }
  }

  /** Forgets what closed sessions said. */
  void streamsChanged(BareJid account) {
    present(account).stream()
        .filter(session -> sessions.session(session).isEmpty())
        .toList()
        .forEach(this::quiet);
  }

  void ended(Session session) {
    Optional.ofNullable(persons.get(session.account()))
        .ifPresent(person -> person.heard(session.heard()));
  }

  /** The sessions that are there for others; any thread. */
  Set<FullJid> present(BareJid account) {
    return Set.copyOf(words.getOrDefault(account, Map.of()).keySet());
  }

  /** Any thread. A password alone makes nobody reachable: the session must have proven its key. */
  Map<FullJid, Show> reach(Certified device, BareJid person) {
    return sessions
        .proven(person)
        .filter(
            session ->
                session
                    .certified()
                    .filter(who -> who.validAt(clock.instant()))
                    .filter(who -> who.covers(ANSWERS::contains, device))
                    .isPresent())
        .map(Session::jid)
        .flatMap(
            session ->
                Optional.ofNullable(words.getOrDefault(person, Map.of()).get(session))
                    .map(said -> Map.of(session, said.word().effective().show())))
        .orElseGet(Map::of);
  }

  /**
   * The newest certificate this person has proven, if whoever asks may know of them; any thread.
   */
  Optional<Certified> known(Certified asker, BareJid person) {
    return acquainted(asker.jid(), person) ? certificate(person) : Optional.empty();
  }

  /** Whether two different persons may know of each other; any thread. */
  boolean acquainted(BareJid asker, BareJid other) {
    return circles.of(asker).contains(other);
  }

  Optional<Certified> certificate(BareJid person) {
    return Optional.ofNullable(certificates.get(person));
  }

  /** As they last said; whoever said nothing is on duty. */
  Duty duty(BareJid person) {
    return Optional.ofNullable(persons.get(person))
        .flatMap(Person::word)
        .map(PersonPresence::effective)
        .orElse(Duty.ON_DUTY);
  }

  Collection<Certified> all() {
    return certificates.values();
  }

  /** Those whom the session's person works with, and that person. */
  Payload list(Session session) {
    Certified asker = session.certified().orElseThrow();
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("people");
    for (Person person : persons.values()) {
      boolean own = person.jid().equals(asker.jid());
      if (own || acquainted(asker.jid(), person.jid())) {
        list.add(colleague(asker, person).write());
      }
    }
    return Payload.of(Wire.PEOPLE, answer);
  }

  private Colleague colleague(Certified asker, Person person) {
    Optional<Session> proven = sessions.proven(person.jid());
    proven.ifPresent(session -> person.heard(session.heard()));
    return new Colleague(
        person.jid(),
        acquaintance.shared(asker, person.certified()),
        person.word(),
        person.since(),
        certainty(person, proven.isPresent()),
        person.heard());
  }

  private Certainty certainty(Person person, boolean proven) {
    Duration silence = Duration.between(person.heard(), clock.instant());
    if (proven && silence.compareTo(timing.lease()) <= 0) {
      return Certainty.REAL;
    }
    if (proven && silence.compareTo(timing.lease().plus(timing.grace())) <= 0) {
      return Certainty.ACTUAL;
    }
    if (sessions.anotherStream(person.jid(), Optional.empty())) {
      return Certainty.NETWORK;
    }
    Instant now = clock.instant();
    return person.word().flatMap(PersonPresence::until).filter(now::isBefore).isPresent()
        ? Certainty.PREDICTED
        : Certainty.TEMPORARY;
  }

  List<Entry> unwritten() {
    return persons.values().stream()
        .filter(Person::takeDirty)
        .<Entry>map(person -> new Entry.PersonNoted(person.record()))
        .toList();
  }
}
