// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.clock;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.ied.fixture.ManualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrustedClockTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private final ManualTime system = new ManualTime(NOON);
  private final TrustedClock clock = from(NOON);

  private TrustedClock from(Instant floor) {
    return new TrustedClock(system, system::nanos, floor, TrustedClock.TOLERANCE);
  }

  @Test
  void aClockThatRunsIsSure() {
    system.advance(Duration.ofHours(1));

    assertThat(clock.read())
        .isEqualTo(new TrustedClock.Reading(NOON.plus(Duration.ofHours(1)), true));
  }

  @Test
  void aClockSetBackIsUnsureAndStandsAtItsFloor() {
    system.set(NOON.minusSeconds(6));

    assertThat(clock.read()).isEqualTo(new TrustedClock.Reading(NOON, false));
  }

  @Test
  void aClockSlewedByLessThanTheToleranceStaysSure() {
    system.set(NOON.minusSeconds(5));

    assertThat(clock.read()).isEqualTo(new TrustedClock.Reading(NOON, true));
  }

  @Test
  void aClockThatHasCaughtUpIsSureAgain() {
    system.set(NOON.minusSeconds(60));
    assertThat(clock.read().sure()).isFalse();

    system.advance(Duration.ofSeconds(61));

    assertThat(clock.read()).isEqualTo(new TrustedClock.Reading(NOON.plusSeconds(1), true));
  }

  @Test
  void theFloorOfTheLastRunCountsInTheNext() {
    assertThat(from(NOON.plusSeconds(60)).read())
        .isEqualTo(new TrustedClock.Reading(NOON.plusSeconds(60), false));
  }

  @Test
  void anAuthoritysTimeRunsOnWithoutTheSystemClock() {
    system.set(NOON.minus(Duration.ofDays(1)));
    assertThat(clock.set(NOON.plusSeconds(10))).isTrue();

    system.advance(Duration.ofSeconds(3));
    system.set(NOON.minus(Duration.ofDays(2)));

    assertThat(clock.read()).isEqualTo(new TrustedClock.Reading(NOON.plusSeconds(13), true));
  }

  @Test
  void evenAnAuthorityDoesNotTurnTimeBack() {
    assertThat(clock.set(NOON.minusSeconds(6))).isFalse();
    assertThat(clock.floor()).isEqualTo(NOON);
  }
}
