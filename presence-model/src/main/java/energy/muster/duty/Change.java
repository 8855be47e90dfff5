// SPDX-License-Identifier: Apache-2.0
package energy.muster.duty;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * When somebody else is on duty.
 *
 * @param to from then on; empty when nobody is
 */
public record Change(Instant at, Optional<OnDuty> to) {
  public Change {
    Objects.requireNonNull(at);
    Objects.requireNonNull(to);
  }
}
