// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.console.session.Event;
import energy.muster.console.session.OrderProof;
import energy.muster.console.session.OrderRecord;
import energy.muster.console.session.Standing;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import java.util.Map;

/** How orders come along, and what is kept of them, as JSON. */
final class OrderObjects {
  private OrderObjects() {}

  /** Whether it was one of these events. */
  static boolean fill(Event event, ObjectNode object) {
    if (event instanceof Event.Ended ended) {
      object.put("order", ended.order().text());
      deliveries(object, Map.of(ended.device(), ended.standing()));
    } else if (event instanceof Event.StillOpen open) {
      object.put("order", open.order().text());
      deliveries(object, open.open());
    } else if (event instanceof Event.Resting resting) {
      object.put("order", resting.order().text());
      resting.executeAt().ifPresent(at -> object.put("executeAt", at.toString()));
      object.put("deliverBy", resting.deliverBy().toString());
      deliveries(object, resting.open());
    } else if (event instanceof Event.TooLate late) {
      object.put("order", late.order().text());
      deliveries(object, Map.of(late.device(), late.standing()));
    } else if (event instanceof Event.GivenUp given) {
      object
          .put("order", given.order().text())
          .put("device", given.device().toString())
          .put("reason", given.reason());
    } else if (event instanceof Event.Tally tally) {
      object
          .put("order", tally.order().text())
          .put("devices", tally.devices())
          .put("answered", tally.answered());
      ObjectNode states = object.putObject("states");
      tally.counts().forEach((state, count) -> states.put(state.wire(), count));
      tally
          .sum()
          .ifPresent(
              sum ->
                  object
                      .put("shedKw", sum.shed().kilowatts())
                      .put("goalKw", sum.goal().shed().kilowatts()));
    } else {
      return GoalObjects.fill(event, object);
    }
    return true;
  }

  /** An order with what of it is certain. */
  static ObjectNode order(OrderRecord order, OrderProof proof) {
    ObjectNode object = order(order);
    proof.command().ifPresent(command -> object.set("command", Json.parse(command.write())));
    ArrayNode outcomes = object.putArray("outcomes");
    proof.outcomes().forEach(outcome -> outcomes.add(Json.parse(outcome.write())));
    ArrayNode writeOffs = object.putArray("writeOffs");
    proof.writeOffs().forEach(writeOff -> writeOffs.add(Json.parse(writeOff.write())));
    ArrayNode distrusted = object.putArray("distrusted");
    proof
        .distrusted()
        .forEach(
            refusal ->
                distrusted
                    .addObject()
                    .put("reason", refusal.reason().wire())
                    .put("text", refusal.text()));
    return object;
  }

  static ObjectNode order(OrderRecord order) {
    ObjectNode object = Json.object().put("id", order.id().text());
    order.verb().ifPresent(verb -> object.put("verb", verb));
    order.issuer().ifPresent(issuer -> object.put("issuer", issuer.toString()));
    order.issuedAt().ifPresent(at -> object.put("issuedAt", at.toString()));
    order
        .goal()
        .ifPresent(
            goal ->
                object
                    .putObject("goal")
                    .put("kw", goal.kw().kilowatts())
                    .put("shedKw", goal.shed().kilowatts())
                    .put("state", goal.state().wire()));
    ObjectNode states = object.putObject("states");
    order.counts().forEach((state, count) -> states.put(state.wire(), count));
    deliveries(object, order.deliveries());
    if (!order.history().isEmpty()) {
      ArrayNode steps = object.putArray("history");
      order
          .history()
          .forEach(
              step ->
                  steps
                      .addObject()
                      .put("device", step.device().toString())
                      .put("state", step.state().wire())
                      .put("at", step.at().toString())
                      .put("text", step.text()));
    }
    return object;
  }

  static void deliveries(ObjectNode object, Map<BareJid, Standing> deliveries) {
    deliveries("deliveries", object, deliveries);
  }

  static void deliveries(String name, ObjectNode object, Map<BareJid, Standing> deliveries) {
    ArrayNode list = object.putArray(name);
    deliveries.forEach(
        (device, standing) -> {
          ObjectNode delivery =
              list.addObject()
                  .put("device", device.toString())
                  .put("state", standing.state().wire());
          standing.reason().ifPresent(reason -> delivery.put("reason", reason.wire()));
          if (!standing.text().isEmpty()) {
            delivery.put("text", standing.text());
          }
        });
  }
}
