// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.command.Command;
import energy.muster.command.Leaf;
import energy.muster.command.Rights;
import energy.muster.command.TargetTree;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Result;
import energy.muster.outcome.SelfOrder;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Opened;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Reception;
import energy.muster.service.journal.Delivery;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.Order;
import energy.muster.service.journal.OrderHistory;
import energy.muster.service.journal.Submission;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.notice.Notices;
import energy.muster.service.session.CurrentTrust;
import energy.muster.service.session.Session;
import energy.muster.wire.Payload;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Takes what devices did of their own accord, each time an order that the device gave to itself
 * together with its outcome: people find it among the orders, and are told.
 */
public final class OwnActs {
  private static final String NOTICE = "own-act";

  private final Map<DocumentId, CompletionStage<Payload>> underWay = new HashMap<>();
  private final String site;
  private final CurrentTrust trust;
  private final Ledger ledger;
  private final Notices notices;
  private final Journal journal;
  private final Reception reception;
  private final Desk desk;
  private final InstantSource clock;

  private record Checked(
      Command command, Digest digest, SelfOrder order, HeardOutcome heard, Payload answer) {}

  public OwnActs(
      String site,
      CurrentTrust trust,
      Ledger ledger,
      Notices notices,
      Journal journal,
      Reception reception,
      Desk desk,
      InstantSource clock) {
    this.site = site;
    this.trust = trust;
    this.ledger = ledger;
    this.notices = notices;
    this.journal = journal;
    this.reception = reception;
    this.desk = desk;
    this.clock = clock;
  }

  /** Answered when both are on disk, which they already are the second time. */
  public CompletionStage<Payload> take(Session device, Payload payload) {
    return reception.take(
        () -> check(device.account(), payload),
        checked -> {
          ledger.progress(device, checked.order().journalSeq());
          return decide(checked);
        });
  }

  private Checked check(BareJid sender, Payload payload) {
    Instant now = clock.instant();
    SelfOrder order = SelfOrder.read(payload.requireLargeJson());
    HeardOutcome heard = HeardOutcome.of(payload.requireSealed(), sender, site, trust.get(), now);
    Opened opened = trust.get().open(order.command(), now);
    Command command = Command.read(opened.content());
    refuse(command, opened, order.leaf(), heard)
        .ifPresent(
            no -> {
              throw new Refused(no);
            });
    return new Checked(command, opened.digest(), order, heard, Payload.empty(payload.wire()));
  }

  private Optional<Refusal> refuse(Command command, Opened opened, Leaf leaf, HeardOutcome heard) {
    BareJid device = heard.device().jid();
    if (!command.header().site().equals(site)) {
      return Optional.of(
          Refusal.of(Reason.WRONG_TARGET, "the order is for the site %s", command.header().site()));
    }
    if (!command.header().issuer().equals(device) || !opened.soleSigner().jid().equals(device)) {
      return Optional.of(
          Refusal.of(Reason.NOT_AUTHORISED, "a device gives orders of its own to itself"));
    }
    if (!leaf.device().equals(device)
        || !TargetTree.of(List.of(leaf)).targets().equals(command.targets())) {
      return Optional.of(
          Refusal.of(Reason.WRONG_TARGET, "the order is not proven to be for %s alone", device));
    }
    if (!Rights.OWN.contains(command.verb())) {
      return Optional.of(
          Refusal.of(
              Reason.NOT_AUTHORISED, "no device orders %s of its own accord", command.verb()));
    }
    boolean answers =
        heard.outcome().command().equals(command.id())
            && heard.outcome().commandDigest().equals(opened.digest());
    return answers
        ? Optional.empty()
        : Optional.of(Refusal.of(Reason.ID_CONFLICT, "the outcome is of another order"));
  }

  private CompletionStage<Payload> decide(Checked checked) {
    DocumentId id = checked.command().id();
    CompletionStage<Payload> first = underWay.get(id);
    if (first != null) {
      // The device sends it again if this one fails.
      return first;
    }
    CompletionStage<Payload> answer =
        journal
            .order(id)
            .thenCompose(
                known ->
                    known
                        .map(history -> again(history, checked))
                        .orElseGet(() -> desk.ask(() -> keep(checked))));
    underWay.put(id, answer);
    answer.whenComplete((done, failure) -> desk.put(() -> underWay.remove(id)));
    return answer;
  }

  private static CompletionStage<Payload> again(OrderHistory known, Checked checked) {
    boolean same =
        known.order().submission().digest().equals(checked.digest())
            && known.evidence().stream()
                .anyMatch(each -> each.digest().equals(checked.heard().digest()));
    if (!same) {
      throw new Refused(
          Refusal.of(
              Reason.ID_CONFLICT, "the id %s was used for another order", checked.command().id()));
    }
    return CompletableFuture.completedFuture(checked.answer());
  }

  private CompletionStage<Payload> keep(Checked checked) {
    return journal
        .append(entries(checked, clock.instant()))
        .thenCompose(
            kept ->
                desk.ask(
                    () -> {
                      follow(checked);
                      return CompletableFuture.completedFuture(checked.answer());
                    }));
  }

  private static List<Entry> entries(Checked checked, Instant now) {
    Command command = checked.command();
    BareJid device = checked.heard().device().jid();
    Order order =
        new Order(
            new Submission(command, checked.digest(), checked.order().command(), now),
            List.of(
                new Delivery(
                    0,
                    checked.order().leaf(),
                    DeliveryState.EXECUTING,
                    command.header().issuedAt(),
                    "of its own accord")));
    return List.of(
        new Entry.Accepted(order),
        new Entry.Concluded(
            command.id(),
            device,
            checked.heard().outcome().result().state(),
            now,
            checked.heard().text(),
            checked.heard().sealed(),
            checked.heard().digest()),
        // Whoever gave the order has its outcome.
        new Entry.Reported(command.id(), device, now));
  }

  private void follow(Checked checked) {
    HeardOutcome heard = checked.heard();
    if (heard.outcome().result() instanceof Result.Executed) {
      ledger.carriedOut(heard.device().jid(), checked.command(), heard.outcome().state());
      List<Entry> unwritten = ledger.unwritten(heard.device().jid());
      if (!unwritten.isEmpty()) {
        journal.appendSoon(unwritten);
      }
    }
    notices.tellOf(heard.device(), NOTICE, words(checked));
  }

  private static String words(Checked checked) {
    Command command = checked.command();
    Result result = checked.heard().outcome().result();
    String ended =
        result instanceof Result.Executed
            ? ""
            : ", " + result.state() + ": " + checked.heard().text();
    return "%s of its own accord at %s%s%s (order %s)"
        .formatted(
            command.verb(),
            command.header().issuedAt(),
            command.reason().map(why -> ": " + why).orElse(""),
            ended,
            command.id().brief());
  }
}
