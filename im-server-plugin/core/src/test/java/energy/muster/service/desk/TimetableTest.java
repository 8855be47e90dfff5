// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.desk;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.service.fixture.MovedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimetableTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final MovedClock clock = new MovedClock();
  private final Timetable timetable = new Timetable(clock);
  private final List<String> done = new ArrayList<>();

  private void show(Duration ahead) {
    clock.set(clock.in(ahead));
    timetable.advanceTo(clock.instant());
  }

  @Test
  void whatIsDueIsDoneInTheOrderOfItsTimes() {
    timetable.after(MINUTE, () -> done.add("second"));
    timetable.at(clock.in(MINUTE.minusSeconds(1)), () -> done.add("first"));
    timetable.after(MINUTE, () -> done.add("third"));
    show(MINUTE.minusMillis(1));
    assertThat(done).containsExactly("first");
    show(Duration.ofMillis(1));

    assertThat(done).containsExactly("first", "second", "third");
    assertThat(timetable.next()).isEmpty();
  }

  @Test
  void aClockSetBackHoldsUpWhatHasATimeButNoWait() {
    show(Duration.ZERO);
    timetable.at(clock.in(MINUTE), () -> done.add("time"));
    timetable.after(MINUTE, () -> done.add("wait"));
    show(HOUR.negated());
    show(MINUTE);
    assertThat(done).containsExactly("wait");
    show(HOUR);

    assertThat(done).containsExactly("wait", "time");
  }

  @Test
  void noWaitTakesMoreThanTwiceItsTimeHoweverFarTheClockWasSetBack() {
    for (Duration back : List.of(Duration.ofSeconds(1), Duration.ofSeconds(30), MINUTE, HOUR)) {
      done.clear();
      timetable.after(MINUTE, () -> done.add("wait"));
      show(Duration.ofSeconds(45));
      show(back.negated());
      show(Duration.ofSeconds(75));

      assertThat(done).as("set back by %s", back).containsExactly("wait");
    }
  }

  @Test
  void aWaitThatBeganAfterTheClockWasSetBackIsNotCutShort() {
    show(Duration.ZERO);
    clock.set(clock.in(HOUR.negated()));
    timetable.after(MINUTE, () -> done.add("wait"));
    show(Duration.ofMillis(250));
    show(MINUTE.minusMillis(251));
    assertThat(done).isEmpty();
    show(Duration.ofMillis(1));

    assertThat(done).containsExactly("wait");
  }

  @Test
  void whatIsStruckTakesNoPlaceAndDoesNotHappen() {
    for (int i = 0; i < 500; i++) {
      timetable.after(MINUTE.plusSeconds(i), () -> done.add("struck")).strike();
      timetable.at(clock.in(MINUTE.plusSeconds(i)), () -> done.add("struck")).strike();
    }
    Timetable.Due kept = timetable.after(MINUTE, () -> done.add("kept"));
    Timetable.Due struck = timetable.after(MINUTE, () -> done.add("struck"));
    assertThat(timetable.size()).isEqualTo(2);
    show(Duration.ZERO);
    show(HOUR.negated());
    struck.strike();
    show(HOUR);
    kept.strike();

    assertThat(done).containsExactly("kept");
    assertThat(timetable.size()).isZero();
  }
}
