// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.identity.BareJid;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Whom an alarm is offered to, and when to the next. It knows no people, only who of a step's is
 * there at the moment it is asked.
 */
final class Escalation {
  private final Steps steps;

  /** The steps of one course for one alarm, as things are now. */
  interface Steps {
    /** At least one. */
    int count();

    Duration hold(int step);

    /** Whom of this step it can be offered to. */
    Set<BareJid> there(int step);
  }

  /**
   * How far it has looked.
   *
   * @param step counts from 0
   * @param round counts from 1
   * @param to whom it is offered; nobody means that it waits for somebody to come
   * @param next when the next step comes; empty while nobody is there
   */
  record Search(int step, int round, Set<BareJid> to, Optional<Instant> next) {
    Search {
      to = Set.copyOf(to);
      Objects.requireNonNull(next);
    }

    boolean waits() {
      return to.isEmpty();
    }
  }

  /**
   * One move of the search.
   *
   * @param offer to whom it is offered now, also those to whom it was before
   * @param exhausted whether all steps have been gone through, so that it must leave otherwise
   */
  record Move(Search search, Set<BareJid> offer, boolean exhausted) {
    Move {
      offer = Set.copyOf(offer);
    }

    static Move none(Search search) {
      return new Move(search, Set.of(), false);
    }
  }

  Escalation(Steps steps) {
    this.steps = steps;
  }

  Move begin(Instant now) {
    return from(0, 1, now);
  }

  /** The step is over: its time is, or a person says so. */
  Move onward(Search search, Instant now) {
    return from(search.step() + 1, search.round(), now);
  }

  /** Somebody came or went. */
  Move changed(Search search, Instant now) {
    if (search.waits()) {
      Move again = from(0, search.round(), now);
      return again.search().waits() ? Move.none(search) : again;
    }
    Set<BareJid> there = search.step() < steps.count() ? steps.there(search.step()) : Set.of();
    Set<BareJid> came = new HashSet<>(there);
    came.removeAll(search.to());
    if (there.isEmpty()) {
      return onward(search, now);
    }
    return new Move(new Search(search.step(), search.round(), there, search.next()), came, false);
  }

  /** The first step from there on with somebody; after the last the first comes again. */
  private Move from(int first, int round, Instant now) {
    for (int step = first; step < steps.count(); step++) {
      Set<BareJid> there = steps.there(step);
      if (!there.isEmpty()) {
        return offered(step, round, there, now, false);
      }
    }
    for (int step = 0; step < Math.min(first, steps.count()); step++) {
      Set<BareJid> there = steps.there(step);
      if (!there.isEmpty()) {
        return offered(step, round + 1, there, now, true);
      }
    }
    return new Move(new Search(0, round, Set.of(), Optional.empty()), Set.of(), true);
  }

  private Move offered(int step, int round, Set<BareJid> there, Instant now, boolean exhausted) {
    return new Move(
        new Search(step, round, there, Optional.of(now.plus(steps.hold(step)))), there, exhausted);
  }
}
