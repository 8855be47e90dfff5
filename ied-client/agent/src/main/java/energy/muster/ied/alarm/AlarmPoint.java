// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.alarm;

import energy.muster.alarm.Alarm;
import energy.muster.alarm.AlarmRule;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One rule and what has come of it. What it says depends on the samples and their instants alone,
 * not on when it is asked: a delay that has run out since is noticed at the instant it did. Used by
 * one thread at a time.
 */
final class AlarmPoint {
  private final AlarmRule rule;
  private final Signal signal;
  private Phase phase = Phase.NORMAL;
  private Instant since = Instant.MIN;
  private Instant overSince = Instant.MIN;
  private Optional<BigDecimal> worst = Optional.empty();

  private enum Phase {
    NORMAL,
    /** It is as the rule says, but not for long enough. */
    BEGINNING,
    ACTIVE,
    /** It is not so any more, but not for long enough. */
    ENDING
  }

  AlarmPoint(AlarmRule rule) {
    this.rule = rule;
    this.signal = Signal.of(rule.trigger());
  }

  /** One whose alarm began before: another run of the device, or another wording of the rule. */
  static AlarmPoint open(AlarmRule rule, Instant since, Optional<BigDecimal> worst) {
    AlarmPoint point = new AlarmPoint(rule);
    point.phase = Phase.ACTIVE;
    point.since = since;
    point.worst = worst;
    return point;
  }

  AlarmRule rule() {
    return rule;
  }

  boolean active() {
    return phase == Phase.ACTIVE || phase == Phase.ENDING;
  }

  Instant since() {
    return since;
  }

  Optional<BigDecimal> worst() {
    return worst;
  }

  /** Of a delay that ends at the same instant, the sample decides. */
  List<Turn> take(Sample sample, Instant at) {
    List<Turn> turns = new ArrayList<>();
    for (Optional<Instant> next = dueBefore(at); next.isPresent(); next = dueBefore(at)) {
      signal.pass(next.get());
      judge(next.get(), turns);
    }
    signal.take(sample, at);
    signal.pass(at);
    judge(at, turns);
    return turns;
  }

  /** When it has to be looked at again, if nothing else is measured meanwhile. */
  Optional<Instant> due() {
    Optional<Instant> delay =
        switch (phase) {
          case BEGINNING -> Optional.of(since.plus(rule.onDelay()));
          case ENDING -> Optional.of(overSince.plus(rule.offDelay()));
          case NORMAL, ACTIVE -> Optional.empty();
        };
    Optional<Instant> change = signal.next();
    return delay.isPresent() && change.filter(delay.get()::isAfter).isEmpty() ? delay : change;
  }

  private Optional<Instant> dueBefore(Instant at) {
    return due().filter(next -> next.isBefore(at));
  }

  private void judge(Instant at, List<Turn> turns) {
    boolean met = signal.met(active());
    if (phase == Phase.NORMAL && met) {
      phase = Phase.BEGINNING;
      since = at;
      worst = Optional.empty();
    }
    if (phase == Phase.BEGINNING) {
      begin(met, at, turns);
    } else if (phase != Phase.NORMAL) {
      end(met, at, turns);
    }
  }

  private void begin(boolean met, Instant at, List<Turn> turns) {
    if (!met) {
      phase = Phase.NORMAL;
      return;
    }
    note();
    if (past(since, rule.onDelay(), at)) {
      phase = Phase.ACTIVE;
      turns.add(turn(Alarm.Event.ONSET, at));
    }
  }

  private void end(boolean met, Instant at, List<Turn> turns) {
    if (met) {
      note();
      phase = Phase.ACTIVE;
      return;
    }
    if (phase == Phase.ACTIVE) {
      phase = Phase.ENDING;
      overSince = at;
    }
    if (past(overSince, rule.offDelay(), at)) {
      turns.add(turn(Alarm.Event.RETURN, at));
      phase = Phase.NORMAL;
    }
  }

  private static boolean past(Instant start, Duration delay, Instant now) {
    return !now.isBefore(start.plus(delay));
  }

  private void note() {
    signal
        .value()
        .ifPresent(
            value -> worst = Optional.of(worst.map(so -> signal.worse(so, value)).orElse(value)));
  }

  private Turn turn(Alarm.Event event, Instant at) {
    return new Turn(rule, event, at, since, signal.reading(worst));
  }
}
