// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.fixture.TestPki;
import energy.muster.ied.fixture.ManualTime;
import energy.muster.outcome.Result;
import energy.muster.presence.Operating;
import energy.muster.presence.Quantity;
import energy.muster.presence.Ramp;
import energy.muster.presence.Restriction;
import energy.muster.refusal.Reason;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a thing has or announces of ramp and envelope, it keeps. */
class RampTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private final ManualTime time = new ManualTime(NOON);
  private final Surroundings surroundings =
      new Surroundings(time, time.on(Runnable::run), () -> {});

  private Driver generator(Optional<DriverSettings.Derating> derating, Optional<Ramp> ramp) {
    return new DriverSettings.Generator(
            Power.kilowatts(240),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            BigDecimal.valueOf(80),
            Duration.ofHours(8),
            derating,
            ramp)
        .build(Optional.empty(), surroundings);
  }

  private DriverSettings.Load load(
      Optional<DriverSettings.Derating> derating, Optional<Ramp> ramp) {
    return new DriverSettings.Load(
        Power.kilowatts(60), false, Optional.empty(), Optional.empty(), derating, ramp, true);
  }

  private static Optional<Ramp> ramp(int kilowattsPerMinute) {
    return Optional.of(new Ramp(BigDecimal.valueOf(kilowattsPerMinute)));
  }

  private static Optional<DriverSettings.Derating> derated(int most, int kilowattsPerMinute) {
    return Optional.of(
        new DriverSettings.Derating(
            Optional.of(Power.kilowatts(most)),
            ramp(kilowattsPerMinute),
            "one of two fans is out",
            Optional.of(NOON.plusSeconds(600))));
  }

  private static Result ask(Driver driver, Instruction instruction) {
    return driver
        .execute(
            new Order(
                DocumentId.next(NOON),
                TestPki.jid("op-1"),
                instruction,
                Optional.empty(),
                Optional.empty()))
        .toCompletableFuture()
        .join();
  }

  private static Instruction setPoint(int kilowatts) {
    return new Instruction.SetPoint(Power.kilowatts(kilowatts));
  }

  private static BigDecimal power(Driver driver) {
    return driver.condition().quantities().get(Quantity.POWER);
  }

  private void assertPower(Driver driver, int kilowatts) {
    assertThat(power(driver)).isEqualByComparingTo(BigDecimal.valueOf(kilowatts));
  }

  @Test
  void aGeneratorGoesToItsSetPointAlongItsRampAndSaysSo() {
    Driver generator = generator(Optional.empty(), ramp(60));
    ask(generator, Instruction.plain(Verb.START));
    time.advance(Duration.ofSeconds(10));
    assertThat(generator.condition().operating()).isEqualTo(Operating.ON);
    time.advance(Duration.ofMinutes(2));
    assertPower(generator, 120);

    assertThat(ask(generator, setPoint(60)).text())
        .isEqualTo("on, 120 kW, going to 60 kW at 60 kW/min, there in 60 s");
    time.advance(Duration.ofSeconds(30));
    assertPower(generator, 90);
    time.advance(Duration.ofMinutes(5));
    assertPower(generator, 60);
  }

  @Test
  void aDeratedGeneratorAnnouncesAndKeepsItsEnvelopeAndRamp() {
    Driver generator = generator(derated(100, 20), ramp(60));
    Restriction said = generator.condition().restriction().orElseThrow();
    assertThat(said.envelope()).contains(Power.kilowatts(100));
    assertThat(said.ramp()).isEqualTo(ramp(20));
    ask(generator, Instruction.plain(Verb.START));
    time.advance(Duration.ofSeconds(10).plusMinutes(1));
    assertPower(generator, 20);

    assertThat(ask(generator, setPoint(120)))
        .isInstanceOfSatisfying(
            Result.Declined.class,
            no -> {
              assertThat(no.refusal().reason()).isEqualTo(Reason.OUT_OF_ENVELOPE);
              assertThat(no.refusal().text())
                  .contains("at most 100 kW")
                  .contains("one of two fans is out");
            });

    time.advance(Duration.ofMinutes(9));
    assertThat(generator.condition().restriction()).isEmpty();
    assertThat(ask(generator, setPoint(120))).isInstanceOf(Result.Executed.class);
  }

  @Test
  void aStopIsAtOnce() {
    Driver generator = generator(Optional.empty(), ramp(60));
    ask(generator, Instruction.plain(Verb.START));
    time.advance(Duration.ofMinutes(5));

    ask(generator, Instruction.plain(Verb.STOP));

    assertPower(generator, 0);
  }

  @Test
  void aLoadComesBackAlongItsRampAndIsShedAtOnce() {
    Driver load = load(Optional.empty(), ramp(30)).build(Optional.empty(), surroundings);
    ask(load, Instruction.plain(Verb.SHED));
    assertPower(load, 0);

    assertThat(ask(load, Instruction.plain(Verb.RESTORE)).text())
        .isEqualTo("on, 0 kW, going to 60 kW at 30 kW/min, there in 120 s");
    time.advance(Duration.ofMinutes(1));
    assertPower(load, 30);
    assertThat(ask(load, Instruction.plain(Verb.SHED)))
        .isEqualTo(new Result.Executed("off", Optional.of(Power.kilowatts(30))));
  }

  @Test
  void aLoadThatWasComingBackGoesOnAfterARestart() {
    DriverSettings.Load settings = load(Optional.empty(), ramp(30));
    Driver before = settings.build(Optional.empty(), surroundings);
    ask(before, Instruction.plain(Verb.SHED));
    ask(before, Instruction.plain(Verb.RESTORE));
    before.close();
    time.advance(Duration.ofMinutes(1));

    Driver after = settings.build(Optional.of(before.save()), surroundings);

    assertPower(after, 30);
    time.advance(Duration.ofMinutes(1));
    assertPower(after, 60);
  }

  @Test
  void aDeratedLoadTakesNoLimitAboveItsEnvelopeAndChangesNoFaster() {
    Driver load = load(derated(40, 10), Optional.empty()).build(Optional.empty(), surroundings);
    assertPower(load, 40);

    assertThat(ask(load, new Instruction.Limit(Power.kilowatts(50))))
        .isInstanceOfSatisfying(
            Result.Declined.class,
            no -> assertThat(no.refusal().reason()).isEqualTo(Reason.OUT_OF_ENVELOPE));
    ask(load, new Instruction.Limit(Power.kilowatts(20)));
    time.advance(Duration.ofMinutes(1));
    assertPower(load, 30);
  }

  @Test
  void aLoadMayBeOffWhenItIsCommissioned() {
    Driver load =
        new DriverSettings.Load(
                Power.kilowatts(60),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false)
            .build(Optional.empty(), surroundings);
    assertThat(load.condition().operating()).isEqualTo(Operating.OFF);

    ask(load, Instruction.plain(Verb.RESTORE));

    assertPower(load, 60);
  }
}
