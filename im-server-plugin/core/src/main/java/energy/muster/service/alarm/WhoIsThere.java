// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.service.desk.Timetable;
import energy.muster.service.people.Staff;
import energy.muster.service.session.Session;
import energy.muster.service.session.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which people an alarm can be brought to: they have proven a session, are on duty, and their
 * console answers. Only for use at the desk.
 */
final class WhoIsThere {
  private static final Duration RECHECK = Duration.ofSeconds(15);

  private final Staff staff;
  private final Sessions sessions;
  private final Timetable timetable;
  private final InstantSource clock;
  private final Consumer<BareJid> changed;
  private final Map<BareJid, Silence> silent = new HashMap<>();
  private final Set<BareJid> expected = new HashSet<>();

  /**
   * A console that did not answer.
   *
   * @param refused whether it said that it does not take alarms
   */
  private record Silence(FullJid session, Instant since, boolean refused) {}

  /**
   * @param changed hears of people who answer again or are no longer waited for
   */
  WhoIsThere(
      Staff staff,
      Sessions sessions,
      Timetable timetable,
      InstantSource clock,
      Consumer<BareJid> changed) {
    this.staff = staff;
    this.sessions = sessions;
    this.timetable = timetable;
    this.clock = clock;
    this.changed = changed;
  }

  /** After a restart they are counted as there for so long, because all streams were cut. */
  void expect(Collection<BareJid> people, Duration time) {
    expected.addAll(people);
    if (!expected.isEmpty()) {
      timetable.after(time, this::expectNobody);
    }
  }

  private void expectNobody() {
    Set<BareJid> late = Set.copyOf(expected);
    expected.clear();
    late.forEach(changed);
  }

  /** Whether an alarm can be offered to this person. */
  boolean there(BareJid person) {
    Optional<Session> session = sessions.proven(person);
    // Until they have said how they are, nobody knows whether they may be disturbed.
    if (session.isEmpty() || !staff.speaks(person)) {
      return expected.contains(person);
    }
    return staff.onDuty(person) && !silent(person, session.get());
  }

  /** Whether what this person has taken on is nobody's now. */
  boolean left(BareJid person) {
    return sessions.proven(person).isEmpty() ? !expected.contains(person) : staff.offDuty(person);
  }

  private boolean silent(BareJid person, Session session) {
    Silence known = silent.get(person);
    if (known == null) {
      return false;
    }
    if (known.session().equals(session.jid())
        && (known.refused() || !session.heard().isAfter(known.since()))) {
      return true;
    }
    silent.remove(person);
    return false;
  }

  /**
   * An offer did not reach this session.
   *
   * @return whether that is news: the session is still the person's one
   */
  boolean unreached(BareJid person, FullJid session, boolean refused) {
    boolean current = sessions.proven(person).filter(now -> now.jid().equals(session)).isPresent();
    if (current) {
      silent.put(person, new Silence(session, clock.instant(), refused));
      recheck(person);
    }
    return current;
  }

  private void recheck(BareJid person) {
    timetable.after(
        RECHECK,
        () -> {
          if (!silent.containsKey(person)) {
            return;
          }
          Optional<Session> session = sessions.proven(person);
          if (session.isEmpty()) {
            silent.remove(person);
          } else if (silent(person, session.get())) {
            recheck(person);
          } else {
            changed.accept(person);
          }
        });
  }
}
