// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.fixture.TestPki;
import energy.muster.identity.BareJid;
import energy.muster.ied.fixture.ManualTime;
import energy.muster.outcome.Result;
import energy.muster.presence.Operating;
import energy.muster.presence.Position;
import energy.muster.presence.Quantity;
import energy.muster.presence.RestrictionReason;
import energy.muster.refusal.Reason;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SimulatedDriversTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final BareJid OPERATOR = TestPki.jid("op-1");
  private static final BareJid OTHER = TestPki.jid("op-2");
  private static final DriverSettings.Generator GENERATOR =
      new DriverSettings.Generator(
          Power.kilowatts(500),
          Duration.ofSeconds(20),
          Duration.ofSeconds(10),
          BigDecimal.valueOf(81),
          Duration.ofHours(8));

  private final ManualTime time = new ManualTime(NOON);
  private int changes;
  private final Surroundings surroundings =
      new Surroundings(time, time.on(Runnable::run), () -> changes++);

  private Driver build(DriverSettings settings) {
    return settings.build(Optional.empty(), surroundings);
  }

  private static Driver load(
      boolean critical, DriverSettings.CriticalProcess process, Surroundings in) {
    return new DriverSettings.Load(Power.kilowatts(20), critical, Optional.ofNullable(process))
        .build(Optional.empty(), in);
  }

  private Result ask(Driver driver, Instruction instruction, BareJid by) {
    return driver
        .execute(
            new Order(DocumentId.next(NOON), by, instruction, Optional.empty(), Optional.empty()))
        .toCompletableFuture()
        .join();
  }

  private Result ask(Driver driver, Verb verb) {
    return ask(driver, Instruction.plain(verb), OPERATOR);
  }

  private static void assertDeclined(Result result, Reason reason) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Result.Declined.class,
            declined -> assertThat(declined.refusal().reason()).isEqualTo(reason));
  }

  private static BigDecimal quantity(Driver driver, Quantity quantity) {
    return driver.condition().quantities().get(quantity);
  }

  @Test
  void aLimitedLoadDrawsNoMoreUntilItIsRestored() {
    Driver load = load(false, null, surroundings);

    ask(load, new Instruction.Limit(Power.kilowatts(5)), OPERATOR);
    assertThat(quantity(load, Quantity.POWER)).isEqualByComparingTo("5");

    ask(load, Verb.RESTORE);
    assertThat(quantity(load, Quantity.POWER)).isEqualByComparingTo("20");
  }

  @Test
  void aLoadShedsWhatItCanSpareAndSaysHowMuch() {
    Driver kiln =
        new DriverSettings.Load(
                Power.kilowatts(40),
                false,
                Optional.empty(),
                Optional.of(new DriverSettings.Need(Power.kilowatts(28), "the kiln keeps 28 kW")),
                Optional.empty(),
                Optional.empty(),
                true)
            .build(Optional.empty(), surroundings);
    assertThat(quantity(kiln, Quantity.SHEDDABLE)).isEqualByComparingTo("40");

    assertThat(ask(kiln, Verb.SHED))
        .isEqualTo(
            new Result.Executed(
                "12 kW, not 40 kW: the kiln keeps 28 kW", Optional.of(Power.kilowatts(12))));
    assertThat(quantity(kiln, Quantity.POWER)).isEqualByComparingTo("28");
    assertThat(quantity(kiln, Quantity.SHEDDABLE)).isEqualByComparingTo("0");
    assertThat(kiln.condition().operating()).isEqualTo(Operating.ON);
  }

  @Test
  void aLoadThatIsShedTwiceShedsNothingMore() {
    Driver load = load(false, null, surroundings);
    ask(load, Verb.SHED);

    assertThat(ask(load, Verb.SHED)).isEqualTo(new Result.Executed("off", Optional.of(Power.ZERO)));
  }

  @Test
  void aCriticalLoadIsNeverShed() {
    assertDeclined(ask(load(true, null, surroundings), Verb.SHED), Reason.CRITICAL_PROCESS);
  }

  @Test
  void aCriticalProcessKeepsALoadOnUntilItEnds() {
    Instant end = NOON.plusSeconds(60);
    Driver load =
        load(false, new DriverSettings.CriticalProcess("furnace at heat", end), surroundings);
    assertDeclined(ask(load, Verb.SHED), Reason.CRITICAL_PROCESS);
    assertDeclined(
        ask(load, new Instruction.Limit(Power.kilowatts(5)), OPERATOR), Reason.CRITICAL_PROCESS);
    assertThat(load.condition().restriction())
        .hasValueSatisfying(
            restriction -> {
              assertThat(restriction.note()).isEqualTo("furnace at heat");
              assertThat(restriction.until()).contains(end);
            });

    time.advance(Duration.ofSeconds(60));

    assertThat(changes).isEqualTo(1);
    assertThat(load.condition().restriction()).isEmpty();
    assertThat(ask(load, Verb.SHED)).isInstanceOf(Result.Executed.class);
  }

  @Test
  void aGeneratorStartsStopsAndIsInterlockedInBetween() {
    Driver generator = build(GENERATOR);
    assertThat(ask(generator, Verb.START).text()).isEqualTo("starting, on in 20 s");
    time.advance(Duration.ofSeconds(5));
    assertThat(ask(generator, Verb.STOP).text()).isEqualTo("starting, 15 s left");
    assertDeclined(ask(generator, Verb.START), Reason.INTERLOCKED);
    assertThat(generator.condition().restriction().orElseThrow().reason())
        .isEqualTo(RestrictionReason.INTERLOCKED);

    time.advance(Duration.ofSeconds(15));
    assertThat(generator.condition().operating()).isEqualTo(Operating.ON);
    assertDeclined(ask(generator, Verb.START), Reason.ALREADY_THERE);

    ask(generator, Verb.STOP);
    assertThat(generator.condition().operating()).isEqualTo(Operating.STOPPING);
    assertDeclined(ask(generator, Verb.START), Reason.INTERLOCKED);
    time.advance(Duration.ofSeconds(10));
    assertThat(generator.condition().operating()).isEqualTo(Operating.OFF);
  }

  @Test
  void aGeneratorBurnsItsFuelAndStopsWithoutIt() {
    Driver generator = build(GENERATOR);
    ask(generator, Verb.START);
    time.advance(Duration.ofHours(4));
    assertThat(quantity(generator, Quantity.FUEL))
        .isBetween(new BigDecimal("30"), new BigDecimal("32"));
    assertThat(quantity(generator, Quantity.TEMPERATURE)).isEqualByComparingTo("90");

    time.advance(Duration.ofHours(3));

    assertThat(generator.condition().operating()).isEqualTo(Operating.OFF);
    assertThat(generator.condition().faults()).containsExactly("no-fuel");
    assertDeclined(ask(generator, Verb.START), Reason.HARDWARE_FAULT);
  }

  @Test
  void aGeneratorThatWasStartingIsOnAfterARestart() {
    Driver generator = build(GENERATOR);
    ask(generator, Verb.START);
    generator.close();
    time.advance(Duration.ofSeconds(30));

    Driver next = GENERATOR.build(Optional.of(generator.save()), surroundings);

    assertThat(next.condition().operating()).isEqualTo(Operating.ON);
  }

  @Test
  void aBreakerOperatesOnlyForWhoSelectedItAndOnce() {
    Driver breaker = build(new DriverSettings.Breaker(Position.CLOSED, false));
    assertDeclined(ask(breaker, Verb.OPEN), Reason.NOT_SELECTED);
    ask(breaker, new Instruction.Select(Verb.OPEN), OPERATOR);
    assertDeclined(ask(breaker, Instruction.plain(Verb.OPEN), OTHER), Reason.NOT_SELECTED);
    assertDeclined(ask(breaker, new Instruction.Select(Verb.OPEN), OTHER), Reason.BUSY);

    assertThat(ask(breaker, Verb.OPEN)).isEqualTo(new Result.Executed("open"));

    assertDeclined(ask(breaker, Verb.OPEN), Reason.ALREADY_THERE);
    assertDeclined(ask(breaker, Verb.CLOSE), Reason.NOT_SELECTED);
  }

  @Test
  void aSelectionLapsesAfterThirtySeconds() {
    Driver breaker = build(new DriverSettings.Breaker(Position.CLOSED, false));
    ask(breaker, new Instruction.Select(Verb.OPEN), OPERATOR);

    time.advance(Duration.ofSeconds(30));

    assertDeclined(ask(breaker, Verb.OPEN), Reason.NOT_SELECTED);
  }

  @Test
  void aSelectionLapsesAlsoWhileTheClockStandsStill() {
    Surroundings still = new Surroundings(() -> NOON, time.on(Runnable::run), () -> {});
    Driver breaker =
        new DriverSettings.Breaker(Position.CLOSED, false).build(Optional.empty(), still);
    ask(breaker, new Instruction.Select(Verb.OPEN), OPERATOR);
    time.advance(Duration.ofSeconds(20));
    ask(breaker, new Instruction.Select(Verb.OPEN), OPERATOR);
    time.advance(Duration.ofSeconds(29));
    assertThat(breaker.reserved()).isTrue();
    time.advance(Duration.ofSeconds(1));
    assertThat(breaker.reserved()).isFalse();
    ask(breaker, new Instruction.Select(Verb.OPEN), OTHER);
    assertThat(ask(breaker, Instruction.plain(Verb.OPEN), OTHER))
        .isEqualTo(new Result.Executed("open"));
  }

  @Test
  void aTrippedBreakerClosesOnlyAfterAReset() {
    BreakerDriver breaker =
        new BreakerDriver(
            new DriverSettings.Breaker(Position.CLOSED, false), Optional.empty(), surroundings);
    breaker.trip();
    ask(breaker, new Instruction.Select(Verb.CLOSE), OPERATOR);
    assertDeclined(ask(breaker, Verb.CLOSE), Reason.INTERLOCKED);

    ask(breaker, new Instruction.Reset("trip"), OPERATOR);
    ask(breaker, new Instruction.Select(Verb.CLOSE), OPERATOR);

    assertThat(ask(breaker, Verb.CLOSE)).isEqualTo(new Result.Executed("closed"));
  }

  @Test
  void aMetersRegisterRisesWithThePowerThatFlows() {
    DriverSettings.Meter settings =
        new DriverSettings.Meter(Power.kilowatts(120), BigDecimal.valueOf(1000));
    Driver meter = build(settings);
    time.advance(Duration.ofMinutes(30));
    assertThat(quantity(meter, Quantity.ENERGY)).isEqualByComparingTo("1060");
    meter.close();

    Driver next = settings.build(Optional.of(meter.save()), surroundings);
    time.advance(Duration.ofMinutes(30));

    assertThat(quantity(next, Quantity.ENERGY)).isEqualByComparingTo("1120");
    assertDeclined(ask(next, Verb.SHED), Reason.UNSUPPORTED);
  }
}
