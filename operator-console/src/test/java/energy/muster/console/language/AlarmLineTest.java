// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import energy.muster.alarm.AlarmAct.Kind;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines about alarms and who answers them. */
final class AlarmLineTest {
  private static Line.OnAlarms act(String line) {
    return (Line.OnAlarms) LineReader.read(line);
  }

  @ParameterizedTest
  @CsvSource({
    "ack 42, ACKNOWLEDGE",
    "unshelve 42, UNSHELVE",
    "escalate 42, ESCALATE",
    "reset 42, RESET",
    "in service 42, IN_SERVICE",
    "unsuppress alarm 42, UNSUPPRESS"
  })
  void whatNeedsNoReasonIsShort(String line, Kind kind) {
    assertThat(act(line))
        .isEqualTo(new Line.OnAlarms(kind, List.of(42L), Optional.empty(), false, ""));
  }

  @ParameterizedTest
  @CsvSource({
    "out of service 42 because the sensor broke, OUT_OF_SERVICE",
    "suppress 42 because the sensor broke, SUPPRESS",
    "comment 42 the sensor broke, COMMENT",
    "ack 42 because the sensor broke, ACKNOWLEDGE"
  })
  void aReasonGoesAlong(String line, Kind kind) {
    assertThat(act(line).kind()).isEqualTo(kind);
    assertThat(act(line).reason()).isEqualTo("the sensor broke");
  }

  @Test
  void severalAreNamedAtOnce() {
    assertThat(act("ack 42, 43 and 44").numbers()).containsExactly(42L, 43L, 44L);
  }

  @Test
  void aCommentMayHoldAnything() {
    assertThat(act("comment 42, 43 ring 555-1234, ask for \"Jan\" at 9").reason())
        .isEqualTo("ring 555-1234, ask for \"Jan\" at 9");
    assertThat(act("comment 42 \"quoted\"").reason()).isEqualTo("quoted");
  }

  @Test
  void shelvingEnds() {
    assertThat(act("shelve 42 until 18:00 because \"works until 18:00\"").until())
        .contains(new Moment.NextTime(LocalTime.of(18, 0)));
    Line.OnAlarms once = act("shelve 42 for 1 h or until it returns because works");
    assertThat(once.until()).contains(new Moment.After(Duration.ofHours(1)));
    assertThat(once.oneShot()).isTrue();
  }

  @Test
  void listsAndFigures() {
    assertThat(LineReader.read("alarms")).isEqualTo(new Line.Alarms(Line.AlarmFilter.OPEN));
    assertThat(LineReader.read("alarms shelved"))
        .isEqualTo(new Line.Alarms(Line.AlarmFilter.SHELVED));
    assertThat(LineReader.read("alarm 42")).isEqualTo(new Line.AlarmDetail(42));
    assertThat(LineReader.read("alarms report since 24 h --csv"))
        .isEqualTo(new Line.AlarmReport(Optional.of(new Since.Ago(Duration.ofHours(24))), true));
    assertThat(LineReader.read("alarms report"))
        .isEqualTo(new Line.AlarmReport(Optional.empty(), false));
  }

  @Test
  void whoIsOnDutyNowAndThen() {
    assertThat(LineReader.read("duty"))
        .isEqualTo(new Line.OnDuty(Optional.empty(), Optional.empty()));
    assertThat(LineReader.read("duty plant-3 at 02:00"))
        .isEqualTo(
            new Line.OnDuty(
                Optional.of("plant-3"), Optional.of(new Moment.NextTime(LocalTime.of(2, 0)))));
    assertThat(LineReader.read("duty at 02:00")).isInstanceOf(Line.OnDuty.class);
  }

  @Test
  void whatIsPublished() {
    assertThat(LineReader.read("publish duty \"night shift.json\""))
        .isEqualTo(new Line.Publish(Line.Plan.DUTY, "night shift.json", 13));
    assertThat(LineReader.read("publish policy p.json"))
        .isEqualTo(new Line.Publish(Line.Plan.POLICY, "p.json", 15));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ack",
        "ack 0",
        "ack -1",
        "ack load-48",
        "ack 42 42",
        "ack 42, 42",
        "ack 42 and",
        "ack 42 now",
        "ack 9999999999999999",
        "ack \"42\"",
        "comment 42",
        "comment 42 \"\"",
        "shelve 42",
        "shelve 42 for 1 h",
        "shelve 42 because works",
        "shelve 42 for 1 h or until because works",
        "out 42",
        "out of service 42",
        "suppress 42",
        "in 42",
        "alarms some",
        "alarms report --json",
        "alarm",
        "duty plant-3 02:00",
        "duty plant-3 at noon",
        "publish",
        "publish duty",
        "publish roster x.json"
      })
  void whatIsMissingOrTooMuchIsAHint(String line) {
    Hint hint = catchThrowableOfType(Hint.class, () -> LineReader.read(line));

    assertThat(hint).as(line).isNotNull();
    assertThat(hint.column()).isBetween(0, line.length());
  }
}
