// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.console.language.Hint;
import energy.muster.console.language.Line;
import energy.muster.console.language.LineReader;
import energy.muster.console.language.Moment;
import energy.muster.console.language.Name;
import energy.muster.fixture.TestPki;
import energy.muster.link.Announcement;
import energy.muster.presence.Duty;
import energy.muster.presence.Show;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people say of themselves, in words and by typing nothing. */
class ColleaguesTest {
  private final TestPki pki = new TestPki();
  private final List<Announcement> announced = new ArrayList<>();
  private Instant now = pki.now();

  private Shift shift() {
    Setup setup =
        new Setup(
            TestPki.SITE,
            pki.operator("op-1", "*"),
            pki.trustWithoutCrl(),
            () -> now,
            ZoneOffset.UTC,
            Duration.ofSeconds(1));
    Shift shift = new Shift(setup, new Heard());
    shift.begin();
    return shift;
  }

  private Announcement last() {
    return announced.get(announced.size() - 1);
  }

  @Test
  void openingAConsoleIsOnDuty() {
    try (Shift shift = shift()) {
      shift.touch();
      assertThat(last().show()).isEqualTo(Show.AVAILABLE);
      assertThat(last().status()).isEqualTo("on duty");
    }
  }

  @Test
  void whoTypesNothingForFiveMinutesIsAwaySinceThenAndBackWithTheNextLine() {
    try (Shift shift = shift()) {
      Instant typed = now;
      now = now.plus(Duration.ofMinutes(4));
      assertThat(shift.idle()).isEqualTo(Duration.ofMinutes(1));
      assertThat(last().idle()).isEmpty();

      now = now.plus(Duration.ofMinutes(1));
      shift.idle();
      assertThat(last().show()).isEqualTo(Show.AWAY);
      assertThat(last().idle()).contains(typed);

      shift.touch();
      assertThat(last().show()).isEqualTo(Show.AVAILABLE);
      assertThat(last().idle()).isEmpty();
    }
  }

  @Test
  void whoMustNotBeDisturbedStaysSoWhileIdle() {
    try (Shift shift = shift()) {
      shift.say(Duty.DND, "switching", Optional.empty());
      now = now.plus(Duration.ofMinutes(6));
      shift.idle();

      assertThat(last().show()).isEqualTo(Show.DND);
      assertThat(last().status()).isEqualTo("do not disturb: switching");
    }
  }

  @Test
  void linesAboutPeopleAreUnderstood() {
    assertThat(LineReader.read("on duty"))
        .isEqualTo(
            new Line.AtWork(Duty.ON_DUTY, Optional.empty(), Optional.empty(), Optional.empty()));
    assertThat(LineReader.read("away because lunch"))
        .isEqualTo(
            new Line.AtWork(Duty.AWAY, Optional.empty(), Optional.of("lunch"), Optional.empty()));
    assertThat(LineReader.read("dnd until 15:00"))
        .isEqualTo(
            new Line.AtWork(
                Duty.DND,
                Optional.of(new Moment.NextTime(LocalTime.of(15, 0))),
                Optional.empty(),
                Optional.empty()));
    assertThat(LineReader.read("off duty, hand over to op-2"))
        .isEqualTo(
            new Line.AtWork(
                Duty.OFF_DUTY,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Name("op-2", 23))));
    assertThat(LineReader.read("who is on duty")).isEqualTo(new Line.People(true));
    assertThat(LineReader.read("who people")).isEqualTo(new Line.People(false));
    assertThat(LineReader.read("tell op-2 The feeder is back, all of it"))
        .isEqualTo(new Line.Tell(new Name("op-2", 5), "The feeder is back, all of it"));
    assertThat(LineReader.read("accept")).isEqualTo(new Line.Accept(Optional.empty()));
  }

  @Test
  void nobodyHandsOverWhileAway() {
    assertThatThrownBy(() -> LineReader.read("away, hand over to op-2")).isInstanceOf(Hint.class);
  }

  /** Writes down what is announced. */
  private final class Heard extends QuietLink {
    @Override
    public void announce(Announcement announcement) {
      announced.add(announcement);
    }
  }
}
