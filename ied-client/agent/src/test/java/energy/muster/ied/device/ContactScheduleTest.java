// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactScheduleTest {
  private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");
  private static final ContactSchedule MORNING_AND_EVENING =
      new ContactSchedule.At(List.of(LocalTime.of(18, 0), LocalTime.of(6, 0)));

  @ParameterizedTest
  @CsvSource({
    "2026-01-10T00:00:00Z, 2026-01-10T05:00:00Z",
    "2026-01-10T05:00:00Z, 2026-01-10T17:00:00Z",
    "2026-01-10T17:00:01Z, 2026-01-11T05:00:00Z",
    // The clocks go forward on 29 March 2026.
    "2026-03-28T17:00:00Z, 2026-03-29T04:00:00Z",
  })
  void timesOfTheDayAreThoseOfTheSite(Instant after, Instant next) {
    assertThat(MORNING_AND_EVENING.next(after, VIENNA)).isEqualTo(next);
  }

  @Test
  void anIntervalBeginsWithTheEndOfTheLastContact() {
    assertThat(
            new ContactSchedule.Every(Duration.ofMinutes(15))
                .next(Instant.parse("2026-01-10T00:00:00Z"), ZoneOffset.UTC))
        .isEqualTo("2026-01-10T00:15:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT9S", "PT25H", "-PT1M"})
  void anIntervalIsTenSecondsToADay(Duration interval) {
    assertThatThrownBy(() -> new ContactSchedule.Every(interval))
        .hasMessageContaining("contact.every");
  }
}
