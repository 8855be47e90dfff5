// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import energy.muster.json.Fields;
import energy.muster.warning.Catastrophe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A simulated breaker's protection relay, and the fault currents that it will measure. A current
 * flows for as long as it says, whether or not another breaker opens meanwhile: devices are
 * simulated apart.
 *
 * @param tripAfter how long it waits for one nearer to the fault to clear it
 */
record Protection(Duration tripAfter, List<FaultCurrent> currents) {
  /** A current that the relay takes for this event, behind the breaker. */
  record FaultCurrent(Catastrophe event, String place, Instant begins, Instant ends) {
    FaultCurrent {
      Objects.requireNonNull(event);
      Objects.requireNonNull(place);
      if (!ends.isAfter(begins)) {
        throw new IllegalArgumentException("a fault current flows for a millisecond at least");
      }
    }

    private static FaultCurrent read(Fields fields) {
      Instant begins = fields.instant("at");
      return new FaultCurrent(
          fields.oneOf("event", Catastrophe::ofWire),
          fields.text("place"),
          begins,
          begins.plusMillis(fields.integer("millis")));
    }
  }

  Protection {
    if (tripAfter.isNegative()) {
      throw new IllegalArgumentException("tripMillis is not negative");
    }
    currents = List.copyOf(currents);
  }

  static Protection read(Fields fields) {
    return fields.all(
        known ->
            new Protection(
                Duration.ofMillis(known.integer("tripMillis")),
                known.objects("faults").stream()
                    .map(fault -> fault.all(FaultCurrent::read))
                    .toList()));
  }
}
