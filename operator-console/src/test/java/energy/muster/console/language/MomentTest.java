// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

final class MomentTest {
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  private static Instant next(String time, String now) {
    return new Moment.NextTime(LocalTime.parse(time)).resolve(Instant.parse(now), ZONE);
  }

  @Test
  void aTimeStillToComeIsToday() {
    assertThat(next("18:00", "2026-11-21T16:59:00Z")).isEqualTo("2026-11-21T17:00:00Z");
  }

  @Test
  void aTimeThatHasPassedIsTomorrow() {
    assertThat(next("18:00", "2026-11-21T17:00:00Z")).isEqualTo("2026-11-22T17:00:00Z");
  }

  @Test
  void theNightTheClocksChangeKeepsTheWallTime() {
    assertThat(next("18:00", "2026-03-28T18:00:00Z")).isEqualTo("2026-03-29T16:00:00Z");
  }
}
