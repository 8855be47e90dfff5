// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.console.language.Line;
import energy.muster.console.language.Name;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.Colleague;
import energy.muster.presence.Duty;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Who else is there, what one tells them, and what one takes over from them. */
final class Colleagues {
  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final Setup setup;
  private final Mirror mirror;
  private final OrderBook book;
  private final Watches watches;
  private final Shift shift;
  private final Questions questions;
  private final Consumer<Event> events;

  Colleagues(
      Setup setup,
      Mirror mirror,
      OrderBook book,
      Watches watches,
      Shift shift,
      Questions questions,
      Consumer<Event> events) {
    this.setup = setup;
    this.mirror = mirror;
    this.book = book;
    this.watches = watches;
    this.shift = shift;
    this.questions = questions;
    this.events = events;
  }

  LineResult who(Line.People line) throws InterruptedException {
    Payload answer = questions.get(Payload.empty(Wire.PEOPLE), ANSWER);
    List<Colleague> people =
        Fields.of(answer.requireLargeJson()).objects("people").stream()
            .map(Colleague::read)
            .filter(person -> !line.onDuty() || person.duty() == Duty.ON_DUTY)
            .toList();
    events.accept(new Event.Staffed(now(), people));
    return new LineResult.Done(true);
  }

  LineResult tell(Line.Tell line) throws InterruptedException {
    BareJid person = mirror.address(line.person());
    Payload answer =
        ask(Wire.TELL, Json.object().put("to", person.toString()).put("text", line.text()));
    boolean there =
        Fields.of(answer.requireJson()).some(fields -> fields.text("state")).equals("sent");
    say(there ? "told " + person.local() : person.local() + " is not there; it is kept for them");
    return new LineResult.Done(true);
  }

  LineResult duty(Line.AtWork line) throws InterruptedException {
    if (line.heir().isPresent()) {
      handOver(mirror.address(line.heir().get()));
    }
    Instant now = now();
    Optional<Instant> until = line.until().map(moment -> moment.resolve(now, setup.zone()));
    shift.say(line.duty(), line.because().orElse(""), until);
    say("you are " + line.duty().words());
    return new LineResult.Done(true);
  }

  private void handOver(BareJid heir) throws InterruptedException {
    ObjectNode offer = Json.object().put("to", heir.toString());
    ArrayNode devices = offer.putArray("watches");
    watches.devices().forEach(device -> devices.add(device.toString()));
    Payload answer = ask(Wire.HAND_OVER, offer);
    Fields.of(answer.requireLargeJson())
        .some(
            fields -> {
              Taken taken = Taken.read(fields);
              long left = fields.integer("left");
              say(
                  "offered to "
                      + heir.local()
                      + ": "
                      + taken.words()
                      + "; it stays yours until they accept, by "
                      + fields.instant("until").atZone(setup.zone()).toLocalTime().withNano(0)
                      + (left == 0
                          ? ""
                          : "; " + left + " more stay yours: they may not see those devices"));
              return taken;
            });
  }

  private record Taken(List<DocumentId> orders, List<BareJid> watches, List<Long> alarms) {
    static Taken read(Fields fields) {
      return new Taken(
          fields.values("orders", DocumentId::new),
          fields.values("watches", BareJid::parse),
          fields.integers("alarms"));
    }

    String words() {
      List<String> parts = new ArrayList<>();
      if (!alarms.isEmpty()) {
        parts.add(
            (alarms.size() == 1 ? "alarm " : "alarms ")
                + alarms.stream().map(String::valueOf).collect(Collectors.joining(", ")));
      }
      if (!orders.isEmpty()) {
        parts.add(
            orders.size()
                + (orders.size() == 1 ? " order" : " orders")
                + orders.stream()
                    .map(DocumentId::brief)
                    .collect(Collectors.joining(", ", " (", ")")));
      }
      if (!watches.isEmpty()) {
        parts.add(
            "watching " + watches.stream().map(BareJid::local).collect(Collectors.joining(", ")));
      }
      return parts.isEmpty() ? "nothing that is open" : String.join(", ", parts);
    }
  }

  LineResult accept(Line.Accept line) throws InterruptedException {
    Payload answer = ask(Wire.ACCEPT, from(line.from()));
    Taken taken = Fields.of(answer.requireLargeJson()).some(Taken::read);
    taken.orders().forEach(book::learn);
    watches.adopt(taken.watches());
    say(
        "yours now: "
            + taken.words()
            + (taken.orders().isEmpty() ? "" : "; their answers come to you"));
    return new LineResult.Done(true);
  }

  LineResult decline(Line.Decline line) throws InterruptedException {
    ask(Wire.DECLINE, from(line.from()));
    say("you do not take over");
    return new LineResult.Done(true);
  }

  private ObjectNode from(Optional<Name> person) {
    ObjectNode from = Json.object();
    person.map(mirror::address).ifPresent(named -> from.put("from", named.toString()));
    return from;
  }

  private Payload ask(Wire wire, ObjectNode json) throws InterruptedException {
    return questions.set(Payload.of(wire, json), ANSWER, why -> {});
  }

  private void say(String text) {
    events.accept(new Event.Said(now(), text));
  }

  private Instant now() {
    return setup.clock().instant();
  }
}
