// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.ied.clock.Timer;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.metering.IntervalEnergy;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.Operating;
import energy.muster.presence.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A simulated meter: its register rises with the power that flows, also while nobody runs it. */
final class MeterDriver implements Instrument, MeteringPoint.Memory {
  private static final Duration SHOWN_EVERY = Duration.ofSeconds(60);
  private static final BigDecimal MILLIS_PER_HOUR = BigDecimal.valueOf(3_600_000);
  private static final int REGISTER_SCALE = 6;
  private static final int SHOWN_SCALE = 2;
  private static final int WH_SCALE = 3;

  private final DriverSettings.Meter settings;
  private final Surroundings surroundings;
  private final BigDecimal registered;
  private final Instant since;
  private final Optional<LoadProfile> before;
  private Timer.Pending next;

  MeterDriver(
      DriverSettings.Meter settings, Optional<ObjectNode> saved, Surroundings surroundings) {
    this.settings = settings;
    this.surroundings = surroundings;
    Optional<Fields> state = saved.map(Fields::of);
    before = settings.memory().map(LoadProfile::read);
    registered =
        state.map(fields -> fields.decimal("energyKwh")).orElse(settings.energyKilowattHours());
    since =
        state
            .map(fields -> fields.instant("at"))
            .or(() -> before.map(LoadProfile::end))
            .orElse(surroundings.now());
    next = surroundings.timer().after(SHOWN_EVERY, this::show);
  }

  private void show() {
    next = surroundings.timer().after(SHOWN_EVERY, this::show);
    surroundings.changed().run();
  }

  @Override
  public Condition condition() {
    return new Condition(
        DeviceKind.METER,
        Operating.NONE,
        Optional.empty(),
        Optional.empty(),
        Map.of(
            Quantity.POWER, settings.power().kilowatts(),
            Quantity.ENERGY, shown()),
        List.of());
  }

  @Override
  public String called() {
    return "meter";
  }

  @Override
  public Optional<MeteringPoint> meteringPoint() {
    return Optional.of(MeteringPoint.of(this));
  }

  @Override
  public Instant since() {
    return before.map(LoadProfile::since).orElse(since);
  }

  @Override
  public Optional<IntervalEnergy> again(Instant start, Duration step) {
    return before.flatMap(profile -> profile.interval(start, step));
  }

  @Override
  public Optional<IntervalEnergy> interval(Instant start, Duration step) {
    Optional<IntervalEnergy> remembered = before.flatMap(profile -> profile.interval(start, step));
    if (remembered.isPresent() || start.isBefore(since)) {
      return remembered;
    }
    long wh = wattHours(start.plus(step)) - wattHours(start);
    return Optional.of(IntervalEnergy.valid(start, wh, 0));
  }

  /** Whole ones, so that what is left over goes to the next interval and nothing is lost. */
  private long wattHours(Instant at) {
    return register(at).movePointRight(WH_SCALE).longValue();
  }

  // As it was at first, so that what it counted since can be told for any time since.
  @Override
  public ObjectNode save() {
    return Json.object().put("energyKwh", registered).put("at", since.toString());
  }

  @Override
  public void close() {
    next.cancel();
  }

  private BigDecimal register(Instant now) {
    BigDecimal elapsed = BigDecimal.valueOf(Math.max(0, Duration.between(since, now).toMillis()));
    return registered.add(
        settings
            .power()
            .kilowatts()
            .multiply(elapsed)
            .divide(MILLIS_PER_HOUR, REGISTER_SCALE, RoundingMode.DOWN));
  }

  private BigDecimal shown() {
    return register(surroundings.now()).setScale(SHOWN_SCALE, RoundingMode.DOWN);
  }

  @Override
  public String reading() {
    return shown().toPlainString() + " kWh, " + settings.power();
  }
}
