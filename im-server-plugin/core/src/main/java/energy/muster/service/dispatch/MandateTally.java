// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.branch.Mandate;
import energy.muster.command.Command;
import energy.muster.command.Leaf;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Position;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.service.goal.Candidate;
import energy.muster.service.goal.Floors;
import energy.muster.service.ledger.Ledger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How much each master IED has moved under mandates and not brought back, by the orders that were
 * taken since the service knows them. Only for use at the desk.
 */
final class MandateTally {
  /** Nothing was moved, for sure. */
  private static final Set<DeliveryState> IDLE =
      EnumSet.of(
          DeliveryState.REFUSED,
          DeliveryState.FAILED,
          DeliveryState.EXPIRED,
          DeliveryState.CANCELLED,
          DeliveryState.SUPERSEDED);

  private static final Set<Verb> RETURNS = EnumSet.of(Verb.RESTORE, Verb.STOP, Verb.OPEN);

  private final Map<BareJid, List<OpenOrder>> given = new HashMap<>();
  private final Ledger ledger;

  MandateTally(Ledger ledger) {
    this.ledger = ledger;
  }

  /** An order was taken. */
  void add(OpenOrder order) {
    if (order.command().mandate().isPresent()) {
      given.computeIfAbsent(issuer(order.command()), any -> new ArrayList<>()).add(order);
    }
  }

  /** It was not taken after all. */
  void remove(OpenOrder order) {
    given.getOrDefault(issuer(order.command()), new ArrayList<>()).remove(order);
  }

  private static BareJid issuer(Command command) {
    return command.header().issuer();
  }

  /** Why the order would move more than its mandate lets it, if it would. */
  Optional<Refusal> refuse(CheckedOrder checked, Instant now) {
    if (checked.command().mandate().isEmpty()
        || !Mandate.COUNTED.contains(checked.command().verb())) {
      return Optional.empty();
    }
    Mandate mandate = Mandate.read(checked.command().mandate().get().unverified());
    Map<BareJid, Power> moved = moved(issuer(checked.command()), now);
    for (Leaf leaf : checked.targets().leaves()) {
      moved.put(leaf.device(), leaf.max().orElseThrow());
    }
    Power sum = moved.values().stream().reduce(Power.ZERO, Power::plus);
    return sum.compareTo(mandate.max()) > 0
        ? Optional.of(
            Refusal.of(
                Reason.OUT_OF_ENVELOPE,
                "with what %s has moved already it comes to %s; the mandate is for %s",
                issuer(checked.command()).local(),
                sum,
                mandate.max()))
        : belowFloor(checked, mandate, moved.keySet());
  }

  /** Why less would stay on than the mandate's giver wants, if it would. */
  private Optional<Refusal> belowFloor(
      CheckedOrder checked, Mandate mandate, Set<BareJid> perhapsShed) {
    if (checked.command().verb() != Verb.SHED || mandate.floor().equals(Power.ZERO)) {
      return Optional.empty();
    }
    Floors.Standing standing =
        new Floors(Map.of(mandate.area(), mandate.floor()), ledger::contacts).now();
    Set<BareJid> gone = new HashSet<>(perhapsShed);
    checked.targets().leaves().forEach(leaf -> gone.remove(leaf.device()));
    for (Leaf leaf : checked.targets().leaves()) {
      Optional<String> no =
          standing.forbids(new Candidate(leaf.device(), leaf.max().orElseThrow()), gone);
      if (no.isPresent()) {
        return Optional.of(
            Refusal.of(
                Reason.OUT_OF_ENVELOPE,
                "%s may not be shed: by the mandate %s",
                leaf.device().local(),
                no.get()));
      }
      gone.add(leaf.device());
    }
    return Optional.empty();
  }

  private Map<BareJid, Power> moved(BareJid master, Instant now) {
    List<OpenOrder> orders = given.getOrDefault(master, new ArrayList<>());
    // What an order under a mandate moves ends with it: its until is never absent.
    orders.removeIf(order -> order.command().until().filter(end -> !now.isBefore(end)).isPresent());
    Map<BareJid, Power> moved = new HashMap<>();
    for (OpenOrder order : orders) {
      for (Parcel parcel : order.parcels()) {
        if (counts(order) && !IDLE.contains(parcel.state()) && !openedAgain(order, parcel)) {
          moved.put(parcel.device(), parcel.leaf().max().orElse(Power.ZERO));
        } else if (returns(order) && parcel.state() == DeliveryState.EXECUTED) {
          moved.remove(parcel.device());
        }
      }
    }
    moved.values().removeIf(Power.ZERO::equals);
    if (moved.isEmpty()) {
      orders.removeIf(OpenOrder::over);
    }
    return moved;
  }

  /** By its own word; whoever did that, and under whatever order. */
  private boolean openedAgain(OpenOrder order, Parcel parcel) {
    return order.command().verb() == Verb.CLOSE
        && parcel.state() == DeliveryState.EXECUTED
        && ledger
            .contact(parcel.device())
            .filter(contact -> contact.certainty().reachable())
            .flatMap(Contact::presence)
            .flatMap(DevicePresence::position)
            .filter(Position.OPEN::equals)
            .isPresent();
  }

  private static boolean counts(OpenOrder order) {
    return Mandate.COUNTED.contains(order.command().verb());
  }

  /** A selection moves nothing either way. */
  private static boolean returns(OpenOrder order) {
    return RETURNS.contains(order.command().verb());
  }
}
