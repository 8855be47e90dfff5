// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import energy.muster.alarm.Alarm;
import energy.muster.alarm.AlarmRules;
import energy.muster.alarm.Happening;
import energy.muster.alarm.Reading;
import energy.muster.alarm.RuleName;
import energy.muster.ied.alarm.AlarmWatch.Standing;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlarmWatchTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final RuleName HOT = new RuleName("hot");

  private final AlarmWatch watch = new AlarmWatch();

  private static AlarmRules rules(String... rules) {
    return AlarmRules.read(
        Fields.of(
                Json.parse("{'alarms':[%s]}".formatted(String.join(",", rules)).replace('\'', '"')))
            .objects("alarms"));
  }

  private static String hot(int limit) {
    return "{'name':'hot','quantity':'temperature','above':%d,'deadband':5,'priority':'high'}"
        .formatted(limit);
  }

  private static final String RISING =
      "{'name':'rising','quantity':'temperature','risesPerMinute':10,'overSeconds':60,"
          + "'priority':'high'}";

  private List<Turn> celsius(int degrees, int second) {
    return watch.take(
        new Sample(Map.of(Quantity.TEMPERATURE, BigDecimal.valueOf(degrees)), Set.of()),
        NOON.plusSeconds(second));
  }

  private static BigDecimal worst(List<Turn> turns) {
    return turns.get(0).reading().map(Reading::worst).orElseThrow();
  }

  @Test
  void anAlarmBeginsUnderEachRuleThatIsMet() {
    watch.follow(AlarmRules.defaultsFor(DeviceKind.BREAKER));

    List<Turn> turns =
        watch.take(new Sample(Map.of(), Set.of(Happening.TRIPPED, Happening.TAMPER)), NOON);

    assertThat(turns)
        .extracting(turn -> turn.rule().name().text())
        .containsExactlyInAnyOrder("breaker-tripped", "tamper");
  }

  @Test
  void whatIsNotMeasuredAnyMoreEndsNothing() {
    watch.follow(rules(hot(90)));
    celsius(95, 0);

    assertThat(watch.take(new Sample(Map.of(), Set.of()), NOON.plusSeconds(9))).isEmpty();
    assertThat(watch.standing()).hasSize(1);
  }

  @Test
  void anAlarmGoesOnUnderAnotherLimit() {
    watch.follow(rules(hot(90)));
    celsius(95, 0);
    watch.follow(rules(hot(93)));

    assertThat(celsius(95, 1)).isEmpty();
    assertThat(watch.standing()).extracting(Standing::since).containsExactly(NOON);
  }

  @Test
  void anAlarmEndsWhereTheNewLimitSaysThatItIsOver() {
    watch.follow(rules(hot(90)));
    celsius(95, 0);
    watch.follow(rules(hot(120)));

    assertThat(celsius(95, 1)).extracting(Turn::event).containsExactly(Alarm.Event.RETURN);
  }

  @Test
  void nothingStandsUnderARuleThatIsGone() {
    watch.follow(rules(hot(90)));
    celsius(95, 0);
    watch.follow(AlarmRules.NONE);

    assertThat(watch.standing()).isEmpty();
  }

  @Test
  void whatStoodBeforeARestartStandsWithItsWorst() {
    watch.follow(
        rules(hot(90)), List.of(new Standing(HOT, NOON, Optional.of(BigDecimal.valueOf(110)))));

    assertThat(celsius(92, 60)).isEmpty();
    assertThat(worst(celsius(80, 61))).isEqualByComparingTo("110");
  }

  @Test
  void aSlowRiseIsNoAlarm() {
    watch.follow(rules(RISING));

    for (int second = 0; second < 600; second += 10) {
      assertThat(celsius(20 + second / 10, second)).isEmpty();
    }
  }

  @Test
  void aFastRiseIsOneWhileItLastsAndIsOverByItself() {
    watch.follow(rules(RISING));
    celsius(20, 0);

    List<Turn> onset = celsius(32, 30);

    assertThat(onset).extracting(Turn::event).containsExactly(Alarm.Event.ONSET);
    assertThat(worst(onset)).isEqualByComparingTo("12");
    assertThat(watch.due()).contains(NOON.plusSeconds(90));
    assertThat(celsius(32, 300))
        .extracting(Turn::event, Turn::at)
        .containsExactly(tuple(Alarm.Event.RETURN, NOON.plusSeconds(90)));
  }

  @Test
  void aFallIsNoRise() {
    watch.follow(rules(RISING));
    celsius(90, 0);

    assertThat(celsius(20, 10)).isEmpty();
  }
}
