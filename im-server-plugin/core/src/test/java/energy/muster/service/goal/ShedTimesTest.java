// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.goal;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.identity.BareJid;
import energy.muster.service.journal.Shedding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShedTimesTest {
  private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");
  private static final BareJid LOAD = new BareJid("load-48", "grid.example");

  private static Shedding shed(int minute, Integer until) {
    return new Shedding(LOAD, false, at(minute), Optional.ofNullable(until).map(ShedTimesTest::at));
  }

  private static Shedding restored(int minute) {
    return new Shedding(LOAD, true, at(minute), Optional.empty());
  }

  private static Instant at(int minute) {
    return NOON.plus(Duration.ofMinutes(minute));
  }

  private static ShedTimes.Times times(Shedding... happened) {
    return ShedTimes.of(List.of(happened), NOON, at(60)).get(LOAD);
  }

  @Test
  void aLoadIsShedUntilItIsRestored() {
    assertThat(times(shed(10, null), restored(25)))
        .isEqualTo(new ShedTimes.Times(1, Duration.ofMinutes(15)));
  }

  @Test
  void aLoadComesBackByItselfWhenItsOrderEnds() {
    assertThat(times(shed(10, 20), shed(40, 50)))
        .isEqualTo(new ShedTimes.Times(2, Duration.ofMinutes(20)));
  }

  @Test
  void aLoadThatIsStillShedCountsUntilNow() {
    assertThat(times(shed(10, null))).isEqualTo(new ShedTimes.Times(1, Duration.ofMinutes(50)));
  }

  @Test
  void whatIsShedTwiceIsShedOnceAndTheLaterOrderEndsIt() {
    assertThat(times(shed(10, null), shed(20, 30)))
        .isEqualTo(new ShedTimes.Times(1, Duration.ofMinutes(20)));
  }

  @Test
  void aRestoreOfWhatWasNotShedIsNothing() {
    assertThat(times(restored(10))).isNull();
  }
}
