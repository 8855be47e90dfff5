// SPDX-License-Identifier: Apache-2.0
package energy.muster.duty;

import energy.muster.identity.BareJid;
import java.util.Objects;
import java.util.Optional;

/**
 * Who answers for a team, and why.
 *
 * @param rotation whose turn it is there; empty for an override
 */
public record OnDuty(BareJid person, Optional<String> rotation) {
  public OnDuty {
    Objects.requireNonNull(person);
    Objects.requireNonNull(rotation);
  }
}
