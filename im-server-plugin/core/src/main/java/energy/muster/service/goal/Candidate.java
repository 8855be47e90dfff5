// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.goal;

import energy.muster.command.Power;
import energy.muster.identity.BareJid;
import java.util.Objects;

/**
 * One who may be asked to contribute to a goal.
 *
 * @param most what it is asked for at most, as the order was signed
 */
public record Candidate(BareJid device, Power most) {
  public Candidate {
    Objects.requireNonNull(device);
    Objects.requireNonNull(most);
  }
}
