// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import energy.muster.command.Instruction;
import energy.muster.command.Precondition;
import energy.muster.command.Priority;
import energy.muster.command.Verb;
import energy.muster.presence.Operating;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines about orders that take their time, and about what became of them. */
final class WaitingLineTest {
  private static Line.Order order(String line) {
    return (Line.Order) LineReader.read(line);
  }

  private static String hint(String line) {
    return catchThrowableOfType(Hint.class, () -> LineReader.read(line)).text();
  }

  @Test
  void anOrderIsForATimeAndMayWait() {
    Window window = order("start gen-1 at 12:00 by 12:10").options().window();
    assertThat(window.at()).contains(new Moment.NextTime(LocalTime.NOON));
    assertThat(window.by()).contains(new Moment.NextTime(LocalTime.of(12, 10)));
    assertThat(order("start gen-1 within 10 min").options().window().by())
        .contains(new Moment.After(Duration.ofMinutes(10)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"emergency shed load-48", "shed load-48 emergency", "shed load-48 urgent"})
  void emergencyStandsInFrontOrBehind(String line) {
    assertThat(order(line).options().priority()).isEqualTo(Priority.EMERGENCY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "when gen-3 is off and available: start gen-3",
        "when gen-3 is off and available, start gen-3",
        "when gen-3 is off and available then start gen-3",
        "start gen-3 when it is off and available"
      })
  void anOrderWaitsForAState(String line) {
    Precondition when = order(line).options().when().orElseThrow();
    assertThat(when.available()).isTrue();
    assertThat(when.awaited()).isTrue();
    assertThat(when.operating()).contains(Operating.OFF);
    assertThat(order(line).act()).isEqualTo(new Act.Give(Instruction.plain(Verb.START)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "start gen-1 by 12:00 within 5 min | is said twice",
        "start gen-1 by 12:00 deliver within 5 min | limit both",
        "start gen-1 at 12:00 execute within 5 min | say by when it must have begun",
        "start gen-1 at 12:00 when it is off | not for both",
        "when gen-1 is off: start gen-1 at 12:00 | not for both",
        "when gen-1 is off: start gen-1 for 1 h | 'for' counts from now",
        "start gen-1 for 1 h when it is off | 'for' counts from now",
        "when gen-1 is off: start gen-2 | each device judges itself",
        "when gen-1 is on and off: start gen-1 | on and off at once",
        "when gen-1 is starting: stop gen-1 | expected on, off, open, closed or available",
        "when loads are on: shed loads | name the device",
        "when gen-1 is off: who | expected an order",
        "when gen-1 is off start gen-1 | expected : and an order",
        "open sw3 at 12:00 | select the point first"
      })
  void whatContradictsItselfIsSaidInWords(String line, String text) {
    assertThat(hint(line)).contains(text);
  }

  @Test
  void anOrderIsTakenBackAndGivenUpByItsId() {
    assertThat(LineReader.read("cancel 7qk2xa"))
        .isEqualTo(new Line.Cancel(new Name("7qk2xa", 7), Optional.empty()));
    assertThat(((Line.Cancel) LineReader.read("cancel order 7qk2xa because wrong one")).reason())
        .contains("wrong one");
    assertThat(LineReader.read("give up 7qk2xa load-48 because \"rebuilt\""))
        .isEqualTo(
            new Line.GiveUp(
                new Name("7qk2xa", 8), Optional.of(new Name("load-48", 15)), "rebuilt"));
    assertThat(((Line.GiveUp) LineReader.read("give up 7qk2xa because gone")).device()).isEmpty();
    assertThat(hint("give up 7qk2xa load-48")).contains("because");
    assertThat(hint("give 7qk2xa")).contains("expected up");
  }

  @Test
  void settingsAreInAFileOrInTheLine() {
    Act.Configure file = (Act.Configure) order("configure gen-2 revision 5 gen-2.json").act();
    assertThat(file)
        .isEqualTo(new Act.Configure(OptionalLong.of(5), new Act.InFile("gen-2.json", 27)));
    Line.Order line =
        order(
            "configure gen-2 revision 5 set leaseSeconds 30, note \"new bearing\", twoPersons open"
                + " and close within 1 h");
    Act.Said said = (Act.Said) ((Act.Configure) line.act()).settings();
    assertThat(said.values())
        .hasToString(
            "{\"leaseSeconds\":30,\"note\":\"new bearing\",\"twoPersons\":[\"open\",\"close\"]}");
    assertThat(line.options().window().by()).isPresent();
    Act.Configure next = (Act.Configure) order("configure gen-2 set note cold").act();
    assertThat(next.revision()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "high-loading at 85 % | {'name':'high-loading','limit':85,'unit':'%'}",
        "high-loading above 85% deadband 3, after 20 s, over after 1 min | {'name':'high-loading','above':85,'unit':'%','deadband':3,'onDelaySeconds':20,'offDelaySeconds':60}",
        "breaker-tripped latching critical | {'name':'breaker-tripped','latching':true,'priority':'critical'}",
        "tamper not latching | {'name':'tamper','latching':false}",
        "cold temperature below -20 °C deadband 2 low | {'name':'cold','quantity':'temperature','below':-20,'deadband':2,'priority':'low'}",
        "opened when tripped high | {'name':'opened','event':'tripped','priority':'high'}",
        "hot-bearing temperature rises 5 °C a minute high | {'name':'hot-bearing','quantity':'temperature','risesPerMinute':5,'priority':'high','overSeconds':60}",
        "leak fuel falls 2.5% per minute over 30 s, after 10 s critical | {'name':'leak','quantity':'fuel','fallsPerMinute':2.5,'overSeconds':30,'onDelaySeconds':10,'priority':'critical'}",
        "hot-bearing at 7 °C over 2 min | {'name':'hot-bearing','limit':7,'unit':'°C','overSeconds':120}",
        "high-loading off | {'name':'high-loading','off':true}"
      })
  void oneAlarmRuleIsInTheLine(String typed, String rule) {
    Line.Order line = order("configure sw2 alarm " + typed + " within 1 h");

    Act.Configure act = (Act.Configure) line.act();
    assertThat(((Act.Amended) act.settings()).rule()).hasToString(rule.replace('\'', '"'));
    assertThat(line.options().window().by()).isPresent();
  }

  @Test
  void whomADeviceTellsIsInTheLine() {
    Act.Configure told =
        (Act.Configure) order("configure sw2 set alarmContacts op-1 and op-2").act();

    assertThat(((Act.Said) told.settings()).values())
        .hasToString("{\"alarmContacts\":[\"op-1\",\"op-2\"]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "configure gen-2 | a file of settings",
        "configure sw2 alarm | the name of a rule",
        "configure sw2 alarm high-loading | at 85 %",
        "configure sw2 alarm high-loading at | a number such as 85",
        "configure sw2 alarm high-loading loud | not 'loud'",
        "configure sw2 alarm high-loading at 85 % at 90 % | said twice",
        "configure sw2 alarm hot temperature above 85 % deadband 3 low | temperature is in °C",
        "configure sw2 alarm High_Loading at 85 % | 1 to 32",
        "configure gen-2 alarm hot rises 5 °C a minute | names what",
        "configure gen-2 alarm hot temperature rises 5 °C an hour | a minute",
        "configure gen-2 revision five gen-2.json | expected a revision such as 5",
        "configure gen-2 revision 0 gen-2.json | counts from 1",
        "configure gen-2 revision 5 set leaseSecond 30 | did you mean 'leaseSeconds'?",
        "configure gen-2 revision 5 set leaseSeconds 30, leaseSeconds 40 | set twice",
        "configure gen-2 revision 5 set twoPersons opne | did you mean 'open'?",
        "configure sw2 set alarmContacts op@1 | expected a person such as op-1"
      })
  void aMistakeInSettingsIsAHint(String line, String text) {
    assertThat(hint(line)).contains(text);
  }

  @Test
  void devicesAreWatched() {
    assertThat(((Line.Watch) LineReader.read("watch gen-3")).on()).isTrue();
    assertThat(((Line.Watch) LineReader.read("unwatch gen-3")).on()).isFalse();
    assertThat(LineReader.read("watches")).isEqualTo(new Line.Watches());
    assertThat(LineReader.read("orders open")).isEqualTo(new Line.Orders(Line.Filter.OPEN));
  }
}
