// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Priority;
import energy.muster.command.Verb;
import energy.muster.identity.Area;
import energy.muster.outcome.DeliveryState;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.Operating;
import energy.muster.presence.Position;
import energy.muster.presence.Quantity;
import energy.muster.presence.RestrictionReason;
import energy.muster.refusal.Reason;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LineReaderTest {
  private static Line.Order order(String line) {
    return (Line.Order) LineReader.read(line);
  }

  private static Hint hint(String line) {
    return catchThrowableOfType(Hint.class, () -> LineReader.read(line));
  }

  private static Selection.Matching who(String line) {
    return (Selection.Matching) ((Line.Who) LineReader.read(line)).selection();
  }

  private static List<String> names(Selection selection) {
    return ((Selection.Named) selection).names().stream().map(Name::text).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "# a comment", "\t# another"})
  void nothingAndACommentAreBlank(String line) {
    assertThat(LineReader.read(line)).isEqualTo(new Line.Blank());
  }

  @Test
  void whoAloneMeansEverything() {
    Selection.Matching everything = who("who");
    assertThat(everything.kind()).isEmpty();
    assertThat(everything.area()).isEmpty();
    assertThat(everything.conditions()).isEmpty();
  }

  @Test
  void whoTakesKindAreaAndConditions() {
    Selection.Matching read = who("who loads on branch 60 that are on and above 10 kW");
    assertThat(read.kind()).contains(DeviceKind.LOAD);
    assertThat(read.area()).contains(new Area("branch-60"));
    assertThat(read.conditions())
        .containsExactly(
            new Condition.Runs(Operating.ON),
            new Condition.Compared(Quantity.POWER, true, BigDecimal.TEN));
  }

  @ParameterizedTest
  @CsvSource({
    "who on branch 60, branch-60",
    "who on feeder 123, feeder-123",
    "who in group critical-loads, critical-loads",
    "who on branch-60, branch-60"
  })
  void areasHaveSeveralSpellings(String line, String area) {
    assertThat(who(line).area()).contains(new Area(area));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "who that are faulty",
        "who all that are faulty",
        "who devices that are faulty",
        "WHO THAT ARE FAULTY"
      })
  void conditionsNeedNoKind(String line) {
    assertThat(who(line).conditions()).containsExactly(new Condition.Faulty());
  }

  @Test
  void aPerCentIsTheLoadUnlessAQuantityIsNamed() {
    assertThat(who("who generators above 30%").conditions())
        .containsExactly(new Condition.Compared(Quantity.LOAD, true, new BigDecimal("30")));
    assertThat(who("who generators with fuel below 20 %").conditions())
        .containsExactly(new Condition.Compared(Quantity.FUEL, false, new BigDecimal("20")));
  }

  @Test
  void megawattsAreKilowatts() {
    assertThat(who("who above 1.5 MW").conditions())
        .first()
        .isInstanceOfSatisfying(
            Condition.Compared.class,
            compared -> assertThat(compared.value()).isEqualByComparingTo("1500"));
  }

  @Test
  void notTurnsAConditionRound() {
    assertThat(who("who switches that are not open").conditions())
        .containsExactly(new Condition.Not(new Condition.Stands(Position.OPEN)));
  }

  @Test
  void statusLooksAndStatusNowAsks() {
    assertThat(LineReader.read("status gen-2")).isInstanceOf(Line.Status.class);
    assertThat(order("status gen-2 now").act())
        .isEqualTo(new Act.Give(Instruction.plain(Verb.READ)));
    assertThat(order("read meter-1").act()).isEqualTo(new Act.Give(Instruction.plain(Verb.READ)));
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
    assertThat(options.onlyIf().orElseThrow().operating()).contains(Operating.ON);
    assertThat(options.executeWithin()).contains(Duration.ofMinutes(20));
    assertThat(options.deliverWithin()).contains(Duration.ofMinutes(10));
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shed load-48 urgent urgent",
        "shed load-48 for 5 min until 18:00",
        "shed load-48 deliver within 8 days",
        "shed load-48 for 0 s",
        "shed load-48 until 25:00",
        "shed load-48 because \"\"",
        "shed load-48 because \"never closed",
        "shed all",
        "shed",
        "let visitor look at gen-2",
        "orders yesterday",
        "expect refused tired",
        "expect executed already-there",
        "expect 3 sheep",
        "quit now",
        "\"who\""
      })
  void whatIsNotUnderstoodIsAHint(String line) {
    assertThat(hint(line)).isNotNull();
  }

  @Test
  void timesResolveWhenTheyAreSaid() {
    assertThat(order("shed load-48 until 18:00").options().until())
        .contains(new Moment.NextTime(LocalTime.of(18, 0)));
    assertThat(order("shed load-48 until 2026-11-21T18:00Z").options().until())
        .contains(new Moment.Exactly(Instant.parse("2026-11-21T18:00:00Z")));
  }

  @Test
  void aGrantNamesViewerDevicesAndEnd() {
    Line.Let let = (Line.Let) LineReader.read("let visitor look at gen-2 until 18:00");
    assertThat(let.viewer().text()).isEqualTo("visitor");
    assertThat(names(let.devices())).containsExactly("gen-2");
    assertThat(let.until()).isEqualTo(new Moment.NextTime(LocalTime.of(18, 0)));
  }

  @Test
  void ordersAreListedShownAndExported() {
    assertThat(LineReader.read("orders")).isEqualTo(new Line.Orders(Line.Filter.MINE));
    assertThat(LineReader.read("orders held")).isEqualTo(new Line.Orders(Line.Filter.HELD));
    assertThat(LineReader.read("order 7QK2XA"))
        .isEqualTo(new Line.OrderDetail(new Name("7qk2xa", 6)));
    assertThat(LineReader.read("export order 7QK2XA to \"My Folder\""))
        .isEqualTo(new Line.Export(new Name("7qk2xa", 13), "My Folder"));
  }

  @Test
  void aScriptMayExpectOutcomesStatesAndCounts() {
    assertThat(LineReader.read("expect refused critical-process"))
        .isEqualTo(
            new Line.ExpectOutcome(DeliveryState.REFUSED, Optional.of(Reason.CRITICAL_PROCESS)));
    assertThat(LineReader.read("expect hint")).isEqualTo(new Line.ExpectHint());
    Line.ExpectState state =
        (Line.ExpectState) LineReader.read("expect gen-2 on and available within 30 s");
    assertThat(state.conditions())
        .containsExactly(new Condition.Runs(Operating.ON), new Condition.Available());
    assertThat(state.within()).contains(Duration.ofSeconds(30));
    Line.ExpectCount count = (Line.ExpectCount) LineReader.read("expect 3 loads that are off");
    assertThat(count.count()).isEqualTo(3);
    assertThat(count.selection().kind()).contains(DeviceKind.LOAD);
  }

  @Test
  void followHelpAndQuitAreSmall() {
    assertThat(((Line.Follow) LineReader.read("follow gen-2")).on()).isTrue();
    assertThat(((Line.Follow) LineReader.read("unfollow gen-2")).on()).isFalse();
    assertThat(LineReader.read("help shed")).isEqualTo(new Line.Help(Optional.of("shed")));
    assertThat(LineReader.read("exit")).isEqualTo(new Line.Quit());
  }

  @Test
  void aMistypedVerbIsMatchedWithTheNearest() {
    assertThat(hint("shde load-48").text()).contains("did you mean 'shed'?");
    assertThat(hint("frobnicate").text()).contains("help lists what there is");
  }

  @Test
  void theCaretStandsUnderTheWord() {
    String line = "shed load-48 untl 18:00";
    assertThat(hint(line).under(line))
        .isEqualTo(
            """
            shed load-48 untl 18:00
                         ^
            expected until, for, because, deliver within, execute within, urgent or only if, \
            not 'untl'; did you mean 'until'?""");
  }

  @Test
  void everyVerbIsExplained() {
    assertThat(LineReader.verbs())
        .filteredOn(verb -> !verb.equals("help") && !verb.equals("exit"))
        .allSatisfy(verb -> assertThat(Help.on(Optional.of(verb))).doesNotStartWith("no help"));
  }
}
