// SPDX-License-Identifier: Apache-2.0
package energy.muster.duty;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.identity.BareJid;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What a team says of any moment is what somebody would say who writes all shifts into a calendar
 * one after the other, also around the moments at which clocks change.
 */
final class TurnsPropertyTest {
  /** Gaps and overlaps of 30 min, 1 h, 2 h and a day; at midnight, at 2, one minute past; none. */
  private static final List<String> ZONES =
      List.of(
          "Europe/Berlin",
          "America/New_York",
          "Australia/Lord_Howe",
          "Antarctica/Troll",
          "Pacific/Apia",
          "Pacific/Kwajalein",
          "America/Sao_Paulo",
          "America/St_Johns",
          "Africa/Casablanca",
          "Europe/Dublin",
          "Asia/Kathmandu",
          "UTC");

  private record Asked(Team team, List<Instant> at) {}

  @Property(tries = 150)
  void everyMomentHasWhomTheCalendarSays(@ForAll("teams") Asked asked) {
    for (Instant at : asked.at()) {
      assertThat(person(asked.team().at(at))).as("at %s", at).isEqualTo(calendar(asked.team(), at));
    }
  }

  @Property(tries = 150)
  void betweenTwoChangesNobodyElseIsOnDuty(@ForAll("teams") Asked asked) {
    Team team = asked.team();
    Instant from = asked.at().get(0);
    Instant to = from.plus(Duration.ofDays(4));
    List<Change> changes = team.changes(from, to);
    Optional<BareJid> now = person(team.at(from));
    assertThat(team.next(from).filter(next -> next.at().isBefore(to)))
        .isEqualTo(changes.stream().findFirst());
    for (Change change : changes) {
      assertThat(person(change.to())).isNotEqualTo(now).isEqualTo(person(team.at(change.at())));
      assertThat(person(team.at(change.at().minusMillis(1)))).isEqualTo(now);
      now = person(change.to());
    }
    for (Instant at : asked.at()) {
      if (!at.isBefore(from) && at.isBefore(to)) {
        Optional<BareJid> last =
            changes.stream()
                .filter(change -> !change.at().isAfter(at))
                .reduce((earlier, later) -> later)
                .map(change -> person(change.to()))
                .orElse(person(team.at(from)));
        assertThat(person(team.at(at))).as("at %s", at).isEqualTo(last);
      }
    }
  }

  @Property(tries = 60)
  void fromItsFirstTurnOnARotationWithoutHoursHasNoHole(@ForAll("teams") Asked asked) {
    Team team = asked.team();
    for (Rotation rotation : team.rotations()) {
      Rotation always =
          new Rotation(
              rotation.name(),
              rotation.people(),
              rotation.turns(),
              Hours.always(rotation.turns().first().toLocalTime()));
      Instant first = moment(rotation.turns().first(), team.zone());
      for (Instant at : asked.at()) {
        assertThat(always.at(at, team.zone()).isPresent())
            .as("at %s", at)
            .isEqualTo(!at.isBefore(first));
      }
    }
  }

  private static Optional<BareJid> person(Optional<OnDuty> onDuty) {
    return onDuty.map(OnDuty::person);
  }

  private static Optional<BareJid> calendar(Team team, Instant at) {
    for (DutyOverride override : team.overrides()) {
      if (override.from().compareTo(at) <= 0 && at.compareTo(override.until()) < 0) {
        return Optional.of(override.person());
      }
    }
    for (Rotation rotation : team.rotations()) {
      int turns = -1;
      LocalDateTime begin = rotation.turns().first();
      while (!moment(begin, team.zone()).isAfter(at)) {
        turns++;
        begin = begin.plus(rotation.turns().length());
      }
      if (turns >= 0 && wanted(rotation, team.zone(), at)) {
        return Optional.of(rotation.people().get(turns % rotation.people().size()));
      }
    }
    return Optional.empty();
  }

  private static boolean wanted(Rotation rotation, ZoneId zone, Instant at) {
    Hours hours = rotation.hours();
    LocalDate first = at.atOffset(ZoneOffset.UTC).toLocalDate().minusDays(4);
    for (int i = 0; i < 8; i++) {
      LocalDate day = first.plusDays(i);
      LocalDateTime begin = day.atTime(hours.from());
      LocalDateTime end = day.atTime(hours.until());
      if (end.compareTo(begin) <= 0) {
        end = end.plusDays(1);
      }
      if (hours.days().contains(day.getDayOfWeek())
          && moment(begin, zone).compareTo(at) <= 0
          && at.compareTo(moment(end, zone)) < 0) {
        return true;
      }
    }
    return false;
  }

  /** Looks for the time on the clock: the first offset under which there is one counts. */
  private static Instant moment(LocalDateTime time, ZoneId zone) {
    LocalDateTime shown = time;
    while (zone.getRules().getValidOffsets(shown).isEmpty()) {
      shown = shown.plusMinutes(1);
    }
    LocalDateTime there = shown;
    return zone.getRules().getValidOffsets(shown).stream()
        .map(there::toInstant)
        .min(Instant::compareTo)
        .orElseThrow();
  }

  @Provide
  Arbitrary<Asked> teams() {
    return Arbitraries.of(ZONES).map(ZoneId::of).flatMap(TurnsPropertyTest::around);
  }

  private static Arbitrary<Asked> around(ZoneId zone) {
    return Arbitraries.of(changes(zone))
        .flatMap(
            middle -> {
              Arbitrary<Instant> near =
                  Arbitraries.integers()
                      .between(-4 * 24 * 60, 4 * 24 * 60)
                      .map(minutes -> middle.plus(Duration.ofMinutes(minutes)));
              Arbitrary<Team> team =
                  Combinators.combine(
                          rotation(middle.atZone(zone).toLocalDate()).list().ofMaxSize(3),
                          override(middle).optional(0.3))
                      .as(
                          (rotations, override) ->
                              new Team(
                                  "plant-3", zone, named(rotations), override.stream().toList()));
              return Combinators.combine(team, near.list().ofSize(12)).as(Asked::new);
            });
  }

  private static List<Instant> changes(ZoneId zone) {
    List<Instant> found = new ArrayList<>();
    Instant at = Instant.parse("2005-01-01T00:00:00Z");
    for (int i = 0; i < 30; i++) {
      ZoneOffsetTransition next = zone.getRules().nextTransition(at);
      if (next == null) {
        break;
      }
      at = next.getInstant();
      found.add(at);
    }
    return found.isEmpty() ? List.of(at) : found;
  }

  private static List<Rotation> named(List<Rotation> rotations) {
    List<Rotation> named = new ArrayList<>();
    for (Rotation rotation : rotations) {
      named.add(
          new Rotation("r" + named.size(), rotation.people(), rotation.turns(), rotation.hours()));
    }
    return named;
  }

  private static Arbitrary<Rotation> rotation(LocalDate middle) {
    Arbitrary<LocalTime> times =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(
                2,
                Arbitraries.of("00:00", "01:00", "01:30", "02:00", "02:15").map(LocalTime::parse)),
            net.jqwik.api.Tuple.of(
                1,
                Arbitraries.integers()
                    .between(0, 24 * 60 - 1)
                    .map(minute -> LocalTime.MIDNIGHT.plusMinutes(minute))));
    Arbitrary<Turns> turns =
        Combinators.combine(
                Arbitraries.integers().between(-3, 12),
                times,
                Arbitraries.of(1, 2, 3, 5, 8, 12, 24, 36, 168))
            .as(
                (daysBefore, time, hours) ->
                    new Turns(middle.minusDays(daysBefore).atTime(time), Duration.ofHours(hours)));
    Arbitrary<Hours> hours =
        Combinators.combine(Arbitraries.of(DayOfWeek.values()).set().ofMinSize(1), times, times)
            .as(Hours::new);
    Arbitrary<List<BareJid>> people =
        Arbitraries.of("op-1", "op-2", "op-3", "op-4")
            .map(name -> new BareJid(name, "grid.example"))
            .list()
            .ofMinSize(1)
            .ofMaxSize(5);
    return Combinators.combine(people, turns, hours.optional(0.6))
        .as(
            (who, when, some) ->
                new Rotation(
                    "r", who, when, some.orElse(Hours.always(when.first().toLocalTime()))));
  }

  private static Arbitrary<DutyOverride> override(Instant middle) {
    return Combinators.combine(
            Arbitraries.integers().between(-72, 72), Arbitraries.integers().between(1, 48))
        .as(
            (begin, length) ->
                new DutyOverride(
                    new BareJid("op-9", "grid.example"),
                    middle.plus(Duration.ofHours(begin)),
                    middle.plus(Duration.ofHours(begin + length))));
  }
}
