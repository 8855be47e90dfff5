// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.outcome.DeliveryState;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.Operating;
import energy.muster.refusal.Reason;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every other line, and what is said of one that is not understood. */
final class LineReaderTest {
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
  @ValueSource(strings = {"", "   ", "# a comment", "\t# another"})
  void nothingAndACommentAreBlank(String line) {
    assertThat(LineReader.read(line)).isEqualTo(new Line.Blank());
  }

  @Test
  void statusLooksAndStatusNowAsks() {
    assertThat(LineReader.read("status gen-2")).isInstanceOf(Line.Status.class);
    assertThat(order("status gen-2 now").act())
        .isEqualTo(new Act.Give(Instruction.plain(Verb.READ)));
    assertThat(order("read meter-1").act()).isEqualTo(new Act.Give(Instruction.plain(Verb.READ)));
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
            new Line.ExpectOutcome(
                DeliveryState.REFUSED, Optional.of(Reason.CRITICAL_PROCESS), Optional.empty()));
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
            expected at, until, for, by, within, because, deliver within, execute within, urgent, \
            only if, when or no more than, not 'untl'; did you mean 'until'?""");
  }

  @Test
  void everyVerbIsExplained() {
    assertThat(LineReader.verbs())
        .filteredOn(verb -> !verb.equals("help") && !verb.equals("exit"))
        .allSatisfy(verb -> assertThat(Help.on(Optional.of(verb))).doesNotStartWith("no help"));
  }

  @Test
  void aMandateSaysWhatHowMuchAndUntilWhen() {
    Line.Mandate line =
        (Line.Mandate)
            LineReader.read(
                "mandate branch-60 to start, shed and restore up to 200 kW keeping 600 kW for 2 h");

    assertThat(line.master().text()).isEqualTo("branch-60");
    assertThat(line.allowance())
        .contains(
            new Line.Allowance(
                List.of(Verb.START, Verb.SHED, Verb.RESTORE),
                Power.kilowatts(200),
                Power.kilowatts(600),
                new Moment.After(Duration.ofHours(2))));
  }

  @Test
  void toTransferIsToCloseAndToOpen() {
    Line.Mandate line =
        (Line.Mandate) LineReader.read("mandate branch-60 to transfer and shed up to 9 kW for 1 h");

    assertThat(line.allowance().orElseThrow().verbs())
        .containsExactly(Verb.CLOSE, Verb.OPEN, Verb.SHED);
  }

  @Test
  void aMandateIsTakenBackWithNothing() {
    assertThat(((Line.Mandate) LineReader.read("mandate branch-60 to nothing")).allowance())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mandate",
        "mandate branch-60",
        "mandate branch-60 to dance up to 1 kW for 1 h",
        "mandate branch-60 to limit up to 1 kW for 1 h",
        "mandate branch-60 to shed for 1 h",
        "mandate branch-60 to shed up to 20 kW",
        "mandate branch-60 to shed up to 20 kW up to 30 kW for 1 h",
        "mandate branch-60 to shed up to 20 kW for 1 h perhaps"
      })
  void aMandateThatLacksSomethingIsAHint(String line) {
    assertThat(hint(line)).isNotNull();
  }
}
