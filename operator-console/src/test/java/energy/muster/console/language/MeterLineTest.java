// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines about meters and what is owed for what they counted. */
final class MeterLineTest {
  @Test
  void aMonthAndADayArePeriods() {
    var month = (Line.MeterReadings) LineReader.read("readings meter-1 for 2026-11");
    var day = (Line.MeterReadings) LineReader.read("readings meter-1 for 2026-11-30 to a.csv");
    assertThat(month.period())
        .isEqualTo(new Line.Period(LocalDate.parse("2026-11-01"), LocalDate.parse("2026-12-01")));
    assertThat(month.file()).isEmpty();
    assertThat(day.period())
        .isEqualTo(new Line.Period(LocalDate.parse("2026-11-30"), LocalDate.parse("2026-12-01")));
    assertThat(day.file().orElseThrow().text()).isEqualTo("a.csv");
  }

  @Test
  void aBillIsUnderATariffOrAFile() {
    var bill =
        (Line.BillFor) LineReader.read("bill meter-1 for 2026-11 under northco/home to b.json");
    assertThat(bill.tariff().orElseThrow()).isEqualTo(new Line.Target("northco/home", 31));
    assertThat(bill.file().orElseThrow().text()).isEqualTo("b.json");
    assertThat(((Line.BillFor) LineReader.read("bill meter-1 for 2026-11")).tariff()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0.25 kWh, 250", "250 Wh, 250", "0.25kWh, 250", "0 kWh, 0", "1.007 kwh, 1007"})
  void aCorrectionIsInWholeWattHours(String amount, long wattHours) {
    var line =
        (Line.Correct)
            LineReader.read(
                "correct meter-1 at 2026-11-03 10:15 to " + amount + " because read on site");
    assertThat(line.wattHours()).isEqualTo(wattHours);
    assertThat(line.start()).isEqualTo(LocalDateTime.parse("2026-11-03T10:15"));
    assertThat(line.reason()).isEqualTo("read on site");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "meter",
        "meter meter-1 now",
        "readings meter-1",
        "readings meter-1 for november",
        "readings meter-1 for 2026-13",
        "bill meter-1 for 2026-11 under",
        "correct meter-1 at 2026-11-03 10:15 to 0.25 kW because x",
        "correct meter-1 at 2026-11-03 10:15 to 0.0001 kWh because x",
        "correct meter-1 at 2026-11-03 10:15 to 1 kWh",
        "correct meter-1 at 10:15 to 1 kWh because x",
        "settle"
      })
  void whatIsIncompleteGetsAHint(String line) {
    assertThatThrownBy(() -> LineReader.read(line)).isInstanceOf(Hint.class);
  }

  @Test
  void aShedIsSettledByItsId() {
    var settle = (Line.Settle) LineReader.read("settle 7QK2XA to s.csv");
    assertThat(settle.order().text()).isEqualToIgnoringCase("7QK2XA");
    assertThat(settle.file().orElseThrow().text()).isEqualTo("s.csv");
  }
}
