// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.branch;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a master IED goes about it.
 *
 * @param onDelay how long the branch must be near its rating before something is done
 * @param offDelay how long it must be well below before something is undone
 * @param transfers the parts of it that another feeder can carry
 */
public record Rules(Duration onDelay, Duration offDelay, List<Transfer> transfers) {
  public Rules {
    Objects.requireNonNull(onDelay);
    Objects.requireNonNull(offDelay);
    transfers = List.copyOf(transfers);
  }
}
