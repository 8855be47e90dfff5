// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.presence.Position;
import energy.muster.presence.Quantity;
import energy.muster.presence.Restriction;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Devices to try things on. */
public final class Sample {
  private Sample() {}

  public static DevicePresence load(Operating operating, int kilowatts) {
    return presence(
        DeviceKind.LOAD,
        operating,
        Optional.empty(),
        Optional.empty(),
        Map.of(Quantity.POWER, BigDecimal.valueOf(kilowatts)));
  }

  public static DevicePresence generator(Operating operating, Optional<Restriction> restriction) {
    return presence(
        DeviceKind.GENERATOR,
        operating,
        restriction,
        Optional.empty(),
        Map.of(Quantity.FUEL, BigDecimal.valueOf(81)));
  }

  public static DevicePresence breaker(Position position) {
    return presence(
        DeviceKind.BREAKER, Operating.NONE, Optional.empty(), Optional.of(position), Map.of());
  }

  private static DevicePresence presence(
      DeviceKind kind,
      Operating operating,
      Optional<Restriction> restriction,
      Optional<Position> position,
      Map<Quantity, BigDecimal> quantities) {
    return new DevicePresence(
        1, kind, operating, restriction, position, quantities, List.of(), Duration.ofSeconds(60));
  }
}
