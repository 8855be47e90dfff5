// SPDX-License-Identifier: Apache-2.0
package energy.muster.duty;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.identity.BareJid;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of shifts when the clock on the wall is put forward or back. */
class ClockChangeTest {
  private static final List<BareJid> THREE =
      List.of(
          BareJid.parse("op-1@grid.example"),
          BareJid.parse("op-2@grid.example"),
          BareJid.parse("op-3@grid.example"));

  private static List<String> handOvers(String zone, String first, int hours, String after) {
    LocalDateTime begin = LocalDateTime.parse(first);
    Rotation rotation =
        new Rotation(
            "shift",
            THREE,
            new Turns(begin, Duration.ofHours(hours)),
            Hours.always(begin.toLocalTime()));
    Team team = new Team("plant-3", ZoneId.of(zone), List.of(rotation), List.of());
    Instant from = Instant.parse(after);
    return team.changes(from, from.plus(Duration.ofHours(26))).stream()
        .map(change -> change.at() + " " + change.to().orElseThrow().person().local())
        .toList();
  }

  @Test
  void aNightInSpringIsAnHourShorter() {
    assertThat(handOvers("Europe/Berlin", "2026-03-28T06:00", 8, "2026-03-28T20:00:00Z"))
        .containsExactly(
            "2026-03-28T21:00:00Z op-3",
            "2026-03-29T04:00:00Z op-1",
            "2026-03-29T12:00:00Z op-2",
            "2026-03-29T20:00:00Z op-3");
  }

  @Test
  void aNightInAutumnIsAnHourLonger() {
    assertThat(handOvers("Europe/Berlin", "2026-10-24T06:00", 8, "2026-10-24T19:00:00Z"))
        .containsExactly(
            "2026-10-24T20:00:00Z op-3", "2026-10-25T05:00:00Z op-1", "2026-10-25T13:00:00Z op-2");
  }

  @Test
  void aHandOverThatTheClockSkipsIsWhenItSkips() {
    assertThat(handOvers("Europe/Berlin", "2026-03-28T02:30", 24, "2026-03-28T12:00:00Z"))
        .containsExactly("2026-03-29T01:00:00Z op-2");
  }

  @Test
  void aHandOverThatTheClockShowsTwiceIsTheFirstTime() {
    assertThat(handOvers("Europe/Berlin", "2026-10-24T02:30", 24, "2026-10-24T12:00:00Z"))
        .containsExactly("2026-10-25T00:30:00Z op-2");
  }

  @Test
  void aDayThatAZoneSkipsHasNoTurnOfItsOwn() {
    // Samoa had no 30 December 2011: whose turn that day was does not come.
    assertThat(handOvers("Pacific/Apia", "2011-12-28T06:00", 24, "2011-12-29T12:00:00Z"))
        .containsExactly("2011-12-29T16:00:00Z op-2", "2011-12-30T10:00:00Z op-3");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-28T21:00:00Z, true",
    "2026-03-29T03:59:59Z, true",
    "2026-03-29T04:00:00Z, false",
    "2026-03-28T20:59:59Z, false"
  })
  void hoursOverMidnightEndByTheClockOfTheMorning(Instant at, boolean included) {
    Hours night =
        new Hours(
            Hours.always(LocalTime.MIDNIGHT).days(), LocalTime.parse("22:00"), LocalTime.of(6, 0));

    assertThat(night.include(at, ZoneId.of("Europe/Berlin"))).isEqualTo(included);
  }
}
