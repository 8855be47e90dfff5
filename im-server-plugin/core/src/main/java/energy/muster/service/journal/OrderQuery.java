// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import java.util.Optional;
import java.util.Set;

/**
 * Which orders to read.
 *
 * @param issuer only this one's; empty for everybody's
 * @param states only orders with at least one delivery in one of these; empty for any
 * @param before only ids below this one, to read on
 * @param limit at most so many, from 1
 */
public record OrderQuery(
    Optional<BareJid> issuer, Set<DeliveryState> states, Optional<DocumentId> before, int limit) {
  public OrderQuery {
    states = Set.copyOf(states);
    if (limit < 1) {
      throw new IllegalArgumentException("a limit counts from 1");
    }
  }
}
