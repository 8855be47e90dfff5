// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.command.Leaf;
import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import java.time.Instant;

/**
 * One addressee of an order and how far it has come.
 *
 * @param index of the leaf in the target tree, from 0
 * @param at when it came into this state, or when something last happened in it
 * @param text what happened then, in words
 */
public record Delivery(int index, Leaf leaf, DeliveryState state, Instant at, String text) {
  public BareJid device() {
    return leaf.device();
  }

  public Delivery moved(DeliveryState next, Instant when, String why) {
    return new Delivery(index, leaf, next, when, why);
  }
}
