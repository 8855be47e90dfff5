// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.command.Command;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Reception;
import energy.muster.service.journal.Delivery;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.Notice;
import energy.muster.service.journal.OrderHistory;
import energy.muster.service.journal.OrderHistory.Kind;
import energy.muster.service.journal.Recovered.Unreported;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.session.CurrentTrust;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Takes the devices' signed outcomes, once each, and passes them on. A device sends its outcome
 * until it is on our disk, and an issuer may be told the same twice.
 */
public final class Conclusions {
  private record Key(DocumentId command, BareJid device) {}

  private record Pending(Digest digest, CompletionStage<Payload> answer) {}

  private record Checked(Outcome outcome, Digest digest, Sealed sealed) {
    Key key() {
      return new Key(outcome.command(), outcome.header().issuer());
    }
  }

  private final Map<Key, Pending> pending = new HashMap<>();
  private final String site;
  private final CurrentTrust trust;
  private final Ledger ledger;
  private final Dispatcher dispatcher;
  private final Reports reports;
  private final Endings endings;
  private final Goals goals;
  private final Journal journal;
  private final Reception reception;
  private final Desk desk;
  private final InstantSource clock;

  public Conclusions(
      String site,
      CurrentTrust trust,
      Ledger ledger,
      Dispatcher dispatcher,
      Reports reports,
      Endings endings,
      Goals goals,
      Journal journal,
      Reception reception,
      Desk desk,
      InstantSource clock) {
    this.site = site;
    this.trust = trust;
    this.ledger = ledger;
    this.dispatcher = dispatcher;
    this.reports = reports;
    this.endings = endings;
    this.goals = goals;
    this.journal = journal;
    this.reception = reception;
    this.desk = desk;
    this.clock = clock;
  }

  /** Answered when the outcome is on disk, which a repeated one already is. */
  public CompletionStage<Payload> conclude(BareJid sender, Payload payload) {
    return reception.take(() -> check(sender, payload), this::decide);
  }

  private Checked check(BareJid sender, Payload payload) {
    Sealed sealed = payload.requireSealed();
    Opened opened = trust.get().open(sealed, clock.instant());
    Outcome outcome = Outcome.read(opened.content());
    Certified device = opened.soleSigner();
    if (!outcome.header().site().equals(site)) {
      throw new Refused(
          Reason.WRONG_TARGET, "the outcome is for the site " + outcome.header().site());
    }
    if (!device.holds(Role.DEVICE)
        || !device.jid().equals(sender)
        || !outcome.header().issuer().equals(sender)) {
      throw new Refused(
          Reason.NOT_AUTHORISED,
          "a device signs and sends its own outcomes; this one is by "
              + device.jid()
              + " for "
              + outcome.header().issuer());
    }
    return new Checked(outcome, opened.digest(), sealed);
  }

  private CompletionStage<Payload> decide(Checked checked) {
    Pending underWay = pending.get(checked.key());
    if (underWay != null) {
      requireSame(underWay.digest(), checked);
      return underWay.answer();
    }
    Optional<OpenOrder> open = dispatcher.order(checked.outcome().command());
    Optional<Parcel> parcel = open.flatMap(order -> order.parcel(checked.key().device()));
    if (parcel.isEmpty() || parcel.get().over()) {
      return pending(
          checked,
          journal
              .order(checked.outcome().command())
              .thenCompose(history -> afterwards(checked, history)));
    }
    if (parcel.get().state() == DeliveryState.HELD) {
      throw unknown(checked);
    }
    requireDigest(open.orElseThrow().digest(), checked);
    return keep(open.orElseThrow(), parcel.get(), checked);
  }

  private CompletionStage<Payload> pending(Checked checked, CompletionStage<Payload> answer) {
    pending.put(checked.key(), new Pending(checked.digest(), answer));
    answer.whenComplete((kept, failure) -> desk.put(() -> pending.remove(checked.key())));
    return answer;
  }

  private CompletionStage<Payload> keep(OpenOrder order, Parcel parcel, Checked checked) {
    Instant now = clock.instant();
    Result result = checked.outcome().result();
    // At once, so that nothing that is journaled after it can move the delivery again.
    Delivery before = parcel.delivery();
    parcel.move(result.state(), now, text(result));
    List<Entry> entries = new ArrayList<>();
    entries.add(
        new Entry.Concluded(
            order.id(),
            parcel.device(),
            result.state(),
            now,
            text(result),
            checked.sealed(),
            checked.digest()));
    Optional<Notice> sum = endings.sum(order, entries);
    CompletionStage<Void> written = journal.append(entries);
    // The issuer need not wait for our disk: the device signed it, and sends it until we have it.
    report(order.issuer(), checked);
    return pending(
        checked,
        written
            .whenComplete(
                (kept, failure) ->
                    desk.put(
                        () -> {
                          if (failure == null) {
                            believe(order.command(), checked);
                            sum.ifPresent(endings::tell);
                            goals.concluded(order, parcel.device(), result);
                            dispatcher.forgetIfOver(order);
                          } else {
                            parcel.restore(before);
                          }
                        }))
            .thenApply(kept -> Payload.empty(Wire.OUTCOME)));
  }

  private void report(BareJid issuer, Checked checked) {
    reports.add(
        new Unreported(
            issuer, checked.outcome().command(), checked.key().device(), checked.sealed()));
  }

  private void believe(Command command, Checked checked) {
    if (checked.outcome().result() instanceof Result.Executed) {
      BareJid device = checked.key().device();
      ledger.carriedOut(device, command, checked.outcome().state());
      // Or else a service that is killed now would take what was ordered for a difference.
      List<Entry> unwritten = ledger.unwritten(device);
      if (!unwritten.isEmpty()) {
        journal.appendSoon(unwritten);
      }
    }
  }

  private static String text(Result result) {
    if (result instanceof Result.Declined declined) {
      return declined.refusal().toString();
    }
    return result instanceof Result.Failed failed ? failed.refusal().toString() : result.text();
  }

  /** The delivery is over: it is the outcome that ended it, or word of one that was given up. */
  private CompletionStage<Payload> afterwards(Checked checked, Optional<OrderHistory> history) {
    OrderHistory known = history.orElseThrow(() -> unknown(checked));
    requireDigest(known.order().submission().digest(), checked);
    BareJid device = checked.key().device();
    Optional<OrderHistory.Evidence> outcome = evidence(known, device, Kind.OUTCOME);
    if (outcome.isPresent()) {
      requireSame(outcome.get().digest(), checked);
      return CompletableFuture.completedFuture(Payload.empty(Wire.OUTCOME));
    }
    if (evidence(known, device, Kind.WRITE_OFF).isEmpty()) {
      throw unknown(checked);
    }
    Result result = checked.outcome().result();
    return journal
        .append(
            new Entry.Evidenced(
                checked.outcome().command(),
                device,
                clock.instant(),
                "after it was written off: " + result.state() + ", " + text(result),
                checked.sealed(),
                checked.digest()))
        .thenApply(
            kept -> {
              desk.put(
                  () -> {
                    report(known.order().submission().issuer(), checked);
                    believe(known.order().submission().command(), checked);
                  });
              return Payload.empty(Wire.OUTCOME);
            });
  }

  private static Optional<OrderHistory.Evidence> evidence(
      OrderHistory known, BareJid device, Kind kind) {
    return known.evidence().stream()
        .filter(each -> each.device().equals(device) && each.kind() == kind)
        .findFirst();
  }

  private static Refused unknown(Checked checked) {
    return new Refused(
        Reason.UNKNOWN,
        "no order " + checked.outcome().command() + " was sent to " + checked.key().device());
  }

  private static void requireDigest(Digest command, Checked checked) {
    if (!command.equals(checked.outcome().commandDigest())) {
      throw new Refused(
          Reason.ID_CONFLICT,
          "the outcome is of another order of the id " + checked.outcome().command());
    }
  }

  private static void requireSame(Digest known, Checked checked) {
    if (!known.equals(checked.digest())) {
      throw new Refused(
          Reason.ID_CONFLICT,
          "another outcome of " + checked.outcome().command() + " is on record already");
    }
  }
}
