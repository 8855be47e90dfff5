// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.command.Command;
import energy.muster.command.Verb;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.link.LinkException;
import energy.muster.outcome.DeliveryState;
import energy.muster.refusal.Refused;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Signs an order, gives it to the service and waits for what the devices answer. */
final class Desk {
  /** How long a question may take before the console says that it waits. */
  private static final Duration QUIET = Duration.ofSeconds(2);

  private static final Duration LOOK_UP = Duration.ofSeconds(5);

  /** Done, or on its way: all that a line may ask for whose order takes its time. */
  private static final Set<DeliveryState> UNDER_WAY =
      EnumSet.of(
          DeliveryState.EXECUTED,
          DeliveryState.HELD,
          DeliveryState.SENT,
          DeliveryState.RECEIVED,
          DeliveryState.EXECUTING);

  private final Setup setup;
  private final Monitor monitor;
  private final OrderBook book;
  private final Answers answers;
  private final Progress progress;
  private final Questions questions;
  private final Consumer<Event> events;

  Desk(
      Setup setup,
      Monitor monitor,
      OrderBook book,
      Answers answers,
      Progress progress,
      Questions questions,
      Consumer<Event> events) {
    this.setup = setup;
    this.monitor = monitor;
    this.book = book;
    this.answers = answers;
    this.progress = progress;
    this.questions = questions;
    this.events = events;
  }

  /** Where each device stands when all have answered or the patience of the console has ended. */
  LineResult.Given give(Draft draft) throws InterruptedException {
    OpenOrder order = draft.sign(setup);
    book.add(order);
    Instant start = now();
    Duration limit =
        shorter(setup.patience(), Duration.between(start, order.command().executeBy()));
    AtomicBoolean unsure = new AtomicBoolean();
    try {
      Payload accepted =
          questions.order(
              order.submission(),
              limit,
              why -> {
                unsure.set(true);
                say(notSure(order, why));
              });
      accepted(order, accepted);
    } catch (Refused e) {
      events.accept(new Event.Declined(now(), order.command().verb().wire(), e.refusal()));
      // What is only put off now may have been taken before, when the answer got lost.
      boolean perhaps = unsure.get() && e.refusal().reason().passes();
      return executed(order, perhaps ? stillOpen(order) : refusedAltogether(order, e));
    } catch (LinkException e) {
      return executed(order, stillOpen(order));
    }
    Duration left = limit.minus(Duration.between(start, now()));
    return await(order, draft.options().patient(), left);
  }

  static String notSure(OpenOrder order, String why) {
    return "nobody knows whether order "
        + order.id().brief()
        + " arrived ("
        + why
        + "); sending the same again";
  }

  private void accepted(OpenOrder order, Payload accepted) throws InterruptedException {
    Map<BareJid, Standing> deliveries =
        OrderRecord.deliveries(Fields.of(accepted.requireLargeJson()));
    boolean held =
        deliveries.values().stream().anyMatch(standing -> standing.state() == DeliveryState.HELD);
    if (held) {
      // The answer says that it is held, the order itself says why.
      look(order).ifPresent(kept -> deliveries.replaceAll(kept.deliveries()::getOrDefault));
    }
    events.accept(new Event.Accepted(now(), order.id(), deliveries));
    // An outcome may have overtaken the answer; a device's word is not taken from here.
    deliveries.forEach(
        (device, standing) -> progress.byService(order, device, ended(order, standing)));
  }

  private static Standing ended(OpenOrder order, Standing standing) {
    boolean unsaid = standing.state() == DeliveryState.CANCELLED && standing.text().isEmpty();
    return unsaid && order.command().verb() == Verb.CANCEL
        ? new Standing(DeliveryState.CANCELLED, standing.reason(), "had not been sent and is void")
        : standing;
  }

  private LineResult.Given await(OpenOrder order, boolean patient, Duration limit)
      throws InterruptedException {
    if (monitor.await(order::done, shorter(QUIET, limit))) {
      return executed(order, monitor.read(order::standings));
    }
    // A campaign takes days; whoever gave it has a board to look at.
    boolean campaign = order.command().verb() == Verb.UPGRADE;
    if (campaign || (patient && monitor.read(() -> rests(order)))) {
      return resting(order);
    }
    List<BareJid> open = monitor.read(order::waitingFor);
    events.accept(new Event.Waiting(now(), order.id(), open, limit));
    Duration rest = limit.minus(shorter(QUIET, limit));
    return executed(
        order,
        monitor.await(order::done, rest) ? monitor.read(order::standings) : stillOpen(order));
  }

  /** Whether nothing will happen while a person would watch: it is not time, or nobody is there. */
  private boolean rests(OpenOrder order) {
    Instant soon = now().plus(setup.patience());
    boolean later = order.command().executeAt().filter(soon::isBefore).isPresent();
    return later
        || order.waitingFor().stream()
            .allMatch(device -> order.standings().get(device).state() == DeliveryState.HELD);
  }

  private LineResult.Given resting(OpenOrder order) throws InterruptedException {
    lookUp(order);
    Map<BareJid, Standing> standings = monitor.read(order::standings);
    Map<BareJid, Standing> open = open(standings);
    if (!open.isEmpty()) {
      Command command = order.command();
      events.accept(
          new Event.Resting(now(), order.id(), open, command.executeAt(), command.deliverBy()));
    }
    return new LineResult.Given(order.id(), standings, UNDER_WAY);
  }

  /** The service is asked before a person is told that it is open: an answer may have got lost. */
  private Map<BareJid, Standing> stillOpen(OpenOrder order) throws InterruptedException {
    lookUp(order);
    Map<BareJid, Standing> standings = monitor.read(order::standings);
    Map<BareJid, Standing> open = open(standings);
    if (!open.isEmpty()) {
      events.accept(new Event.StillOpen(now(), order.id(), open));
    }
    return standings;
  }

  private static Map<BareJid, Standing> open(Map<BareJid, Standing> standings) {
    Map<BareJid, Standing> open = new LinkedHashMap<>(standings);
    open.values().removeIf(standing -> standing.state().terminal());
    return open;
  }

  void lookUp(OpenOrder order) throws InterruptedException {
    Optional<OrderRecord> kept = look(order);
    if (kept.isPresent()) {
      answers.reconcile(order, kept.get());
    }
  }

  private Optional<OrderRecord> look(OpenOrder order) throws InterruptedException {
    try {
      Payload question = Payload.of(Wire.ORDER, Json.object().put("id", order.id().text()));
      return Optional.of(OrderRecord.read(Questions.json(questions.get(question, LOOK_UP))));
    } catch (Refused | LinkException e) {
      say("the order cannot be looked up: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** The service has refused it, so that nobody is asked to carry it out. */
  Map<BareJid, Standing> refusedAltogether(OpenOrder order, Refused refused) {
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

  private static LineResult.Given executed(OpenOrder order, Map<BareJid, Standing> standings) {
    return LineResult.Given.executed(order.id(), standings);
  }

  private void say(String text) {
    events.accept(new Event.Said(now(), text));
  }

  private Instant now() {
    return setup.clock().instant();
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
