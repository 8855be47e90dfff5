// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.orders;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Command;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.outcome.DeliveryState;
import energy.muster.service.goal.GoalStanding;
import energy.muster.service.journal.Delivery;
import energy.muster.service.journal.Order;
import energy.muster.service.journal.OrderHistory;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Orders as JSON. */
final class OrderPages {
  /** Deliveries named one by one in a list; of a larger order it gives the numbers only. */
  private static final int MAX_NAMED = 20;

  private OrderPages() {}

  static ObjectNode list(List<Order> orders, Map<DocumentId, GoalStanding> goals) {
    ObjectNode json = Json.object();
    ArrayNode lines = json.putArray("orders");
    for (Order order : orders) {
      ObjectNode line = line(order);
      Optional.ofNullable(goals.get(order.id())).ifPresent(goal -> line.set("goal", goal.write()));
      lines.add(line);
    }
    return json;
  }

  private static ObjectNode line(Order order) {
    ObjectNode line = head(order);
    Map<DeliveryState, Integer> counts = new EnumMap<>(DeliveryState.class);
    order.deliveries().forEach(each -> counts.merge(each.state(), 1, Integer::sum));
    ObjectNode states = line.put("targets", order.deliveries().size()).putObject("states");
    counts.forEach((state, count) -> states.put(state.wire(), count));
    ArrayNode deliveries = line.putArray("deliveries");
    order.deliveries().stream().limit(MAX_NAMED).forEach(each -> deliveries.add(delivery(each)));
    return line;
  }

  private static ObjectNode head(Order order) {
    Command command = order.submission().command();
    ObjectNode head =
        Json.object()
            .put("id", order.id().text())
            .put("issuer", order.submission().issuer().toString())
            .put("verb", command.verb().wire());
    head.set("args", command.instruction().arguments());
    head.put("priority", command.priority().wire())
        .put("issuedAt", command.header().issuedAt().toString())
        .put("acceptedAt", order.submission().acceptedAt().toString())
        .put("deliverBy", command.deliverBy().toString())
        .put("executeBy", command.executeBy().toString());
    command.until().ifPresent(until -> head.put("until", until.toString()));
    command.reason().ifPresent(reason -> head.put("reason", reason));
    return head;
  }

  private static ObjectNode delivery(Delivery delivery) {
    return Json.object()
        .put("device", delivery.device().toString())
        .put("state", delivery.state().wire())
        .put("at", delivery.at().toString())
        .put("text", delivery.text());
  }

  /** Everything, as far as the reader may see the devices. */
  static ObjectNode page(OrderHistory known, Predicate<BareJid> sees, Optional<GoalStanding> goal) {
    ObjectNode page = head(known.order());
    goal.ifPresent(standing -> page.set("goal", standing.write()));
    page.put("digest", known.order().submission().digest().toString())
        .put("command", known.order().submission().sealed().base64());
    leaves(known.order(), sees).ifPresent(leaves -> page.set("leaves", leaves));
    ArrayNode deliveries = page.putArray("deliveries");
    known.order().deliveries().stream()
        .filter(each -> sees.test(each.device()))
        .forEach(each -> deliveries.add(delivery(each)));
    ArrayNode history = page.putArray("history");
    known.steps().stream()
        .filter(step -> sees.test(step.device()))
        .forEach(
            step ->
                history
                    .addObject()
                    .put("at", step.at().toString())
                    .put("device", step.device().toString())
                    .put("state", step.state().wire())
                    .put("text", step.text()));
    documents(page, "outcomes", "outcome", known, sees, OrderHistory.Kind.OUTCOME);
    documents(page, "writeOffs", "writeOff", known, sees, OrderHistory.Kind.WRITE_OFF);
    return page;
  }

  /** Of an upgrade, whom a second person signs for: only for who may see every one of them. */
  private static Optional<ArrayNode> leaves(Order order, Predicate<BareJid> sees) {
    if (order.submission().command().verb() != Verb.UPGRADE
        || !order.deliveries().stream().allMatch(each -> sees.test(each.device()))) {
      return Optional.empty();
    }
    ArrayNode leaves = Json.array();
    order.deliveries().stream()
        .sorted(Comparator.comparingInt(Delivery::index))
        .forEach(each -> leaves.add(each.leaf().write()));
    return Optional.of(leaves);
  }

  private static void documents(
      ObjectNode page,
      String list,
      String name,
      OrderHistory known,
      Predicate<BareJid> sees,
      OrderHistory.Kind kind) {
    ArrayNode documents = page.putArray(list);
    known.evidence().stream()
        .filter(each -> each.kind() == kind && sees.test(each.device()))
        .forEach(
            each ->
                documents
                    .addObject()
                    .put("at", each.at().toString())
                    .put("device", each.device().toString())
                    .put(name, each.document().base64()));
  }
}
