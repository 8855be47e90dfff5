// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.AlarmTransition;
import energy.muster.alarm.Priority;
import energy.muster.json.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One alarm with all that happened to it. */
record AlarmStory(AlarmEntry alarm, List<AlarmTransition> transitions) {
  private static final Duration LATE = Duration.ofSeconds(1);

  /** A while in which nobody could do anything. */
  record Pause(Instant since, Instant until) {
    static final Pause NONE = new Pause(Instant.MAX, Instant.MIN);

    private boolean touches(Instant from, Instant to) {
      return !since.isAfter(to) && !until.isBefore(from);
    }
  }

  static AlarmStory read(Fields history) {
    return new AlarmStory(
        AlarmEntry.read(history.object("alarm")),
        history.objects("transitions").stream().map(AlarmTransition::read).toList());
  }

  boolean critical() {
    return alarm.priority() == Priority.CRITICAL;
  }

  /**
   * Whether somebody has it, and it was never with a step for a second longer than its time.
   *
   * @param except steps that this touches do not count
   */
  boolean inTime(Duration hold, Pause except) {
    return alarm.owner().isPresent() && beyond(hold, except).compareTo(LATE) <= 0;
  }

  /** How much longer than its time it stayed with a step at the most. */
  Duration beyond(Duration hold, Pause except) {
    Duration beyond = Duration.ZERO;
    Optional<Instant> offered = Optional.empty();
    for (AlarmTransition transition : transitions) {
      Instant at = transition.at();
      if (offered.filter(since -> !except.touches(since, at)).isPresent()) {
        Duration more = Duration.between(offered.get().plus(hold), at);
        beyond = more.compareTo(beyond) > 0 ? more : beyond;
      }
      switch (transition.kind()) {
        case OFFERED -> offered = Optional.of(at);
        case ACKNOWLEDGED, NOBODY -> offered = Optional.empty();
        default -> {
          // Neither begins nor ends a step.
        }
      }
    }
    return beyond;
  }
}
