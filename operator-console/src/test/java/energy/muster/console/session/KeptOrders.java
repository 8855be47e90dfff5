// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Command;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.outcome.DeliveryState;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the service double keeps of orders, and how it tells of them. */
final class KeptOrders {
  private final List<Command> commands = new ArrayList<>();
  private final Map<DocumentId, Sealed> sealed = new LinkedHashMap<>();
  private final Map<DocumentId, Map<BareJid, Sealed>> outcomes = new LinkedHashMap<>();
  private final Map<DocumentId, Map<BareJid, Sealed>> writeOffs = new LinkedHashMap<>();
  private final Map<DocumentId, Map<BareJid, Standing>> states = new LinkedHashMap<>();

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

  /** What the service says of a delivery; without it, those answered are executed. */
  void state(DocumentId id, BareJid device, DeliveryState state, String text) {
    states
        .computeIfAbsent(id, any -> new LinkedHashMap<>())
        .put(device, new Standing(state, Optional.empty(), text));
  }

  boolean held(DocumentId id, BareJid device) {
    Standing known = states.getOrDefault(id, Map.of()).get(device);
    return known != null && known.state() == DeliveryState.HELD;
  }

  void keepWriteOff(DocumentId id, BareJid device, Sealed writeOff) {
    writeOffs.computeIfAbsent(id, any -> new LinkedHashMap<>()).put(device, writeOff);
    state(id, device, DeliveryState.UNCERTAIN, "written off");
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
    ArrayNode given = answer.putArray("writeOffs");
    writeOffs
        .getOrDefault(id, Map.of())
        .forEach(
            (device, writeOff) ->
                given
                    .addObject()
                    .put("device", device.toString())
                    .put("at", Instant.EPOCH.toString())
                    .put("writeOff", writeOff.base64()));
    return answer;
  }

  private void deliveries(ObjectNode line, DocumentId id) {
    Map<BareJid, Standing> known = new LinkedHashMap<>();
    outcomes
        .get(id)
        .keySet()
        .forEach(
            device ->
                known.put(device, new Standing(DeliveryState.EXECUTED, Optional.empty(), "done")));
    known.putAll(states.getOrDefault(id, Map.of()));
    ArrayNode deliveries = line.putArray("deliveries");
    known.forEach(
        (device, standing) ->
            deliveries
                .addObject()
                .put("device", device.toString())
                .put("state", standing.state().wire())
                .put("text", standing.text()));
  }
}
