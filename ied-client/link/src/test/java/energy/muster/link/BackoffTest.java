// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void waitsDoubleFromOneSecondToSixty() {
    Backoff backoff = new Backoff(() -> 0.5);

    assertThat(Stream.generate(backoff::next).limit(8).map(Duration::toSeconds))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
  }

  @Test
  void theShortestWaitIsTwentyPercentLess() {
    assertThat(new Backoff(() -> 0.0).next()).isEqualTo(Duration.ofMillis(800));
  }

  @Test
  void theLongestWaitIsTwentyPercentMore() {
    assertThat(new Backoff(() -> 1.0).longest()).isEqualTo(Duration.ofSeconds(36));
  }

  @Test
  void aResetStartsOver() {
    Backoff backoff = new Backoff(() -> 0.5);
    backoff.longest();
    backoff.reset();

    assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(1));
  }
}
