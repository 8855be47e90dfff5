// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Priority;
import energy.muster.command.Verb;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.Operating;
import energy.muster.presence.RestrictionReason;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lines that order something, and what may be added to them. */
final class OrderLineTest {
  private static Line.Order order(String line) {
    return (Line.Order) LineReader.read(line);
  }

  private static Hint hint(String line) {
    return catchThrowableOfType(Hint.class, () -> LineReader.read(line));
  }

  private static List<String> names(Selection selection) {
    return ((Selection.Named) selection).names().stream().map(Name::text).toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"SHED", "RESTORE", "START", "STOP", "RELEASE", "READ"})
  void plainVerbsTakeDevices(Verb verb) {
    Line.Order read = order(verb.wire() + " Load-48, load-50a and load-51");
    assertThat(read.act()).isEqualTo(new Act.Give(Instruction.plain(verb)));
    assertThat(names(read.targets())).containsExactly("load-48", "load-50a", "load-51");
    assertThat(read.options()).isEqualTo(Options.NONE);
  }

  @Test
  void anOrderTakesADescription() {
    Selection.Matching targets =
        (Selection.Matching) order("shed loads on branch 60 that are on for 30 min").targets();
    assertThat(targets.kind()).contains(DeviceKind.LOAD);
    assertThat(targets.conditions()).containsExactly(new Condition.Runs(Operating.ON));
  }

  @Test
  void aTariffGoesToAllMetersWithinDaysUnlessSomethingElseIsSaid() {
    Line.Order tariff = order("publish tariff home.json");
    assertThat(tariff.act())
        .isEqualTo(new Act.Publish(Act.Prices.TARIFF, new Act.InFile("home.json", 15)));
    assertThat(((Selection.Matching) tariff.targets()).kind()).contains(DeviceKind.METER);
    assertThat(tariff.options().window()).isEqualTo(Window.within(Duration.ofDays(6)));

    Line.Order prices = order("publish prices friday.json to load-48 within 2 h");
    assertThat(prices.act())
        .isEqualTo(new Act.Publish(Act.Prices.SERIES, new Act.InFile("friday.json", 15)));
    assertThat(names(prices.targets())).containsExactly("load-48");
    assertThat(prices.options().window()).isEqualTo(Window.within(Duration.ofHours(2)));
    assertThat(hint("publish tariff").text()).contains("a file");
  }

  @Test
  void openAndCloseOperateOnePoint() {
    assertThat(order("open sw3").act()).isEqualTo(new Act.Operate(Verb.OPEN));
    assertThat(order("close sw3").act()).isEqualTo(new Act.Operate(Verb.CLOSE));
    assertThat(hint("open sw3, sw4").text()).contains("one switch at a time");
    assertThat(hint("open switches").text()).contains("one switch at a time");
  }

  @Test
  void selectMayNameWhatFollows() {
    assertThat(order("select sw3").act()).isEqualTo(new Act.Reserve(Optional.empty()));
    assertThat(order("select sw3 to open").act())
        .isEqualTo(new Act.Reserve(Optional.of(Verb.OPEN)));
  }

  @Test
  void powersHaveUnits() {
    assertThat(order("limit load-76a to 20 kW until 18:00").act())
        .isEqualTo(new Act.Give(new Instruction.Limit(Power.kilowatts(20))));
    assertThat(order("set gen-2 to 0.05MW").act())
        .isEqualTo(new Act.Give(new Instruction.SetPoint(Power.kilowatts(50))));
    assertThat(hint("limit load-76a to 20 hp").text()).contains("no unit of power");
    assertThat(hint("limit load-76a to 20").text()).contains("the unit");
  }

  @Test
  void restrictCarriesItsReasonAsNote() {
    Line.Order read = order("restrict gen-2 maintenance until 16:00 because \"bearing change\"");
    assertThat(read.act())
        .isEqualTo(
            new Act.Give(
                new Instruction.Restrict(RestrictionReason.MAINTENANCE, "bearing change")));
    assertThat(hint("restrict gen-2 interlocked").text()).contains("maintenance or instructed");
  }

  @Test
  void optionsComeInAnySequence() {
    Options options =
        order(
                "shed load-48 urgent only if it is on execute within 20 min deliver within 10 min"
                    + " for 30 min because storm coming")
            .options();
    assertThat(options.priority()).isEqualTo(Priority.EMERGENCY);
    assertThat(options.when().orElseThrow().operating()).contains(Operating.ON);
    assertThat(options.window().executeWithin()).contains(Duration.ofMinutes(20));
    assertThat(options.window().deliverWithin()).contains(Duration.ofMinutes(10));
    assertThat(options.until()).contains(new Moment.After(Duration.ofMinutes(30)));
    assertThat(options.reason()).contains("storm coming");
  }

  @Test
  void anOptionNeverDisappearsInTheReason() {
    Hint hint = hint("shed load-48 because storm until 18:00");
    assertThat(hint.text()).contains("part of the reason");
    assertThat(hint.column()).isEqualTo("shed load-48 because storm ".length());
    assertThat(order("shed load-48 because \"storm\" until 18:00").options().until()).isPresent();
    assertThat(order("shed load-48 because waiting for the crew").options().reason())
        .contains("waiting for the crew");
  }

  @Test
  void timesResolveWhenTheyAreSaid() {
    assertThat(order("shed load-48 until 18:00").options().until())
        .contains(new Moment.NextTime(LocalTime.of(18, 0)));
    assertThat(order("shed load-48 until 2026-11-21T18:00Z").options().until())
        .contains(new Moment.Exactly(Instant.parse("2026-11-21T18:00:00Z")));
  }
}
