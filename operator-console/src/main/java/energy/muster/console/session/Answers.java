// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.command.Command;
import energy.muster.identity.BareJid;
import energy.muster.outcome.Outcome;
import energy.muster.seal.Sealed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** Believes an answer only as far as its seal goes. */
final class Answers {
  private final Monitor monitor;
  private final Mirror mirror;
  private final OrderBook book;
  private final Notary notary;
  private final Progress progress;
  private final InstantSource clock;
  private final Consumer<Event> events;

  Answers(
      Monitor monitor,
      Mirror mirror,
      OrderBook book,
      Notary notary,
      Progress progress,
      InstantSource clock,
      Consumer<Event> events) {
    this.monitor = monitor;
    this.mirror = mirror;
    this.book = book;
    this.notary = notary;
    this.progress = progress;
    this.clock = clock;
    this.events = events;
  }

  /**
   * Shows an answer once its seal, signer, order and digest have been checked; gives it back when
   * its order is not of this sitting and must be looked up first.
   */
  Optional<Outcome> take(Sealed sealed) {
    Instant now = clock.instant();
    Outcome outcome = notary.outcome(sealed);
    BareJid device = outcome.header().issuer();
    // Within the lock, so that the answer is shown before the line that waits for it returns.
    return monitor.update(
        () -> {
          mirror.heard(device, earlier(outcome.header().issuedAt(), now));
          Optional<OrderBook.Filed> filed = book.file(outcome);
          filed.filter(OrderBook.Filed::news).ifPresent(known -> show(outcome, known.order(), now));
          return filed.isPresent() ? Optional.empty() : Optional.of(outcome);
        });
  }

  private void show(Outcome outcome, OpenOrder order, Instant now) {
    Command command = order.command();
    Duration took = Duration.between(command.header().issuedAt(), now);
    events.accept(
        new Event.Answered(now, outcome, command.instruction(), order.size(), Optional.of(took)));
    progress.tally(order);
  }

  /** Shows an answer to an order of another sitting once it has been checked against that order. */
  void takeElsewhere(Outcome outcome, OrderRecord kept) {
    Notary.SignedOrder order = notary.order(kept);
    order.require(outcome.command(), outcome.commandDigest(), outcome.header().issuer());
    events.accept(
        new Event.Answered(
            clock.instant(),
            outcome,
            order.command().instruction(),
            order.command().targets().count(),
            Optional.empty()));
  }

  /** A device's clock may be ahead; it was not heard later than now. */
  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  /** Brings an order up to what the service knows, its sealed outcomes first. */
  void reconcile(OpenOrder order, OrderRecord kept) {
    kept.outcomes().forEach(evidence -> take(evidence.sealed()));
    kept.deliveries().forEach((device, standing) -> progress.byService(order, device, standing));
  }
}
