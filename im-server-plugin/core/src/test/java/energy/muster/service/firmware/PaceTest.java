// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final int PIECE = 32_768;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private double load;
  private long now;
  private final Pace pace = new Pace(() -> load, () -> now);

  @Test
  void theFirstPieceDoesNotWaitAndTheNextAsLongAsTheFirstTakes() {
    assertThat(pace.take(PIECE)).contains(Duration.ZERO);

    Duration wait = pace.take(PIECE).orElseThrow();

    assertThat(wait.toNanos()).isEqualTo((long) (PIECE * 1e9 / Pace.FIRST));
  }

  @Test
  void asMuchGoesOutAsTheRateSays() {
    long bytes = sent(Duration.ofMillis(240));

    assertThat(bytes).isBetween((long) (Pace.FIRST * 0.2), (long) (Pace.FIRST * 0.3));
  }

  @Test
  void itGrowsWhileTheMachineHasTimeToSpare() {
    load = 0.3;

    sent(MINUTE);

    assertThat(pace.rate()).isGreaterThan(20.0 * Pace.FIRST).isLessThanOrEqualTo(Pace.MOST);
  }

  @Test
  void itFallsWhileTheMachineIsBusyButNeverToNothing() {
    load = 0.95;

    sent(MINUTE);

    assertThat(pace.rate()).isEqualTo(Pace.LEAST);
  }

  @Test
  void itSettlesWhereTheMachineIsJustBusyEnough() {
    double possible = 30e6;
    Pace settling = new Pace(() -> sending / possible, () -> now);

    for (int i = 0; i < 20_000; i++) {
      sending = settling.rate();
      now += settling.take(PIECE).orElseThrow().toNanos();
    }

    assertThat(settling.rate()).isBetween(0.6 * Pace.BUSY * possible, 1.2 * Pace.BUSY * possible);
  }

  private double sending;

  @Test
  void whatNobodyWaitedForDoesNotMakeItFaster() {
    load = 0.1;

    for (int i = 0; i < 100; i++) {
      now += Duration.ofSeconds(1).toNanos();
      pace.take(PIECE);
    }

    assertThat(pace.rate()).isEqualTo(Pace.FIRST);
  }

  @Test
  void aMachineThatDoesNotTellItsLoadIsHeldForIdle() {
    load = -1;

    sent(MINUTE);

    assertThat(pace.rate()).isGreaterThan(Pace.FIRST);
  }

  @Test
  void whoWouldWaitTooLongIsSentAwayAndTakesNobodysTurn() {
    int taken = 0;
    while (pace.take(PIECE).isPresent()) {
      taken++;
    }

    double seconds = taken * (double) PIECE / Pace.FIRST;
    assertThat(seconds).isBetween(10.0, 10.1);
    assertThat(pace.take(PIECE)).isEmpty();
    now += Duration.ofSeconds(1).toNanos();
    assertThat(pace.take(PIECE)).isPresent();
  }

  /** One after another, each as soon as it may. */
  private long sent(Duration during) {
    long end = now + during.toNanos();
    long bytes = 0;
    while (now < end) {
      now += pace.take(PIECE).orElseThrow().toNanos();
      bytes += PIECE;
    }
    return bytes;
  }
}
