// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.outcome.DeliveryState;
import energy.muster.service.journal.Delivery;
import energy.muster.service.journal.Entry;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;

/** One delivery on its way. Only for use at the desk. */
final class Parcel {
  private final OpenOrder order;
  private Delivery delivery;
  private boolean perhapsThere;

  /**
   * @param perhapsThere whether the device may have got it already
   */
  Parcel(OpenOrder order, Delivery delivery, boolean perhapsThere) {
    this.order = order;
    this.delivery = delivery;
    this.perhapsThere = perhapsThere;
  }

  OpenOrder order() {
    return order;
  }

  BareJid device() {
    return delivery.device();
  }

  Delivery delivery() {
    return delivery;
  }

  DeliveryState state() {
    return delivery.state();
  }

  boolean perhapsThere() {
    return perhapsThere;
  }

  void mayBeThere() {
    perhapsThere = true;
  }

  /** Whether it waits to be carried to the device, once or again. */
  boolean toBeSent(Instant now) {
    return (state() == DeliveryState.HELD || state() == DeliveryState.SENT)
        && now.isBefore(order.command().deliverBy());
  }

  /** Moves on; the entry is for the journal. */
  Entry.Moved move(DeliveryState next, Instant now, String text) {
    delivery = delivery.moved(next, now, text);
    return new Entry.Moved(order.id(), device(), next, now, text);
  }

  /** Takes back a move that could not be journaled. */
  void restore(Delivery before) {
    delivery = before;
  }

  /** The question to the device: the sealed order and the proof that it is addressed. */
  Payload deliver() {
    ObjectNode json = Json.object();
    json.set("leaf", delivery.leaf().write());
    ArrayNode path = json.put("index", delivery.index()).putArray("path");
    order.targets().path(delivery.index()).forEach(hash -> path.add(hash.toString()));
    return Payload.of(Wire.DELIVER, order.sealed(), json);
  }
}
