// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.document.DocumentId;
import energy.muster.json.Json;
import energy.muster.link.Link;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Outcomes;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Takes outcomes that the service brings, one or several at once, and answers when they are shown.
 */
final class Arrivals {
  private final Answers answers;
  private final CompletionStage<Link> link;
  private final InstantSource clock;
  private final Consumer<Event> events;

  /**
   * @param link over which orders of another sitting are looked up
   */
  Arrivals(
      Answers answers, CompletionStage<Link> link, InstantSource clock, Consumer<Event> events) {
    this.answers = answers;
    this.link = link;
    this.clock = clock;
    this.events = events;
  }

  /** The question by which the service is asked for an order. */
  static Payload order(DocumentId id) {
    return Payload.of(Wire.ORDER, Json.object().put("id", id.text()));
  }

  /** Takes one; refused when it is not believed. */
  CompletionStage<Payload> one(Payload question) {
    Payload taken = Payload.empty(Wire.OUTCOME);
    Optional<Outcome> elsewhere = answers.take(question.requireSealed());
    return elsewhere.isEmpty()
        ? CompletableFuture.completedFuture(taken)
        : keptOrder(elsewhere.get().command())
            .thenAccept(kept -> answers.takeElsewhere(elsewhere.get(), kept))
            .whenComplete((shown, problem) -> complain(elsewhere.get(), problem))
            .thenApply(shown -> taken);
  }

  /** Takes several; one that is not believed is said to be so and keeps no other back. */
  CompletionStage<Payload> several(Payload question) {
    Map<DocumentId, List<Outcome>> elsewhere = new LinkedHashMap<>();
    for (Sealed sealed : Outcomes.read(question).sealed()) {
      try {
        answers
            .take(sealed)
            .ifPresent(
                outcome ->
                    elsewhere
                        .computeIfAbsent(outcome.command(), any -> new ArrayList<>())
                        .add(outcome));
      } catch (Refused no) {
        events.accept(new Event.Distrusted(clock.instant(), no.refusal()));
      }
    }
    CompletableFuture<?>[] lookedUp =
        elsewhere.entrySet().stream()
            .map(each -> lookUp(each.getKey(), each.getValue()).toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(lookedUp).thenApply(shown -> Payload.empty(Wire.OUTCOMES));
  }

  /** Once for all the outcomes of that order. */
  private CompletionStage<Void> lookUp(DocumentId id, List<Outcome> outcomes) {
    return keptOrder(id)
        .handle(
            (kept, problem) -> {
              outcomes.forEach(
                  each -> complain(each, problem == null ? show(each, kept) : problem));
              return null;
            });
  }

  /** What is wrong with it; null when it was shown. */
  private Throwable show(Outcome outcome, OrderRecord kept) {
    try {
      answers.takeElsewhere(outcome, kept);
      return null;
    } catch (RuntimeException problem) {
      return problem;
    }
  }

  private CompletionStage<OrderRecord> keptOrder(DocumentId id) {
    return link.thenCompose(proven -> proven.get(order(id)))
        .thenApply(answer -> OrderRecord.read(Questions.json(answer)));
  }

  private void complain(Outcome outcome, Throwable problem) {
    if (problem == null) {
      return;
    }
    String text =
        outcome.header().issuer().local()
            + " answered order "
            + outcome.command().brief()
            + " of another sitting, which cannot be checked against that order: ";
    Throwable cause = problem.getCause() == null ? problem : problem.getCause();
    events.accept(
        cause instanceof Refused refused
            ? new Event.Distrusted(
                clock.instant(),
                new Refusal(refused.refusal().reason(), text + refused.refusal().text()))
            : new Event.Said(clock.instant(), text + cause.getMessage()));
  }
}
