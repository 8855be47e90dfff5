// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.identity.Area;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.Operating;
import energy.muster.presence.Position;
import energy.muster.presence.Quantity;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is meant: names, kinds, areas and conditions. */
final class SelectionTest {
  private static Selection.Matching who(String line) {
    return (Selection.Matching) ((Line.Who) LineReader.read(line)).selection();
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
}
