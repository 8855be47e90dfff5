// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Leaf;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Inquiry;
import energy.muster.service.journal.Delivery;
import energy.muster.service.journal.Entry;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.util.Optional;

/** One delivery on its way. Only for use at the desk. */
final class Parcel {
  private final OpenOrder order;
  private Delivery delivery;
  private boolean perhapsThere;
  private boolean sentOnDisk;
  private String occasion = "sent";
  private Optional<String> hold = Optional.empty();

  /** As it was before its end, while that is not on disk. */
  private Optional<Delivery> beforeEnd = Optional.empty();

  /** What is to be done about a delivery. */
  enum Need {
    /** Bring it to the device, once or again. */
    CARRY,
    /** Its time to be delivered is over and it may be there: ask what became of it. */
    ASK,
    /** The device has it and its time has not come; or all is over. */
    NOTHING,
    /** It never went out and must not any more. */
    EXPIRE
  }

  /**
   * @param perhapsThere whether the device may have got it already
   */
  Parcel(OpenOrder order, Delivery delivery, boolean perhapsThere) {
    this.order = order;
    this.delivery = delivery;
    this.perhapsThere = perhapsThere;
    // A new one is carried only once it is journaled as it is here.
    this.sentOnDisk = delivery.state() != DeliveryState.HELD;
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

  Leaf leaf() {
    return delivery.leaf();
  }

  DeliveryState state() {
    return delivery.state();
  }

  boolean over() {
    return state().terminal();
  }

  /** Whether it is over and will stay so: what is not on disk yet may be taken back. */
  boolean settled() {
    return over() && beforeEnd.isEmpty();
  }

  /** Whether it may have to be carried after all, because its end is not on disk. */
  boolean mayGoAfterAll() {
    return beforeEnd.filter(before -> before.state() == DeliveryState.HELD).isPresent();
  }

  /** Whether its turn has not come to be asked for the goal of its order. */
  boolean isCandidate() {
    return order.hasGoal() && state() == DeliveryState.HELD;
  }

  boolean perhapsThere() {
    return perhapsThere;
  }

  /** What is written down when it goes out. */
  String occasion() {
    return occasion;
  }

  void occasion(String why) {
    occasion = why;
  }

  /** Why it must wait, whatever its device says. */
  Optional<String> hold() {
    return hold;
  }

  void hold(String why) {
    hold = Optional.of(why);
  }

  /** It waits for nothing but its device. */
  void release() {
    hold = Optional.empty();
  }

  void mayBeThere() {
    perhapsThere = true;
  }

  /** Whether it is on disk that it may have gone out: before that it must not. */
  boolean sentOnDisk() {
    return sentOnDisk;
  }

  /** It is on disk now, unless it is held again by now. */
  void sentIsOnDisk() {
    sentOnDisk = state() != DeliveryState.HELD;
  }

  /** Whether it takes up one of the places that a device has for what waits. */
  boolean waits() {
    return state() == DeliveryState.HELD || state() == DeliveryState.SENT;
  }

  Need need(Instant now) {
    boolean late = !now.isBefore(order.command().deliverBy());
    boolean tooLate = !now.isBefore(order.command().executeBy());
    return switch (state()) {
      case HELD, SENT -> late ? perhapsThere ? Need.ASK : Need.EXPIRE : Need.CARRY;
      case RECEIVED, EXECUTING, UNCONFIRMED -> tooLate ? Need.ASK : Need.NOTHING;
      default -> Need.NOTHING;
    };
  }

  /** Moves on; the entry is for the journal. */
  Entry.Moved move(DeliveryState next, Instant now, String text) {
    delivery = delivery.moved(next, now, text);
    sentOnDisk = sentOnDisk && next != DeliveryState.HELD;
    return new Entry.Moved(order.id(), device(), next, now, text);
  }

  /** Takes back a move that could not be journaled. */
  void restore(Delivery before) {
    delivery = before;
  }

  /** Ends it at once, though it is settled only when that is on disk. */
  Entry.Moved end(DeliveryState end, Instant now, String text) {
    beforeEnd = Optional.of(delivery);
    return move(end, now, text);
  }

  /** Its end is on disk. */
  void settle() {
    beforeEnd = Optional.empty();
  }

  /** Its end could not be journaled. */
  void takeBackEnd() {
    beforeEnd.ifPresent(this::restore);
    beforeEnd = Optional.empty();
  }

  /** The question to the device: the sealed order and the proof that it is addressed. */
  Payload deliver() {
    ObjectNode json = Json.object();
    json.set("leaf", delivery.leaf().write());
    ArrayNode path = json.put("index", delivery.index()).putArray("path");
    order.targets().path(delivery.index()).forEach(hash -> path.add(hash.toString()));
    return Payload.of(Wire.DELIVER, order.sealed(), json);
  }

  /** The question what became of it, which does not carry it. */
  Payload inquire() {
    return Payload.of(
        Wire.INQUIRE, new Inquiry(order.issuer(), order.id(), order.digest()).write());
  }
}
