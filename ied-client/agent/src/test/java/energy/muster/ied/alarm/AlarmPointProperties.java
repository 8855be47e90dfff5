// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.alarm.Alarm;
import energy.muster.alarm.AlarmRule;
import energy.muster.alarm.Priority;
import energy.muster.alarm.RuleName;
import energy.muster.alarm.Trigger;
import energy.muster.alarm.Trigger.Side;
import energy.muster.presence.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * An alarm is compared with a model that looks at every second anew, and at the whole time before
 * it by the definition of the delays.
 */
class AlarmPointProperties {
  private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
  private static final int LIMIT = 80;
  private static final int DEADBAND = 5;
  private static final int LAST = 80;

  private record Said(boolean onset, int second, int since, int worst) {}

  @Property(tries = 400)
  void itSaysWhatTheModelSays(
      @ForAll @Size(min = 1, max = 25) List<@IntRange(min = 0, max = LAST) Integer> seconds,
      @ForAll @Size(25) List<@IntRange(min = 72, max = 84) Integer> values,
      @ForAll @IntRange(min = 0, max = 6) int onDelay,
      @ForAll @IntRange(min = 0, max = 6) int offDelay,
      @ForAll Side side,
      @ForAll @Size(max = 10) List<@IntRange(min = 0, max = LAST) Integer> asked) {
    SortedMap<Integer, Integer> samples = samples(seconds, values, side);

    assertThat(said(samples, rule(side, onDelay, offDelay), asked))
        .isEqualTo(model(samples, side, onDelay, offDelay));
  }

  @Property(tries = 200)
  void onsetsAndReturnsTakeTurns(
      @ForAll @Size(min = 1, max = 25) List<@IntRange(min = 0, max = LAST) Integer> seconds,
      @ForAll @Size(25) List<@IntRange(min = 72, max = 84) Integer> values,
      @ForAll @IntRange(min = 0, max = 6) int delay) {
    List<Said> said =
        said(samples(seconds, values, Side.ABOVE), rule(Side.ABOVE, delay, delay), List.of());

    for (int i = 0; i < said.size(); i++) {
      assertThat(said.get(i).onset()).isEqualTo(i % 2 == 0);
    }
  }

  private static SortedMap<Integer, Integer> samples(
      List<Integer> seconds, List<Integer> values, Side side) {
    SortedMap<Integer, Integer> samples = new TreeMap<>();
    for (int i = 0; i < seconds.size(); i++) {
      int value = values.get(i);
      samples.put(seconds.get(i), side == Side.ABOVE ? value : 2 * LIMIT - value);
    }
    return samples;
  }

  private static AlarmRule rule(Side side, int onDelay, int offDelay) {
    return new AlarmRule(
        new RuleName("high-loading"),
        new Trigger.Level(
            Quantity.LOAD, side, BigDecimal.valueOf(LIMIT), BigDecimal.valueOf(DEADBAND)),
        Duration.ofSeconds(onDelay),
        Duration.ofSeconds(offDelay),
        false,
        Priority.HIGH);
  }

  /**
   * What the point says when it is given the samples, and asked in between as often as one likes.
   */
  private static List<Said> said(
      SortedMap<Integer, Integer> samples, AlarmRule rule, List<Integer> asked) {
    AlarmPoint point = new AlarmPoint(rule);
    List<Turn> turns = new ArrayList<>();
    for (int second = samples.firstKey(); second <= LAST; second++) {
      if (samples.containsKey(second) || asked.contains(second) || second == LAST) {
        BigDecimal value = BigDecimal.valueOf(at(samples, second));
        turns.addAll(
            point.take(
                new Sample(Map.of(Quantity.LOAD, value), Set.of()), START.plusSeconds(second)));
      }
    }
    return turns.stream()
        .map(
            turn ->
                new Said(
                    turn.event() == Alarm.Event.ONSET,
                    second(turn.at()),
                    second(turn.since()),
                    turn.reading().orElseThrow().worst().intValue()))
        .toList();
  }

  private static int second(Instant at) {
    return (int) Duration.between(START, at).toSeconds();
  }

  private static List<Said> model(
      SortedMap<Integer, Integer> samples, Side side, int onDelay, int offDelay) {
    List<Said> said = new ArrayList<>();
    int begun = -1;
    int last = -1;
    for (int now = samples.firstKey(); now <= LAST; now++) {
      if (begun < 0
          && always(
              samples, Math.max(now - onDelay, last), now, onDelay, value -> beyond(value, side))) {
        begun = now - onDelay;
        said.add(new Said(true, now, begun, worst(samples, begun, now, side)));
      }
      if (begun >= 0
          && always(samples, now - offDelay, now, offDelay, value -> over(value, side))) {
        said.add(new Said(false, now, begun, worst(samples, begun, now, side)));
        begun = -1;
        last = now;
      }
    }
    return said;
  }

  private static boolean always(
      SortedMap<Integer, Integer> samples, int from, int to, int lasting, IntPredicate holds) {
    if (to - from < lasting || from < samples.firstKey()) {
      return false;
    }
    for (int second = from; second <= to; second++) {
      if (!holds.test(at(samples, second))) {
        return false;
      }
    }
    return true;
  }

  private static int at(SortedMap<Integer, Integer> samples, int second) {
    return samples.get(samples.headMap(second + 1).lastKey());
  }

  private static boolean beyond(int value, Side side) {
    return side == Side.ABOVE ? value >= LIMIT : value <= LIMIT;
  }

  private static boolean over(int value, Side side) {
    return side == Side.ABOVE ? value < LIMIT - DEADBAND : value > LIMIT + DEADBAND;
  }

  private static int worst(SortedMap<Integer, Integer> samples, int from, int to, Side side) {
    int worst = at(samples, from);
    for (int second = from; second <= to; second++) {
      int value = at(samples, second);
      worst = side == Side.ABOVE ? Math.max(worst, value) : Math.min(worst, value);
    }
    return worst;
  }
}
