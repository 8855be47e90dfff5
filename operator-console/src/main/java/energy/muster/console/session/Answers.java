// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.command.Command;
import energy.muster.document.Header;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.outcome.Outcome;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Opened;
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
  private final Revocations revocations;
  private final String site;
  private final InstantSource clock;
  private final Consumer<Event> events;

  Answers(
      Monitor monitor,
      Mirror mirror,
      OrderBook book,
      Revocations revocations,
      Setup setup,
      Consumer<Event> events) {
    this.monitor = monitor;
    this.mirror = mirror;
    this.book = book;
    this.site = setup.site();
    this.revocations = revocations;
    this.clock = setup.clock();
    this.events = events;
  }

  /**
   * Shows an answer once its seal, signer, order and digest have been checked; gives it back when
   * its order is not of this sitting and must be looked up first.
   */
  Optional<Outcome> take(Sealed sealed) {
    Instant now = clock.instant();
    Opened opened = revocations.trust().open(sealed, now);
    Certified signer = opened.soleSigner();
    Outcome outcome = Outcome.read(opened.content());
    requireSite(outcome.header());
    if (!signer.holds(Role.DEVICE) || !signer.jid().equals(outcome.header().issuer())) {
      throw new Refused(
          Reason.NOT_AUTHORISED,
          signer.jid() + " signed an outcome in the name of " + outcome.header().issuer());
    }
    // Within the lock, so that the answer is shown before the line that waits for it returns.
    return monitor.update(
        () -> {
          mirror.heard(signer.jid(), earlier(outcome.header().issuedAt(), now));
          Optional<OrderBook.Filed> filed = book.file(outcome);
          filed
              .filter(OrderBook.Filed::news)
              .ifPresent(known -> show(outcome, known.order().command(), now));
          return filed.isPresent() ? Optional.empty() : Optional.of(outcome);
        });
  }

  private void show(Outcome outcome, Command command, Instant now) {
    Duration took = Duration.between(command.header().issuedAt(), now);
    events.accept(new Event.Answered(now, outcome, command.instruction(), Optional.of(took)));
  }

  /** Shows an answer to an order of another sitting once it has been checked against that order. */
  void takeElsewhere(Outcome outcome, OrderRecord kept) {
    Instant now = clock.instant();
    Sealed sealed =
        kept.command()
            .orElseThrow(
                () -> new Refused(Reason.UNKNOWN, "the service did not give the sealed command"));
    Opened opened = revocations.trust().open(sealed, now);
    Command command = Command.read(opened.content());
    requireSite(command.header());
    if (opened.signer(command.header().issuer()).isEmpty()) {
      throw new Refused(
          Reason.BAD_SIGNATURE, command.header().issuer() + " has not signed the order");
    }
    if (!command.id().equals(outcome.command())
        || !opened.digest().equals(outcome.commandDigest())) {
      throw new Refused(
          Reason.ID_CONFLICT, outcome.header().issuer() + " answered another order of the same id");
    }
    events.accept(new Event.Answered(now, outcome, command.instruction(), Optional.empty()));
  }

  private void requireSite(Header header) {
    if (!header.site().equals(site)) {
      throw new Refused(Reason.WRONG_TARGET, "the " + header.type().wire() + " is of another site");
    }
  }

  /** A device's clock may be ahead; it was not heard later than now. */
  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  /** Brings an order up to what the service knows, its sealed outcomes first. */
  void reconcile(OpenOrder order, OrderRecord kept) {
    kept.outcomes().forEach(evidence -> take(evidence.sealed()));
    kept.deliveries()
        .forEach(
            (device, standing) -> {
              // What only a device may say counts when the device has signed it.
              boolean services =
                  switch (standing.state()) {
                    case EXECUTED, REFUSED, FAILED -> false;
                    default -> true;
                  };
              if (services && book.move(order, device, standing) && standing.state().terminal()) {
                events.accept(new Event.Ended(clock.instant(), order.id(), device, standing));
              }
            });
  }
}
