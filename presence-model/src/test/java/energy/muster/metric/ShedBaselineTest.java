// SPDX-License-Identifier: Apache-2.0
package energy.muster.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.metering.IntervalEnergy;
import energy.muster.metering.Readings;
import energy.muster.refusal.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShedBaselineTest {
  private static final Duration STEP = Duration.ofMinutes(15);
  private static final Instant START = Instant.parse("2026-07-01T00:00:00Z");

  /** Quarters of an hour; a negative amount stands for a missing one. */
  private static Readings readings(long... wh) {
    List<IntervalEnergy> intervals = new ArrayList<>();
    for (int i = 0; i < wh.length; i++) {
      Instant at = START.plus(STEP.multipliedBy(i));
      intervals.add(wh[i] < 0 ? IntervalEnergy.missing(at) : IntervalEnergy.valid(at, wh[i], 0));
    }
    return Readings.of(STEP, intervals);
  }

  private static Instant minute(int minute) {
    return START.plus(Duration.ofMinutes(minute));
  }

  @Test
  void whatIsDrawnLessThanInTheFourIntervalsBeforeIsDelivered() {
    Readings readings = readings(900, 1100, 1000, 1000, 400, 0, 700, 1000);
    assertThat(ShedBaseline.deliveredWh(readings, minute(65), minute(100))).isEqualTo(1900);
  }

  @Test
  void whatIsDrawnMoreCountsAgainstIt() {
    Readings readings = readings(1000, 1000, 1000, 1000, 1200);
    assertThat(ShedBaseline.deliveredWh(readings, minute(60), minute(75))).isEqualTo(-200);
  }

  @Test
  void nothingIsGuessedWhereAnIntervalLacks() {
    assertThatThrownBy(
            () ->
                ShedBaseline.deliveredWh(readings(1000, -1, 1000, 1000, 0), minute(60), minute(75)))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("no value");
    assertThatThrownBy(
            () -> ShedBaseline.deliveredWh(readings(1000, 1000, 0), minute(30), minute(45)))
        .isInstanceOf(Refused.class);
    assertThatThrownBy(
            () ->
                ShedBaseline.deliveredWh(
                    readings(1000, 1000, 1000, 1000, 0), minute(60), minute(90)))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("known until");
  }
}
