// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import java.time.Instant;
import java.util.List;

/** An order with every step of its deliveries, oldest first, and what the devices signed. */
public record OrderHistory(Order order, List<Step> steps, List<Evidence> evidence) {
  public OrderHistory {
    steps = List.copyOf(steps);
    evidence = List.copyOf(evidence);
  }

  /** One thing that happened to a delivery. */
  public record Step(BareJid device, DeliveryState state, Instant at, String text) {}

  /**
   * A device's signed outcome.
   *
   * @param digest of its content
   */
  public record Evidence(BareJid device, Instant at, Sealed outcome, Digest digest) {}
}
