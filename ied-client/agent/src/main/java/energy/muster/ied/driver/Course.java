// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Power;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.Ramp;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A power on its way from one value to another, no faster than its ramp.
 *
 * @param ramp without one it is there at once
 */
record Course(Power from, Instant since, Power to, Optional<Ramp> ramp) {
  private static final BigDecimal MILLIS_PER_MINUTE = BigDecimal.valueOf(60_000);
  private static final int SCALE = 3;

  /** One that stays where it is. */
  static Course at(Power power, Instant now) {
    return new Course(power, now, power, Optional.empty());
  }

  /** From where it is by then. */
  Course towards(Power target, Optional<Ramp> pace, Instant now) {
    return new Course(power(now), now, target, pace);
  }

  Power power(Instant now) {
    if (!moving(now)) {
      return to;
    }
    Power moved =
        Power.kilowatts(
            ramp.orElseThrow()
                .kilowattsPerMinute()
                .multiply(BigDecimal.valueOf(Duration.between(since, now).toMillis()))
                // Never faster, not even by what is rounded off.
                .divide(MILLIS_PER_MINUTE, SCALE, RoundingMode.DOWN)
                .max(BigDecimal.ZERO));
    return rises() ? from.plus(moved) : from.minus(moved);
  }

  private boolean rises() {
    return from.compareTo(to) < 0;
  }

  /** When it is where it goes. */
  Instant arrives() {
    BigDecimal way = to.kilowatts().subtract(from.kilowatts()).abs();
    return ramp.map(
            pace ->
                since.plusMillis(
                    way.multiply(MILLIS_PER_MINUTE)
                        .divide(pace.kilowattsPerMinute(), 0, RoundingMode.UP)
                        .longValueExact()))
        .orElse(since);
  }

  boolean moving(Instant now) {
    return now.isBefore(arrives());
  }

  /** {@code 120 kW, going to 200 kW at 60 kW/min, there in 80 s}. */
  String words(Instant now) {
    return moving(now)
        ? power(now)
            + ", going to "
            + to
            + " at "
            + ramp.orElseThrow()
            + ", there in "
            + Answers.secondsUntil(now, arrives())
            + " s"
        : to.toString();
  }

  static Course read(Fields fields) {
    return new Course(
        Power.kilowatts(fields.decimal("fromKw")),
        fields.instant("since"),
        Power.kilowatts(fields.decimal("toKw")),
        fields.optionalDecimal("kwPerMin").map(Ramp::new));
  }

  ObjectNode write() {
    ObjectNode object =
        Json.object()
            .put("fromKw", from.kilowatts())
            .put("since", since.toString())
            .put("toKw", to.kilowatts());
    ramp.ifPresent(pace -> object.put("kwPerMin", pace.kilowattsPerMinute()));
    return object;
  }
}
