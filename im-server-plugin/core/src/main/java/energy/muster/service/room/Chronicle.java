// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.room;

import energy.muster.document.DocumentId;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.service.desk.Timetable;
import energy.muster.service.journal.Delivery;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Order;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Tells in the rooms what becomes of orders, as it is on disk: in each the part that is for the
 * area's own devices, as if there were no other. Only for use at the desk.
 */
final class Chronicle {
  private final Map<DocumentId, Map<Area, Telling>> open = new HashMap<>();
  private final Function<BareJid, List<Area>> areas;
  private final Function<Area, Room> rooms;
  private final Timetable timetable;
  private final InstantSource clock;

  /**
   * @param areas those that a device belongs to and that have a room
   */
  Chronicle(
      Function<BareJid, List<Area>> areas,
      Function<Area, Room> rooms,
      Timetable timetable,
      InstantSource clock) {
    this.areas = areas;
    this.rooms = rooms;
    this.timetable = timetable;
    this.clock = clock;
  }

  /** Whether rooms have anything to tell of it. */
  static boolean isNews(Entry entry) {
    if (entry instanceof Entry.Moved moved) {
      return moved.state().terminal() || moved.state() == DeliveryState.UNCONFIRMED;
    }
    return entry instanceof Entry.Accepted
        || entry instanceof Entry.Concluded
        || entry instanceof Entry.WrittenOff
        || entry instanceof Entry.Evidenced;
  }

  void tell(Entry news) {
    if (news instanceof Entry.Accepted accepted) {
      tellings(accepted.order()).values().forEach(Telling::begin);
    } else if (news instanceof Entry.Moved moved) {
      move(moved.command(), moved.device(), moved.state(), moved.text());
    } else if (news instanceof Entry.Concluded concluded) {
      move(concluded.command(), concluded.device(), concluded.state(), concluded.text());
    } else if (news instanceof Entry.WrittenOff given) {
      move(given.command(), given.device(), DeliveryState.UNCERTAIN, given.text());
    } else if (news instanceof Entry.Evidenced late) {
      String line = OrderWords.answer(late.device(), late.text(), late.command());
      areas.apply(late.device()).forEach(area -> rooms.apply(area).announce(line, clock.instant()));
    }
  }

  /** An order that the rooms were told of before a restart. */
  void recover(Order order) {
    tellings(order);
    forgetIfOver(order.id());
  }

  private Map<Area, Telling> tellings(Order order) {
    Map<Area, List<Delivery>> parts = new TreeMap<>();
    for (Delivery delivery : order.deliveries()) {
      areas
          .apply(delivery.device())
          .forEach(area -> parts.computeIfAbsent(area, any -> new ArrayList<>()).add(delivery));
    }
    Map<Area, Telling> tellings = new TreeMap<>();
    parts.forEach(
        (area, part) ->
            tellings.put(
                area,
                new Telling(
                    new OrderWords(order, part), part, rooms.apply(area), timetable, clock)));
    if (!tellings.isEmpty()) {
      open.put(order.id(), tellings);
    }
    return tellings;
  }

  private void move(DocumentId order, BareJid device, DeliveryState state, String text) {
    open.getOrDefault(order, Map.of()).values().forEach(each -> each.move(device, state, text));
    forgetIfOver(order);
  }

  private void forgetIfOver(DocumentId order) {
    if (open.getOrDefault(order, Map.of()).values().stream().allMatch(Telling::over)) {
      open.remove(order);
    }
  }
}
