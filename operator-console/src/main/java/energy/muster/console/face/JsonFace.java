// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.console.session.Event;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Result;
import energy.muster.presence.Contact;
import energy.muster.refusal.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** One JSON object a line, for programs: {@code event} says which, {@code at} when. */
public final class JsonFace implements Face {
  private final Consumer<String> out;

  /** Writes each object to {@code out}, without a line break. */
  public JsonFace(Consumer<String> out) {
    this.out = out;
  }

  @Override
  public synchronized void show(Event event) {
    String name = name(event);
    ObjectNode object = Json.object().put("event", name).put("at", event.at().toString());
    fill(event, object);
    out.accept(Json.text(object));
  }

  @Override
  public synchronized void ended(String line, boolean ok) {
    out.accept(Json.text(Json.object().put("event", "line").put("line", line).put("ok", ok)));
  }

  private static String name(Event event) {
    String simple = event.getClass().getSimpleName();
    return simple.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  private static void fill(Event event, ObjectNode object) {
    if (event instanceof Event.Answered answered) {
      answered(answered, object);
    } else if (event instanceof Event.Listed listed) {
      ArrayNode contacts = object.putArray("contacts");
      listed.contacts().forEach(contact -> contacts.add(contact(contact)));
    } else if (event instanceof Event.Shown shown) {
      object.set("contact", contact(shown.contact()));
    } else if (event instanceof Event.Changed changed) {
      object.set("contact", contact(changed.contact()));
    } else if (event instanceof Event.Addressed addressed) {
      object.put("verb", addressed.instruction().verb().wire());
      object.set("args", addressed.instruction().arguments());
      devices(object.putArray("devices"), addressed.devices());
      addressed.power().ifPresent(power -> object.put("kw", power.kilowatts()));
      addressed.when().ifPresent(when -> object.put("onlyIf", when.words()));
    } else if (event instanceof Event.Accepted accepted) {
      object.put("order", accepted.order().text());
      OrderObjects.deliveries(object, accepted.deliveries());
    } else if (event instanceof Event.Declined declined) {
      refusal(object.put("what", declined.what()), declined.refusal());
    } else if (event instanceof Event.Distrusted distrusted) {
      refusal(object, distrusted.why());
    } else if (event instanceof Event.Waiting waiting) {
      object.put("order", waiting.order().text());
      devices(object.putArray("devices"), waiting.devices());
      object.put("seconds", seconds(waiting.limit()));
    } else if (!OrderObjects.fill(event, object)
        && !AlarmObjects.fill(event, object)
        && !MeterObjects.fill(event, object)
        && !PriceObjects.fill(event, object)
        && !FirmwareObjects.fill(event, object)) {
      fillRest(event, object);
    }
  }

  private static void fillRest(Event event, ObjectNode object) {
    if (event instanceof Event.Noticed noticed) {
      object.put("kind", noticed.kind());
      noticed.order().ifPresent(order -> object.put("order", order.text()));
      noticed.device().ifPresent(device -> object.put("device", device.toString()));
      object.put("text", noticed.text()).put("news", noticed.news());
    } else if (event instanceof Event.Available available) {
      object.set("contact", contact(available.contact()));
    } else if (event instanceof Event.Watched watched) {
      devices(object.putArray("devices"), watched.devices());
      devices(object.putArray("available"), watched.available());
      ObjectNode described = object.putObject("described");
      watched.described().forEach((words, now) -> devices(described.putArray(words), now));
    } else if (event instanceof Event.Reliability reliability) {
      object.setAll(reliability.record().json());
    } else if (event instanceof Event.Linked linked) {
      object.put("state", linked.state().name().toLowerCase(Locale.ROOT));
    } else if (event instanceof Event.Orders orders) {
      ArrayNode list = object.putArray("orders");
      orders.orders().forEach(order -> list.add(OrderObjects.order(order)));
    } else if (event instanceof Event.OrderShown shown) {
      object.set("order", OrderObjects.order(shown.order(), shown.proof()));
    } else if (event instanceof Event.Exported exported) {
      object.put("order", exported.order().text());
      ArrayNode files = object.putArray("files");
      exported.files().forEach(file -> files.add(file.toString()));
    } else if (event instanceof Event.Expected expected) {
      object.put("met", expected.met()).put("text", expected.text());
    } else if (event instanceof Event.Mistaken mistaken) {
      object
          .put("line", mistaken.line())
          .put("column", mistaken.hint().column())
          .put("text", mistaken.hint().text());
    } else if (event instanceof Event.Staffed staffed) {
      ArrayNode people = object.putArray("people");
      staffed
          .people()
          .forEach(person -> people.add(person.write().put("duty", person.duty().wire())));
    } else if (event instanceof Event.Spoken spoken) {
      object.put("from", spoken.from().toString()).put("text", spoken.text());
    } else if (event instanceof Event.RoomSpoken line) {
      object.put("room", line.room());
      line.speaker().ifPresent(speaker -> object.put("from", speaker));
      object.put("text", line.text());
    } else if (event instanceof Event.RoomsListed rooms) {
      rooms.open().forEach(object.putArray("rooms")::add);
      rooms.entered().forEach(object.putArray("entered")::add);
    } else if (event instanceof Event.Warned warned) {
      object.put("text", warned.text());
    } else if (event instanceof Event.Said said) {
      object.put("text", said.text());
    }
  }

  private static void answered(Event.Answered answered, ObjectNode object) {
    Outcome outcome = answered.outcome();
    object
        .put("device", outcome.header().issuer().toString())
        .put("order", outcome.command().text())
        .put("result", outcome.result().state().wire());
    if (outcome.result() instanceof Result.Declined declined) {
      object.put("reason", declined.refusal().reason().wire());
    } else if (outcome.result() instanceof Result.Failed failed) {
      object.put("reason", failed.refusal().reason().wire());
    }
    object.put("text", outcome.result().text());
    object.put("verb", answered.instruction().verb().wire());
    answered.took().ifPresent(took -> object.put("seconds", seconds(took)));
    outcome.state().ifPresent(state -> object.set("state", state.write()));
    outcome
        .clock()
        .ifPresent(
            clock ->
                object
                    .putObject("clock")
                    .put("now", clock.now().toString())
                    .put("sure", clock.sure()));
  }

  private static ObjectNode contact(Contact contact) {
    return contact.write().put("availability", contact.availability().words());
  }

  private static void refusal(ObjectNode object, Refusal refusal) {
    object.put("reason", refusal.reason().wire()).put("text", refusal.text());
  }

  private static void devices(ArrayNode list, List<BareJid> devices) {
    devices.forEach(device -> list.add(device.toString()));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
