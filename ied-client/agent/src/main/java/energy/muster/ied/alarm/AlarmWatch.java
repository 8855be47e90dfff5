// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.alarm;

import energy.muster.alarm.AlarmRule;
import energy.muster.alarm.AlarmRules;
import energy.muster.alarm.RuleName;
import energy.muster.alarm.Trigger;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that one device watches for. Used by one thread at a time. */
public final class AlarmWatch {
  private AlarmRules rules = AlarmRules.NONE;
  private Map<RuleName, AlarmPoint> points = new LinkedHashMap<>();

  /**
   * An alarm that has begun and is not over.
   *
   * @param worst the furthest beyond the limit it has been, unless it is about a happening
   */
  public record Standing(RuleName rule, Instant since, Optional<BigDecimal> worst) {}

  public AlarmRules rules() {
    return rules;
  }

  /**
   * Watches for these from now on. What began under a rule goes on under another wording of it; of
   * what does not, nobody will see the end.
   */
  public void follow(AlarmRules next) {
    follow(next, standing());
  }

  /**
   * The same for a device that starts.
   *
   * @param left what had begun and was not over when its last run ended
   */
  public void follow(AlarmRules next, Collection<Standing> left) {
    Map<RuleName, AlarmPoint> kept = new LinkedHashMap<>();
    for (AlarmRule rule : next.all()) {
      AlarmPoint before = points.get(rule.name());
      if (before != null && before.rule().equals(rule)) {
        kept.put(rule.name(), before);
      } else {
        kept.put(
            rule.name(),
            left.stream()
                .filter(alarm -> alarm.rule().equals(rule.name()))
                .filter(alarm -> before == null || alike(before.rule(), rule))
                .findFirst()
                .map(alarm -> AlarmPoint.open(rule, alarm.since(), alarm.worst()))
                .orElseGet(() -> new AlarmPoint(rule)));
      }
    }
    points = kept;
    rules = next;
  }

  /** Whether what began under the one can end under the other. */
  private static boolean alike(AlarmRule one, AlarmRule other) {
    Trigger before = one.trigger();
    return before.getClass().equals(other.trigger().getClass())
        && before.watched().equals(other.trigger().watched())
        && (before.watched().isPresent() || before.equals(other.trigger()));
  }

  public List<Turn> take(Sample sample, Instant at) {
    return points.values().stream().flatMap(point -> point.take(sample, at).stream()).toList();
  }

  /** When it has to be looked again, if nothing else is measured meanwhile. */
  public Optional<Instant> due() {
    return points.values().stream().flatMap(point -> point.due().stream()).min(Instant::compareTo);
  }

  public List<Standing> standing() {
    return points.values().stream()
        .filter(AlarmPoint::active)
        .map(point -> new Standing(point.rule().name(), point.since(), point.worst()))
        .toList();
  }
}
