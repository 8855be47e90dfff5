// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.command.Leaf;
import energy.muster.command.Power;
import energy.muster.command.TargetTree;
import energy.muster.console.language.Hint;
import energy.muster.console.language.Options;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.link.LinkException;
import energy.muster.outcome.DeliveryState;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealer;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Signs an order, gives it to the service and waits for what the devices answer. */
final class Desk {
  /** Past it the service does not deliver, unless the line says otherwise. */
  static final Duration DELIVER_WITHIN = Duration.ofMinutes(2);

  /** Past it the device refuses, unless the line says otherwise. */
  static final Duration EXECUTE_WITHIN = Duration.ofMinutes(5);

  /** How long a question may take before the console says that it waits. */
  private static final Duration QUIET = Duration.ofSeconds(2);

  private static final Duration LOOK_UP = Duration.ofSeconds(5);

  private final Setup setup;
  private final Monitor monitor;
  private final OrderBook book;
  private final Answers answers;
  private final Questions questions;
  private final Consumer<Event> events;

  Desk(
      Setup setup,
      Monitor monitor,
      OrderBook book,
      Answers answers,
      Questions questions,
      Consumer<Event> events) {
    this.setup = setup;
    this.monitor = monitor;
    this.book = book;
    this.answers = answers;
    this.questions = questions;
    this.events = events;
  }

  /** Where each device stands when all have answered or the patience of the console has ended. */
  LineResult.Given give(Instruction instruction, List<BareJid> devices, Options options)
      throws InterruptedException {
    OpenOrder order = sign(instruction, devices, options);
    return new LineResult.Given(order.id(), give(order));
  }

  private Map<BareJid, Standing> give(OpenOrder order) throws InterruptedException {
    book.add(order);
    Instant start = setup.clock().instant();
    Duration limit =
        shorter(setup.patience(), Duration.between(start, order.command().executeBy()));
    try {
      Payload accepted =
          questions.set(
              order.submission(),
              limit,
              why ->
                  events.accept(
                      new Event.Said(
                          setup.clock().instant(),
                          "nobody knows whether order "
                              + order.id().brief()
                              + " arrived ("
                              + why
                              + "); sending the same again")));
      accepted(order, accepted);
    } catch (Refused e) {
      events.accept(
          new Event.Declined(setup.clock().instant(), order.command().verb().wire(), e.refusal()));
      return refusedAltogether(order, e);
    } catch (LinkException e) {
      return stillOpen(order);
    }
    return await(order, limit.minus(Duration.between(start, setup.clock().instant())));
  }

  private OpenOrder sign(Instruction instruction, List<BareJid> devices, Options options) {
    Optional<Power> max = Optional.empty();
    if (instruction instanceof Instruction.Limit limit) {
      max = Optional.of(limit.max());
    } else if (instruction instanceof Instruction.SetPoint point) {
      max = Optional.of(point.target());
    }
    List<Leaf> leaves = new ArrayList<>();
    for (BareJid device : devices) {
      leaves.add(Leaf.salted(device, leaves.size(), max));
    }
    Instant now = setup.clock().instant();
    try {
      Command command = command(instruction, TargetTree.of(leaves), options, now);
      byte[] content = command.write();
      ObjectNode beside = Json.object();
      ArrayNode list = beside.putArray("leaves");
      leaves.forEach(leaf -> list.add(leaf.write()));
      Payload submission =
          Payload.of(Wire.SUBMIT, Sealer.seal(content, now, setup.identity()), beside);
      return new OpenOrder(command, Digest.of(content), submission, devices);
    } catch (IllegalArgumentException e) {
      throw new Hint(0, e.getMessage());
    }
  }

  private Command command(Instruction instruction, TargetTree tree, Options options, Instant now) {
    Duration execute = options.executeWithin().orElse(EXECUTE_WITHIN);
    Duration deliver = options.deliverWithin().orElse(shorter(DELIVER_WITHIN, execute));
    if (options.executeWithin().isEmpty() && deliver.compareTo(execute) > 0) {
      execute = deliver;
    }
    Header header =
        new Header(
            DocumentType.COMMAND,
            setup.site(),
            DocumentId.next(now),
            setup.identity().certified().jid(),
            now);
    return new Command(
        header,
        instruction,
        tree.targets(),
        header.issuedAt().plus(deliver),
        header.issuedAt().plus(execute),
        Optional.empty(),
        options.until().map(moment -> moment.resolve(now, setup.zone())),
        options.onlyIf(),
        Optional.empty(),
        options.priority(),
        options.reason(),
        Optional.empty());
  }

  private void accepted(OpenOrder order, Payload accepted) {
    Map<BareJid, Standing> deliveries =
        OrderRecord.deliveries(Fields.of(accepted.requireLargeJson()));
    deliveries.forEach(
        (device, standing) -> {
          // An outcome may have overtaken the answer; a device's word is not taken from here.
          if (!standing.state().terminal()) {
            book.move(order, device, standing);
          }
        });
    events.accept(new Event.Accepted(setup.clock().instant(), order.id(), deliveries));
  }

  private Map<BareJid, Standing> await(OpenOrder order, Duration limit)
      throws InterruptedException {
    if (!monitor.await(order::done, shorter(QUIET, limit))) {
      List<BareJid> open = monitor.read(order::waitingFor);
      events.accept(new Event.Waiting(setup.clock().instant(), order.id(), open, limit));
      if (!monitor.await(order::done, limit.minus(shorter(QUIET, limit)))) {
        return stillOpen(order);
      }
    }
    return monitor.read(order::standings);
  }

  /** The service is asked before a person is told that it is open: an answer may have got lost. */
  private Map<BareJid, Standing> stillOpen(OpenOrder order) throws InterruptedException {
    try {
      Payload question = Payload.of(Wire.ORDER, Json.object().put("id", order.id().text()));
      answers.reconcile(order, OrderRecord.read(Questions.json(questions.get(question, LOOK_UP))));
    } catch (Refused | LinkException e) {
      events.accept(
          new Event.Said(
              setup.clock().instant(), "the order cannot be looked up: " + e.getMessage()));
    }
    Map<BareJid, Standing> standings = monitor.read(order::standings);
    Map<BareJid, Standing> open = new LinkedHashMap<>(standings);
    open.values().removeIf(standing -> standing.state().terminal());
    if (!open.isEmpty()) {
      events.accept(new Event.StillOpen(setup.clock().instant(), order.id(), open));
    }
    return standings;
  }

  private Map<BareJid, Standing> refusedAltogether(OpenOrder order, Refused refused) {
    Standing standing =
        new Standing(
            DeliveryState.REFUSED,
            Optional.of(refused.refusal().reason()),
            refused.refusal().text());
    for (BareJid device : monitor.read(order::waitingFor)) {
      book.move(order, device, standing);
    }
    return monitor.read(order::standings);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
