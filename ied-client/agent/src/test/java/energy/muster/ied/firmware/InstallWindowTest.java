// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Refused;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstallWindowTest {
  private static InstallWindow window(String json) {
    return Fields.readAll(Json.parse(json), InstallWindow::read);
  }

  // 2026-07-03 is a Friday.
  @ParameterizedTest
  @CsvSource({
    "2026-07-03T01:00:00-04:00[America/New_York], true",
    "2026-07-03T03:59:59-04:00[America/New_York], true",
    "2026-07-03T04:00:00-04:00[America/New_York], false",
    "2026-07-03T00:59:59-04:00[America/New_York], false",
    "2026-07-04T02:00:00-04:00[America/New_York], false"
  })
  void isOpenOnItsDaysBetweenItsTimes(ZonedDateTime at, boolean open) {
    assertThat(window("{\"days\":[\"fri\"],\"from\":\"01:00\",\"to\":\"04:00\"}").open(at))
        .isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-07-03T23:00:00Z, true",
    "2026-07-04T01:59:00Z, true",
    "2026-07-04T02:00:00Z, false",
    "2026-07-04T23:00:00Z, false",
    "2026-07-03T01:00:00Z, false"
  })
  void goesOverMidnightFromTheDayOnWhichItBegins(ZonedDateTime at, boolean open) {
    assertThat(window("{\"days\":[\"fri\"],\"from\":\"22:00\",\"to\":\"02:00\"}").open(at))
        .isEqualTo(open);
  }

  @Test
  void isOfEveryDayUnlessItSays() {
    assertThat(
            window("{\"from\":\"01:00\",\"to\":\"04:00\"}")
                .open(ZonedDateTime.parse("2026-07-05T02:00:00Z")))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"from\":\"01:00\",\"to\":\"01:00\"}",
        "{\"days\":[],\"from\":\"01:00\",\"to\":\"02:00\"}",
        "{\"days\":[\"friday\"],\"from\":\"01:00\",\"to\":\"02:00\"}",
        "{\"from\":\"25:00\",\"to\":\"02:00\"}"
      })
  void whatIsNoWindowIsRefused(String json) {
    assertThatThrownBy(() -> window(json)).isInstanceOf(Refused.class);
  }
}
