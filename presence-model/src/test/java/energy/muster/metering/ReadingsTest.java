// SPDX-License-Identifier: Apache-2.0
package energy.muster.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.refusal.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingsTest {
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final Instant START = Instant.parse("2026-07-01T00:00:00Z");

  private static IntervalEnergy at(int interval, long wh) {
    return IntervalEnergy.valid(START.plus(QUARTER.multipliedBy(interval)), wh, 0);
  }

  @Test
  void whatLiesBetweenTwoIsMissing() {
    Readings readings = Readings.of(QUARTER, List.of(at(0, 10), at(3, 40)));

    assertThat(readings.size()).isEqualTo(4);
    assertThat(readings.at(0)).isEqualTo(at(0, 10));
    assertThat(readings.at(1)).isEqualTo(IntervalEnergy.missing(at(1, 0).start()));
    assertThat(readings.at(3)).isEqualTo(at(3, 40));
  }

  @Test
  void moreIsAddedAfterTheEndAndTheFirstStayAsTheyAre() {
    Readings first = Readings.of(QUARTER, List.of(at(0, 10)));

    Readings more = first.with(List.of(at(2, 30)));

    assertThat(first.size()).isEqualTo(1);
    assertThat(more.end()).isEqualTo(at(3, 0).start());
    assertThat(more.sum(START, more.end())).isEqualTo(new EnergySum(40, 0, 3, 0, 1));
  }

  @Test
  void theSameAgainChangesNothing() {
    Readings readings = Readings.of(QUARTER, List.of(at(0, 10), at(1, 20)));

    assertThat(readings.with(List.of(at(1, 20), at(0, 10)))).isSameAs(readings);
  }

  @Test
  void anotherValueTakesACorrection() {
    Readings readings = Readings.of(QUARTER, List.of(at(0, 10), at(1, 20)));

    assertThatThrownBy(() -> readings.with(List.of(at(1, 21))))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("correct it");
    assertThatThrownBy(
            () -> readings.with(List.of(IntervalEnergy.valid(START.plusSeconds(2_700 + 60), 1, 0))))
        .isInstanceOf(Refused.class);
  }

  @Test
  void whatStartsBeforeTheFirstOrAgesAfterItIsRefused() {
    Readings readings = Readings.of(QUARTER, List.of(at(0, 10)));

    assertThatThrownBy(() -> readings.with(List.of(at(-1, 10)))).isInstanceOf(Refused.class);
    assertThatThrownBy(
            () ->
                readings.with(
                    List.of(IntervalEnergy.valid(Instant.parse("+99999-01-01T00:00:00Z"), 1, 0))))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("at most");
  }

  @Test
  void aCorrectionKeepsTheOriginal() {
    Instant noon = Instant.parse("2026-07-02T12:00:00Z");
    Readings readings = Readings.of(QUARTER, List.of(at(0, 10), at(1, 20)));

    Readings corrected =
        readings.corrected(at(1, 25), "read back", noon).corrected(at(1, 26), "again", noon);

    assertThat(corrected.at(1).importWh()).isEqualTo(26);
    assertThat(corrected.at(1).is(Quality.CORRECTED)).isTrue();
    assertThat(corrected.original(1)).isEqualTo(at(1, 20));
    assertThat(corrected.corrections()).hasSize(2);
    assertThat(readings.at(1)).isEqualTo(at(1, 20));
    assertThatThrownBy(() -> readings.corrected(at(2, 1), "none", noon))
        .isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2026-03-29, 92",
    "Europe/Berlin, 2026-10-25, 100",
    "Europe/Berlin, 2026-06-01, 96",
    "Australia/Lord_Howe, 2026-04-05, 98",
    "Australia/Lord_Howe, 2026-10-04, 94"
  })
  void aDayHasAsManyIntervalsAsItsClockShows(ZoneId zone, LocalDate day, int intervals) {
    List<IntervalEnergy> year = new ArrayList<>();
    Instant at = Instant.parse("2025-12-31T00:00:00Z");
    while (at.isBefore(Instant.parse("2027-01-02T00:00:00Z"))) {
      year.add(IntervalEnergy.valid(at, 100, 1));
      at = at.plus(QUARTER);
    }
    Readings readings = Readings.of(QUARTER, year);

    assertThat(readings.day(day, zone))
        .isEqualTo(new EnergySum(100L * intervals, intervals, intervals, 0, 0));
    assertThat(readings.month(YearMonth.from(day), zone).intervals())
        .isEqualTo(day.lengthOfMonth() * 96 + (day.getMonthValue() == 6 ? 0 : intervals - 96));
  }

  @Test
  void anIntervalIsNotNegativeAndMissingHasNoEnergy() {
    assertThatThrownBy(() -> at(0, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new IntervalEnergy(START, 1, 0, Set.of(Quality.MISSING)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IntervalEnergy.valid(START.plusSeconds(1), 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
