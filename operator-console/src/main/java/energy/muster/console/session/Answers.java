// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.command.Instruction;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.json.Fields;
import energy.muster.outcome.Outcome;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.seal.Trust;
import energy.muster.wire.Payload;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;

/** Believes an answer only as far as its seal goes. */
final class Answers {
  private final Monitor monitor;
  private final Mirror mirror;
  private final OrderBook book;
  private final String site;
  private final InstantSource clock;
  private final Consumer<Event> events;
  private Trust trust;

  Answers(Monitor monitor, Mirror mirror, OrderBook book, Setup setup, Consumer<Event> events) {
    this.monitor = monitor;
    this.mirror = mirror;
    this.book = book;
    this.site = setup.site();
    this.trust = setup.trust();
    this.clock = setup.clock();
    this.events = events;
  }

  void revocations(Payload question) {
    String base64 = Fields.of(question.requireLargeJson()).some(fields -> fields.text("crl"));
    byte[] der;
    try {
      der = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new Refused(Reason.MALFORMED, "the revocation list is not base64");
    }
    monitor.update(
        () -> {
          trust = trust.withCrl(der);
        });
  }

  /** Shows an answer only once its seal, signer, order and digest have been checked. */
  void take(Sealed sealed) {
    Instant now = clock.instant();
    Opened opened = monitor.read(() -> trust).open(sealed, now);
    Certified signer = opened.soleSigner();
    Outcome outcome = Outcome.read(opened.content());
    if (!outcome.header().site().equals(site)) {
      throw new Refused(Reason.WRONG_TARGET, "the outcome is of another site");
    }
    if (!signer.holds(Role.DEVICE) || !signer.jid().equals(outcome.header().issuer())) {
      throw new Refused(
          Reason.NOT_AUTHORISED,
          signer.jid() + " signed an outcome in the name of " + outcome.header().issuer());
    }
    // Within the lock, so that the answer is shown before the line that waits for it returns.
    monitor.update(
        () -> {
          mirror.heard(signer.jid(), earlier(outcome.header().issuedAt(), now));
          show(outcome, now);
        });
  }

  /** A device's clock may be ahead; it was not heard later than now. */
  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private void show(Outcome outcome, Instant now) {
    Optional<OrderBook.Filed> filed = book.file(outcome);
    if (filed.isPresent() && !filed.get().news()) {
      return;
    }
    Optional<Instruction> instruction = filed.map(known -> known.order().command().instruction());
    Optional<Duration> took =
        filed.map(known -> Duration.between(known.order().command().header().issuedAt(), now));
    events.accept(new Event.Answered(now, outcome, instruction, took));
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
