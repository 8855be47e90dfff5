// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.branch.Mandate;
import energy.muster.command.Command;
import energy.muster.command.Leaf;
import energy.muster.command.Power;
import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
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

  private final Map<BareJid, List<OpenOrder>> given = new HashMap<>();

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
        || !Mandate.MEASURED.contains(checked.command().verb())) {
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
        : Optional.empty();
  }

  private Map<BareJid, Power> moved(BareJid master, Instant now) {
    List<OpenOrder> orders = given.getOrDefault(master, new ArrayList<>());
    // What an order under a mandate moves ends with it: its until is never absent.
    orders.removeIf(order -> order.command().until().filter(end -> !now.isBefore(end)).isPresent());
    if (orders.stream().noneMatch(MandateTally::moves)) {
      orders.clear();
    }
    Map<BareJid, Power> moved = new HashMap<>();
    for (OpenOrder order : orders) {
      for (Parcel parcel : order.parcels()) {
        if (moves(order) && !IDLE.contains(parcel.state())) {
          moved.put(parcel.device(), parcel.leaf().max().orElse(Power.ZERO));
        } else if (!moves(order) && parcel.state() == DeliveryState.EXECUTED) {
          moved.remove(parcel.device());
        }
      }
    }
    return moved;
  }

  private static boolean moves(OpenOrder order) {
    return Mandate.MEASURED.contains(order.command().verb());
  }
}
