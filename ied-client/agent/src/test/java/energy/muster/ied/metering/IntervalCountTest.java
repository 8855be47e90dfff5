// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.metering;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.ied.driver.MeteringPoint;
import energy.muster.metering.HeardReadings;
import energy.muster.metering.IntervalEnergy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is counted after an absence, and how far back. */
class IntervalCountTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:10:00Z");
  private static final Duration QUARTER = MeteringPoint.USUAL_STEP;

  @Test
  void afterAnAbsenceLongerThanReadingsAreTakenItBeginsWithWhatIsTakenStill() {
    MeteringPoint point = new MeteringPoint(QUARTER, Duration.ofHours(1), Optional.empty());
    Instant left = point.startOf(NOW.minus(Duration.ofDays(405)));
    IntervalCount count = new IntervalCount(point, Optional.of(Progress.at(left, left)));
    List<IntervalEnergy> over = count.look(NOW, true, BigDecimal.ONE);
    assertThat(over.get(0).start()).isAfter(NOW.minus(HeardReadings.OLDEST).plus(QUARTER));
    assertThat(over.get(over.size() - 1).start()).isEqualTo(point.startOf(NOW).minus(QUARTER));
  }
}
