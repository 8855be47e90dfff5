// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PauseTest {
  private static final Instant BEGIN = Instant.parse("2026-06-01T12:00:00Z");
  private static final Duration LENGTH = Duration.ofSeconds(10);

  private final Pause pause = Pause.of(BEGIN, LENGTH);

  @Test
  void itIsOverWhenItsTimeIs() {
    assertThat(pause.over(BEGIN)).isFalse();
    assertThat(pause.left(BEGIN.plusSeconds(4))).isEqualTo(Duration.ofSeconds(6));
    assertThat(pause.over(BEGIN.plus(LENGTH))).isTrue();
    assertThat(pause.left(BEGIN.plus(LENGTH))).isZero();
  }

  @Test
  void itIsOverWhenTheClockWasSetBackBehindItsBeginning() {
    assertThat(pause.over(BEGIN.minusMillis(1))).isTrue();
    assertThat(Pause.NONE.over(BEGIN)).isTrue();
  }
}
