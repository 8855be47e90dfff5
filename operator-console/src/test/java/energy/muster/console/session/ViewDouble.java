// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.Contact;
import energy.muster.presence.Scope;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** A service's view of its devices: the newest that was opened is told what changes. */
final class ViewDouble {
  private final SigningDevices devices;
  private final Consumer<Payload> told;
  private final List<ObjectNode> opened = new ArrayList<>();
  private String id = "";

  /** How the next requests to open one fail, the first first. */
  final Deque<RuntimeException> failing = new ArrayDeque<>();

  private long revision;

  ViewDouble(SigningDevices devices, Consumer<Payload> told) {
    this.devices = devices;
    this.told = told;
  }

  Payload open(Payload request) {
    if (!failing.isEmpty()) {
      throw failing.remove();
    }
    ObjectNode asked = request.requireJson();
    opened.add(asked);
    id = asked.path("id").asText();
    Scope scope =
        asked.has("only") ? Scope.read(Fields.of((ObjectNode) asked.get("only"))) : Scope.ALL;
    ObjectNode answer = Json.object().put("epoch", "since-noon").put("rev", ++revision);
    if (asked.has("since")) {
      answer.set("since", asked.at("/since/rev"));
    }
    ArrayNode entries = answer.putArray("entries");
    devices.contacts().stream()
        .filter(scope::covers)
        .forEach(contact -> entries.add(contact.write()));
    return Payload.of(Wire.VIEW, answer);
  }

  /** As they were asked for. */
  List<ObjectNode> opened() {
    return opened;
  }

  void change(Contact contact) {
    devices.put(contact);
    ObjectNode message = message();
    message.putArray("entries").add(contact.write());
    message.putArray("changes");
    tell(message);
  }

  void losesAChange(Contact contact) {
    devices.put(contact);
    revision++;
  }

  /** What is other than before. */
  void patch(BareJid device, String patch) {
    ObjectNode message = message();
    ObjectNode change = Json.parse(patch);
    message.putArray("changes").add(change.put("device", device.toString()));
    tell(message);
  }

  void hide(BareJid device) {
    ObjectNode message = message();
    message.putArray("changes");
    message.putArray("gone").add(device.toString());
    tell(message);
  }

  private ObjectNode message() {
    return Json.object().put("id", id).put("rev", ++revision);
  }

  private void tell(ObjectNode message) {
    told.accept(Payload.of(Wire.CHANGES, message));
  }
}
