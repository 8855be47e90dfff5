// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import energy.muster.identity.BareJid;
import energy.muster.service.journal.Attendance;
import energy.muster.service.journal.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class TallyTest {
  private static final BareJid LOAD = BareJid.parse("load-48@grid.example");
  private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
  private static final int DAY = 24 * 3600;

  private static Instant at(long seconds) {
    return START.plusSeconds(seconds);
  }

  private static Entry.Attended change(long seconds, Attendance attendance) {
    return new Entry.Attended(LOAD, at(seconds), attendance, "");
  }

  private static Observed all(long seconds) {
    return new Observed(List.of(new Entry.Ran(START, at(seconds))), START, at(seconds));
  }

  @Test
  void aDayWithOneHourOfFaultIsWorkedOutByHand() {
    Tally tally =
        Interruptions.tally(
            List.of(
                change(0, Attendance.THERE),
                change(3600, Attendance.FAULT),
                change(7200, Attendance.THERE)),
            all(DAY));

    assertThat(tally.up()).isEqualTo(Duration.ofHours(23));
    assertThat(tally.availability().orElseThrow()).isCloseTo(23.0 / 24, within(1e-12));
    assertThat(tally.nines().orElseThrow()).isCloseTo(1.3802, within(1e-4));
    assertThat(tally.sustained()).isEqualTo(1);
    assertThat(tally.saidiSeconds()).isEqualTo(3600);
  }

  @Test
  void fiveMinutesAreMomentaryAndASecondMoreIsSustained() {
    List<Entry.Attended> changes =
        List.of(
            change(0, Attendance.THERE),
            change(1000, Attendance.FAULT),
            change(1300, Attendance.THERE),
            change(2000, Attendance.GOODBYE),
            change(2301, Attendance.THERE));
    Tally tally = Interruptions.tally(changes, all(DAY));

    assertThat(tally.momentary()).isEqualTo(1);
    assertThat(tally.sustained()).isEqualTo(1);
    assertThat(tally.faulty()).isEqualTo(Duration.ofMinutes(5));
    assertThat(tally.left()).isEqualTo(Duration.ofSeconds(301));
    assertThat(tally.caidiSeconds()).hasValue(301);
    assertThat(tally.maifi()).isEqualTo(1);
  }

  @Test
  void aPlannedOutageCountsNeitherForNorAgainst() {
    Tally tally =
        Interruptions.tally(
            List.of(change(0, Attendance.THERE), change(DAY / 2, Attendance.PLANNED)), all(DAY));

    assertThat(tally.availability()).hasValue(1);
    assertThat(tally.nines()).isEmpty();
    assertThat(tally.planned()).isEqualTo(Duration.ofHours(12));
    assertThat(tally.sustained()).isZero();
  }

  @Test
  void whatNobodySawCountsForNothing() {
    Observed twice =
        new Observed(
            List.of(new Entry.Ran(START, at(100)), new Entry.Ran(at(400), at(1000))),
            START,
            at(1000));
    Tally tally =
        Interruptions.tally(
            List.of(
                change(0, Attendance.THERE),
                change(100, Attendance.FAULT),
                change(400, Attendance.THERE)),
            twice);

    assertThat(tally.up()).isEqualTo(Duration.ofSeconds(700));
    assertThat(tally.down()).isZero();
    assertThat(tally.momentary()).isZero();
    assertThat(twice.whole()).isEqualTo(Duration.ofSeconds(700));
  }

  @Test
  void twoDevicesTogetherAreTheirAverage() {
    Tally broken =
        Interruptions.tally(
            List.of(change(0, Attendance.THERE), change(DAY / 2, Attendance.FAULT)), all(DAY));
    Tally sound = Interruptions.tally(List.of(change(0, Attendance.THERE)), all(DAY));
    Tally both = broken.plus(sound);

    assertThat(both.availability()).hasValue(0.75);
    assertThat(both.saidiSeconds()).isEqualTo(DAY / 4.0);
    assertThat(both.saifi()).isEqualTo(0.5);
  }

  @Test
  void nothingSeenHasNoAvailability() {
    assertThat(Tally.NOTHING.availability()).isEmpty();
    assertThat(Tally.NOTHING.nines()).isEmpty();
    assertThat(Tally.NOTHING.saidiSeconds()).isZero();
  }

  /** Second by second, against the arithmetic of stretches. */
  @Property(tries = 300)
  void everyObservedSecondIsCountedOnceAndAsWhatItWas(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 0, max = 900) Integer> gaps,
      @ForAll @Size(min = 20, max = 20) List<Attendance> kinds,
      @ForAll @Size(max = 5) List<@IntRange(min = 1, max = 900) Integer> runs,
      @ForAll @IntRange(min = 0, max = 3000) int from) {
    List<Entry.Attended> changes = new ArrayList<>();
    int time = 0;
    for (int i = 0; i < gaps.size(); i++) {
      time += gaps.get(i);
      changes.add(change(time, kinds.get(i)));
    }
    List<Entry.Ran> watched = new ArrayList<>();
    int begin = 0;
    for (int length : runs) {
      watched.add(new Entry.Ran(at(begin), at(begin + length)));
      begin += length + 60;
    }
    int to = from + 5000;
    Tally tally = Interruptions.tally(changes, new Observed(watched, at(from), at(to)));

    Map<Attendance, Long> counted = new EnumMap<>(Attendance.class);
    for (int second = from; second < to; second++) {
      Instant now = at(second);
      boolean seen =
          watched.stream()
              .anyMatch(run -> !now.isBefore(run.started()) && now.isBefore(run.alive()));
      Attendance is = null;
      for (Entry.Attended change : changes) {
        is = change.at().isAfter(now) ? is : change.attendance();
      }
      if (seen && is != null) {
        counted.merge(is, 1L, Long::sum);
      }
    }
    assertThat(tally.up().toSeconds()).isEqualTo(counted.getOrDefault(Attendance.THERE, 0L));
    assertThat(tally.faulty().toSeconds()).isEqualTo(counted.getOrDefault(Attendance.FAULT, 0L));
    assertThat(tally.left().toSeconds()).isEqualTo(counted.getOrDefault(Attendance.GOODBYE, 0L));
    assertThat(tally.planned().toSeconds()).isEqualTo(counted.getOrDefault(Attendance.PLANNED, 0L));
    assertThat(tally.sustainedDown()).isLessThanOrEqualTo(tally.down());
  }
}
