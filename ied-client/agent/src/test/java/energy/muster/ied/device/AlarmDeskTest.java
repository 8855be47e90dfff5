// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.alarm.Alarm;
import energy.muster.alarm.Priority;
import energy.muster.alarm.Reading;
import energy.muster.command.Instruction;
import energy.muster.ied.fixture.OneDevice;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.wire.Wire;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlarmDeskTest extends AlarmingBreaker {
  @Test
  void aBreakerAtItsLimitSaysSoWithItsSignature() {
    load(97);
    seconds(5);

    assertThat(told()).containsExactly("trip-imminent onset");
    Alarm alarm = taken.get(0);
    assertThat(alarm.priority()).isEqualTo(Priority.CRITICAL);
    assertThat(alarm.reading().map(Reading::value)).contains(new BigDecimal("97"));
    assertThat(Duration.between(alarm.since(), alarm.header().issuedAt()))
        .isEqualTo(Duration.ofSeconds(2));
    assertThat(alarm.clockSure()).isTrue();
  }

  @Test
  void itIsOverOnceWithTheWorstThereWas() {
    load(96);
    seconds(3);
    load(98.5);
    load(85);
    seconds(12);

    Alarm over = taken.get(taken.size() - 1);
    assertThat(over.event()).isEqualTo(Alarm.Event.RETURN);
    assertThat(over.occurrence()).isEqualTo(taken.get(0).header().id());
    assertThat(over.reading().map(Reading::worst)).contains(new BigDecimal("98.5"));
  }

  @Test
  void aTripIsAnAlarmUntilAPersonResetsIt() {
    play("{'happenings':['tripped']}");
    seconds(2);

    assertThat(told()).containsExactly("breaker-tripped onset");

    play("{}");
    seconds(2);

    assertThat(told()).containsExactly("breaker-tripped onset");
    assertThat(one.carryOut(one.site().order(new Instruction.Reset("trip"))))
        .isInstanceOf(Result.Executed.class);
    seconds(1);
    assertThat(told()).containsExactly("breaker-tripped onset", "breaker-tripped return");
  }

  @Test
  void anAlarmRaisedWhileTheServiceIsAwayArrivesLaterWithItsTrueTime() {
    one.site().link().cut();
    load(97);
    seconds(3);
    load(60);
    Instant over = one.now().plusSeconds(12);
    seconds(3600);
    assertThat(taken).isEmpty();

    one.site().link().prove();

    assertThat(told()).containsExactly("trip-imminent onset", "trip-imminent return");
    assertThat(taken.get(1).header().issuedAt()).isBefore(over);
  }

  @Test
  void aSilentServiceIsToldAgainUntilItAnswers() {
    silent = true;
    load(97);
    seconds(20);
    silent = false;
    seconds(60);

    assertThat(told()).containsExactly("trip-imminent onset", "high-loading onset");
  }

  @Test
  void whatWasNotTakenSurvivesAKill() {
    silent = true;
    load(97);
    seconds(4);
    Instant raised = one.now();
    one.advance(Duration.ofHours(2));

    one.restart();

    Alarm again =
        one.site().link().sets().stream()
            .filter(payload -> payload.wire() == Wire.ALARM)
            .map(this::heard)
            .findFirst()
            .orElseThrow();
    assertThat(again.rule()).hasToString("trip-imminent");
    assertThat(again.header().issuedAt()).isBefore(raised);
  }

  @Test
  void anOpenAlarmSurvivesAKillAndReturnsWithItsWorst() {
    load(99);
    seconds(3);
    load(96);
    // Whatever is written next takes the mark along.
    one.keepFloor(one.now());
    restart();
    seconds(5);

    assertThat(told()).doesNotHaveDuplicates();

    load(50);
    seconds(12);

    Alarm over = taken.get(taken.size() - 1);
    assertThat(over.event()).isEqualTo(Alarm.Event.RETURN);
    assertThat(over.occurrence()).isEqualTo(taken.get(0).header().id());
    assertThat(over.reading().map(Reading::worst)).contains(new BigDecimal("99"));
  }

  @Test
  void aLastGaspIsSentBeforeItIsKept() {
    one.journal().dieAfter(0);
    play("{'happenings':['supply-lost']}");

    assertThat(told()).containsExactly("outage onset");
  }

  @Test
  void anAlarmThatCannotBeKeptIsRaisedAllTheSame() {
    one.journal().full(true);
    load(97);
    seconds(4);

    assertThat(told()).containsExactly("trip-imminent onset");
    assertThat(one.site().events().lines()).anyMatch(line -> line.contains("told but not kept"));
  }

  @Test
  void withAnUnsureClockItIsRaisedAndSaysSo() {
    one.keepFloor(one.now());
    one.site().time().set(one.now().minus(Duration.ofHours(1)));
    restart();
    play("{'happenings':['tamper']}");

    assertThat(taken).singleElement().satisfies(alarm -> assertThat(alarm.clockSure()).isFalse());
  }

  @Test
  void signedRulesReplaceTheDefaults() {
    assertThat(
            configure(
                1,
                "{'alarms':[{'name':'warm','quantity':'load','above':50,'deadband':5,"
                    + "'latching':true,'priority':'low'}]}"))
        .isInstanceOf(Result.Executed.class);
    load(97);
    seconds(20);

    assertThat(told()).containsExactly("warm onset");
    assertThat(taken.get(0).latching()).isTrue();
  }

  @Test
  void oneRuleIsChangedAndAllElseStays() {
    configure(1, "{'note':'new contacts','alarmContacts':['op-1@grid.example']}");
    assertThat(
            configure(
                2,
                "{'amends':1,'alarmChanges':[{'name':'high-loading','limit':50,'unit':'%',"
                    + "'onDelaySeconds':1,'latching':true}]}"))
        .isInstanceOf(Result.Executed.class);
    load(60);
    seconds(3);

    assertThat(told()).containsExactly("high-loading onset");
    assertThat(taken.get(0).latching()).isTrue();

    restart();
    load(97);
    seconds(4);
    assertThat(told()).containsExactly("high-loading onset", "trip-imminent onset");
  }

  @Test
  void aLatchingAlarmSaysSoAlsoWhenItIsOver() {
    configure(1, "{'amends':0,'alarmChanges':[{'name':'high-loading','latching':true}]}");
    load(85);
    seconds(12);
    load(10);
    seconds(40);

    assertThat(told()).containsExactly("high-loading onset", "high-loading return");
    assertThat(taken).allSatisfy(alarm -> assertThat(alarm.latching()).isTrue());
  }

  @Test
  void aChangeOfWhatIsNotInForceIsRefused() {
    configure(3, "{'note':'newer'}");

    assertThat(
            OneDevice.reason(
                configure(4, "{'amends':2,'alarmChanges':[{'name':'tamper','off':true}]}")))
        .isEqualTo(Reason.SUPERSEDED);
  }

  @Test
  void whatIsOpenUnderARuleThatIsTakenAwayEnds() {
    load(97);
    seconds(3);
    configure(1, "{'alarms':[]}");
    seconds(1);

    assertThat(told()).containsExactly("trip-imminent onset", "trip-imminent return");
    assertThat(taken.get(1).text()).contains("no longer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'alarms':[{'name':'x','event':'earthquake','priority':'low'}]}",
        "{'alarms':[{'name':'x','quantity':'pressure','above':1,'deadband':0,'priority':'low'}]}",
        "{'alarms':[{'name':'x','event':'tamper','priority':'low','siren':true}]}",
        "{'alarmContacts':['op-1@grid.example','op-1@grid.example']}",
        "{'alarmChanges':[{'name':'tamper','off':true}]}",
        "{'amends':0,'alarmChanges':[{'name':'high-loading','limit':85,'unit':'kW'}]}",
        "{'amends':0,'alarmChanges':[{'name':'never-heard-of','limit':85}]}",
        "{'alarmContacts':['nobody']}"
      })
  void aRuleOrContactThatIsUnknownIsRefused(String settings) {
    assertThat(OneDevice.reason(configure(1, settings))).isEqualTo(Reason.INVALID_ARGUMENT);
  }
}
