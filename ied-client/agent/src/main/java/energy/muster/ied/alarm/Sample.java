// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.alarm;

import energy.muster.alarm.Happening;
import energy.muster.presence.Quantity;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/** What a device measures and notices; it stays so until the next. */
public record Sample(Map<Quantity, BigDecimal> quantities, Set<Happening> happenings) {
  public Sample {
    quantities = Map.copyOf(quantities);
    happenings = Set.copyOf(happenings);
  }
}
