// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.collection.Newest;
import energy.muster.document.DocumentId;
import energy.muster.link.Futures;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Outcomes;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Takes outcomes that the service brings, one or several at once, and answers when they are shown.
 * While one cannot be checked for a reason that passes, the answer is {@code busy}: then the
 * service brings them again.
 */
final class Arrivals {
  /** More than the service has under way to one person. */
  private static final int REMEMBERED = 1000;

  private final Answers answers;
  private final LookUps lookUps;
  private final InstantSource clock;
  private final Consumer<Event> events;

  /** Those of another sitting that need not be shown again when they come again. */
  private final Set<Digest> dealtWith = Collections.synchronizedSet(Newest.set(REMEMBERED));

  /** An outcome whose order is not of this sitting, and the document it stands in. */
  private record Elsewhere(Digest document, Outcome outcome) {}

  /**
   * @param lookUps of orders of another sitting
   */
  Arrivals(Answers answers, LookUps lookUps, InstantSource clock, Consumer<Event> events) {
    this.answers = answers;
    this.lookUps = lookUps;
    this.clock = clock;
    this.events = events;
  }

  /** Takes one; refused when it is not believed. */
  CompletionStage<Payload> one(Payload question) {
    Payload taken = Payload.empty(Wire.OUTCOME);
    Optional<Elsewhere> elsewhere = take(question.requireSealed());
    return elsewhere.isEmpty()
        ? CompletableFuture.completedFuture(taken)
        : lookUps
            .find(elsewhere.get().outcome().command(), new AtomicBoolean(true))
            .handle((kept, problem) -> settle(elsewhere.get(), kept, known(problem)))
            .thenApply(
                wrong -> {
                  wrong.ifPresent(Arrivals::fail);
                  return taken;
                });
  }

  /** Takes several; one that is not believed is said to be so and keeps no other back. */
  CompletionStage<Payload> several(Payload question) {
    Map<DocumentId, List<Elsewhere>> elsewhere = new LinkedHashMap<>();
    for (Sealed sealed : Outcomes.read(question).sealed()) {
      try {
        take(sealed)
            .ifPresent(
                each ->
                    elsewhere
                        .computeIfAbsent(each.outcome().command(), any -> new ArrayList<>())
                        .add(each));
      } catch (Refused no) {
        dealtWith.add(sealed.digest());
        events.accept(new Event.Distrusted(clock.instant(), no.refusal()));
      }
    }
    AtomicBoolean wanted = new AtomicBoolean(true);
    CompletableFuture<?>[] lookedUp =
        elsewhere.entrySet().stream()
            .map(each -> lookUp(each.getKey(), each.getValue(), wanted))
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(lookedUp).thenApply(shown -> Payload.empty(Wire.OUTCOMES));
  }

  /** Gives back what must be looked up first. */
  private Optional<Elsewhere> take(Sealed sealed) {
    Digest document = sealed.digest();
    return dealtWith.contains(document)
        ? Optional.empty()
        : answers.take(sealed).map(outcome -> new Elsewhere(document, outcome));
  }

  /**
   * Once for all the outcomes of that order.
   *
   * @param wanted whether the others of the same answer can still be looked up
   */
  private CompletableFuture<Void> lookUp(
      DocumentId id, List<Elsewhere> outcomes, AtomicBoolean wanted) {
    return lookUps
        .find(id, wanted)
        .handle(
            (kept, problem) -> {
              Throwable known = known(problem);
              for (Elsewhere each : outcomes) {
                settle(each, kept, known).ifPresent(wrong -> dealtWith.add(each.document()));
              }
              return null;
            });
  }

  /** Shows it, or says what is wrong with it and gives that back. */
  private Optional<Throwable> settle(Elsewhere one, OrderRecord kept, Throwable problem) {
    Optional<Throwable> wrong = problem == null ? show(one, kept) : Optional.of(problem);
    wrong.ifPresent(why -> complain(one.outcome(), why));
    return wrong;
  }

  private Optional<Throwable> show(Elsewhere one, OrderRecord kept) {
    if (dealtWith.add(one.document())) {
      try {
        answers.takeElsewhere(one.outcome(), kept);
      } catch (RuntimeException problem) {
        dealtWith.remove(one.document());
        return Optional.of(problem);
      }
    }
    return Optional.empty();
  }

  /**
   * What went wrong; null when nothing did.
   *
   * @throws Refused busy when it passes
   */
  private static Throwable known(Throwable problem) {
    Throwable cause = Futures.cause(problem);
    if (LookUps.passes(problem)) {
      throw new Refused(Reason.BUSY, "an order cannot be looked up now: " + cause.getMessage());
    }
    return cause;
  }

  private static void fail(Throwable wrong) {
    throw wrong instanceof RuntimeException known ? known : new CompletionException(wrong);
  }

  private void complain(Outcome outcome, Throwable cause) {
    String text =
        outcome.header().issuer().local()
            + " answered order "
            + outcome.command().brief()
            + " of another sitting, which cannot be checked against that order: ";
    events.accept(
        cause instanceof Refused refused
            ? new Event.Distrusted(
                clock.instant(),
                new Refusal(refused.refusal().reason(), text + refused.refusal().text()))
            : new Event.Said(clock.instant(), text + cause.getMessage()));
  }
}
