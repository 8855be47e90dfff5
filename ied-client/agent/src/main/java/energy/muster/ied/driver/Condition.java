// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import energy.muster.presence.BranchSum;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.Operating;
import energy.muster.presence.Position;
import energy.muster.presence.Quantity;
import energy.muster.presence.Restriction;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a thing stands: its presence without what the agent adds (revision, lease, what people asked
 * for).
 *
 * @param branch what the master IED of a branch has summed
 */
public record Condition(
    DeviceKind kind,
    Operating operating,
    Optional<Restriction> restriction,
    Optional<Position> position,
    Map<Quantity, BigDecimal> quantities,
    List<String> faults,
    Optional<BranchSum> branch) {
  /** One of a thing that sums nothing. */
  public Condition(
      DeviceKind kind,
      Operating operating,
      Optional<Restriction> restriction,
      Optional<Position> position,
      Map<Quantity, BigDecimal> quantities,
      List<String> faults) {
    this(kind, operating, restriction, position, quantities, faults, Optional.empty());
  }

  public Condition {
    Objects.requireNonNull(branch);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(operating);
    Objects.requireNonNull(restriction);
    Objects.requireNonNull(position);
    quantities = Map.copyOf(quantities);
    faults = List.copyOf(faults);
  }
}
