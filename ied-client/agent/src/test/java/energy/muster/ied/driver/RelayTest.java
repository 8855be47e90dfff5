// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.ied.driver.Protection.FaultCurrent;
import energy.muster.ied.fixture.ManualTime;
import energy.muster.presence.Position;
import energy.muster.warning.Catastrophe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RelayTest {
  private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

  private final ManualTime time = new ManualTime(START);
  private final List<Sighting> seen = new ArrayList<>();

  /** One that sees a current from second 1 on for so long, and trips after half a second. */
  private BreakerDriver breaker(long millis) {
    Instant begins = START.plusSeconds(1);
    FaultCurrent current =
        new FaultCurrent(Catastrophe.SHORT_CIRCUIT, "behind it", begins, begins.plusMillis(millis));
    return new BreakerDriver(
        new DriverSettings.Breaker(
            Position.CLOSED,
            false,
            Optional.of(new Protection(Duration.ofMillis(500), List.of(current)))),
        Optional.empty(),
        new Surroundings(time, time.on(Runnable::run), () -> {}, seen::add));
  }

  private static boolean open(BreakerDriver breaker) {
    return breaker.condition().position().equals(Optional.of(Position.OPEN));
  }

  @Test
  void itSaysAtOnceWhatItSeesAndTripsLater() {
    BreakerDriver breaker = breaker(700);
    time.advance(Duration.ofSeconds(1));

    assertThat(seen).containsExactly(new Sighting(Catastrophe.SHORT_CIRCUIT, "behind it"));
    assertThat(open(breaker)).isFalse();

    time.advance(Duration.ofMillis(500));
    assertThat(open(breaker)).isTrue();
    assertThat(breaker.condition().faults()).containsExactly("trip");
  }

  @Test
  void aCurrentThatEndsInTimeTripsNothing() {
    BreakerDriver breaker = breaker(400);
    time.advance(Duration.ofSeconds(10));

    assertThat(open(breaker)).isFalse();
  }

  @Test
  void oneThatIsHeldDoesNotTripAsWell() {
    BreakerDriver breaker = breaker(700);
    time.advance(Duration.ofMillis(1_100));

    assertThat(breaker.hold(Duration.ofSeconds(1))).isTrue();
    time.advance(Duration.ofSeconds(10));
    assertThat(open(breaker)).isFalse();
  }

  @Test
  void aHoldIsNoPermissionToBurn() {
    BreakerDriver breaker = breaker(5_000);
    time.advance(Duration.ofMillis(1_100));
    breaker.hold(Duration.ofSeconds(1));

    time.advance(Duration.ofMillis(900));
    assertThat(open(breaker)).isFalse();
    time.advance(Duration.ofMillis(100));
    assertThat(open(breaker)).isTrue();
  }

  @Test
  void anOpenBreakerSeesNothing() {
    BreakerDriver breaker = breaker(700);
    breaker.trip();
    time.advance(Duration.ofSeconds(10));

    assertThat(seen).isEmpty();
    assertThat(breaker.hold(Duration.ofSeconds(1))).isFalse();
  }
}
