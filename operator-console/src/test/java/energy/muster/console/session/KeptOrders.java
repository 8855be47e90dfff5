// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Command;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the service double keeps of orders, and how it tells of them. */
final class KeptOrders {
  private final List<Command> commands = new ArrayList<>();
  private final Map<DocumentId, Sealed> sealed = new LinkedHashMap<>();
  private final Map<DocumentId, Map<BareJid, Sealed>> outcomes = new LinkedHashMap<>();

  List<Command> commands() {
    return commands;
  }

  void keep(Command command, Sealed document) {
    commands.add(command);
    sealed.put(command.id(), document);
    outcomes.put(command.id(), new LinkedHashMap<>());
  }

  void keep(Command command, BareJid device, Sealed outcome) {
    outcomes.get(command.id()).put(device, outcome);
  }

  void forget(Command command) {
    sealed.remove(command.id());
  }

  ObjectNode all() {
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("orders");
    for (Command command : commands) {
      ObjectNode line =
          list.addObject()
              .put("id", command.id().text())
              .put("issuer", command.header().issuer().toString())
              .put("verb", command.verb().wire())
              .put("issuedAt", command.header().issuedAt().toString());
      deliveries(line, command.id());
    }
    return answer;
  }

  ObjectNode one(DocumentId id) {
    if (!sealed.containsKey(id)) {
      throw new Refused(Reason.UNKNOWN, "there is no such order");
    }
    ObjectNode answer = Json.object().put("id", id.text()).put("command", sealed.get(id).base64());
    deliveries(answer, id);
    answer
        .putArray("history")
        .addObject()
        .put("device", "load-48@grid.example")
        .put("state", "sent")
        .put("at", Instant.EPOCH.toString())
        .put("text", "");
    ArrayNode evidence = answer.putArray("outcomes");
    outcomes
        .get(id)
        .forEach(
            (device, outcome) ->
                evidence
                    .addObject()
                    .put("device", device.toString())
                    .put("at", Instant.EPOCH.toString())
                    .put("outcome", outcome.base64()));
    return answer;
  }

  private void deliveries(ObjectNode line, DocumentId id) {
    ArrayNode deliveries = line.putArray("deliveries");
    for (BareJid device : outcomes.get(id).keySet()) {
      deliveries
          .addObject()
          .put("device", device.toString())
          .put("state", "executed")
          .put("text", "done");
    }
  }
}
