// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.command.Command;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Reception;
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

  private final Map<Key, Pending> pending = new HashMap<>();
  private final String site;
  private final CurrentTrust trust;
  private final Ledger ledger;
  private final Dispatcher dispatcher;
  private final Reports reports;
  private final Acknowledgements acknowledgements;
  private final Endings endings;
  private final Goals goals;
  private final Campaigns campaigns;
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
      Acknowledgements acknowledgements,
      Endings endings,
      Goals goals,
      Campaigns campaigns,
      Journal journal,
      Reception reception,
      Desk desk,
      InstantSource clock) {
    this.site = site;
    this.trust = trust;
    this.ledger = ledger;
    this.dispatcher = dispatcher;
    this.reports = reports;
    this.acknowledgements = acknowledgements;
    this.endings = endings;
    this.goals = goals;
    this.campaigns = campaigns;
    this.journal = journal;
    this.reception = reception;
    this.desk = desk;
    this.clock = clock;
  }

  /** Answered when the outcome is on disk, which a repeated one already is. */
  public CompletionStage<Payload> conclude(BareJid sender, Payload payload) {
    return reception.take(
        () -> HeardOutcome.of(payload.requireSealed(), sender, site, trust.get(), clock.instant()),
        this::decide);
  }

  /** Takes one that came as the answer to its delivery; that it is on disk is told later. */
  public CompletionStage<Payload> answered(BareJid sender, Payload payload) {
    return conclude(sender, payload)
        .thenApply(
            kept -> {
              Digest outcome = payload.requireSealed().digest();
              desk.put(() -> acknowledgements.owe(sender, outcome));
              return kept;
            });
  }

  /** A device is there that leaves when it has nothing more to wait for. */
  public void acknowledge(BareJid device) {
    acknowledgements.pay(device);
  }

  private CompletionStage<Payload> decide(HeardOutcome checked) {
    Pending underWay = pending.get(key(checked));
    if (underWay != null) {
      requireSame(underWay.digest(), checked);
      return underWay.answer();
    }
    Optional<OpenOrder> open = dispatcher.order(checked.outcome().command());
    Optional<Parcel> parcel = open.flatMap(order -> order.parcel(key(checked).device()));
    if (parcel.filter(each -> each.over() && !each.settled()).isPresent()) {
      throw new Refused(Reason.BUSY, "its delivery is just being ended otherwise; say it again");
    }
    if (parcel.isEmpty() || parcel.get().over()) {
      return pending(checked, afterwards(checked));
    }
    if (parcel.get().state() == DeliveryState.HELD) {
      throw unknown(checked);
    }
    requireDigest(open.orElseThrow().digest(), checked);
    return keep(open.orElseThrow(), parcel.get(), checked);
  }

  private static Key key(HeardOutcome checked) {
    return new Key(checked.outcome().command(), checked.device().jid());
  }

  private CompletionStage<Payload> pending(HeardOutcome checked, CompletionStage<Payload> answer) {
    pending.put(key(checked), new Pending(checked.digest(), answer));
    answer.whenComplete((kept, failure) -> desk.put(() -> pending.remove(key(checked))));
    return answer;
  }

  private CompletionStage<Payload> keep(OpenOrder order, Parcel parcel, HeardOutcome checked) {
    Instant now = clock.instant();
    Result result = checked.outcome().result();
    // At once, so that nothing that is journaled after it can move the delivery again.
    parcel.end(result.state(), now, checked.text());
    parcel.mayBeThere();
    List<Entry> entries = new ArrayList<>();
    entries.add(
        new Entry.Concluded(
            order.id(),
            parcel.device(),
            result.state(),
            now,
            checked.text(),
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
                            campaigns.concluded(order, parcel.device(), result);
                            dispatcher.settle(parcel);
                          } else {
                            dispatcher.takeBackEnd(parcel);
                          }
                        }))
            .thenApply(kept -> Payload.empty(Wire.OUTCOME)));
  }

  private void report(BareJid issuer, HeardOutcome checked) {
    reports.add(
        new Unreported(
            issuer, checked.outcome().command(), key(checked).device(), checked.sealed()));
  }

  private void believe(Command command, HeardOutcome checked) {
    if (checked.outcome().result() instanceof Result.Executed) {
      BareJid device = key(checked).device();
      ledger.carriedOut(device, command, checked.outcome().state());
      // Or else a service that is killed now would take what was ordered for a difference.
      List<Entry> unwritten = ledger.unwritten(device);
      if (!unwritten.isEmpty()) {
        journal.appendSoon(unwritten);
      }
    }
  }

  /** The delivery is over: it is the outcome that ended it, or word of one that was given up. */
  private CompletionStage<Payload> afterwards(HeardOutcome checked) {
    DocumentId order = checked.outcome().command();
    // A thousand devices may say theirs again at once: the whole order is read for none of them.
    return journal
        .outcome(order, key(checked).device())
        .thenCompose(
            known -> {
              if (known.isPresent()) {
                requireSame(known.get(), checked);
                return CompletableFuture.completedFuture(Payload.empty(Wire.OUTCOME));
              }
              return journal.order(order).thenCompose(history -> givenUp(checked, history));
            });
  }

  private CompletionStage<Payload> givenUp(HeardOutcome checked, Optional<OrderHistory> history) {
    OrderHistory known = history.orElseThrow(() -> unknown(checked));
    requireDigest(known.order().submission().digest(), checked);
    BareJid device = key(checked).device();
    if (known.evidence(device, Kind.WRITE_OFF).isEmpty()) {
      throw unknown(checked);
    }
    Result result = checked.outcome().result();
    return journal
        .append(
            new Entry.Evidenced(
                checked.outcome().command(),
                device,
                clock.instant(),
                "after it was written off: " + result.state() + ", " + checked.text(),
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

  private static Refused unknown(HeardOutcome checked) {
    return new Refused(
        Reason.UNKNOWN,
        "no order " + checked.outcome().command() + " was sent to " + key(checked).device());
  }

  private static void requireDigest(Digest command, HeardOutcome checked) {
    if (!command.equals(checked.outcome().commandDigest())) {
      throw new Refused(
          Reason.ID_CONFLICT,
          "the outcome is of another order of the id " + checked.outcome().command());
    }
  }

  private static void requireSame(Digest known, HeardOutcome checked) {
    if (!known.equals(checked.digest())) {
      throw new Refused(
          Reason.ID_CONFLICT,
          "another outcome of " + checked.outcome().command() + " is on record already");
    }
  }
}
