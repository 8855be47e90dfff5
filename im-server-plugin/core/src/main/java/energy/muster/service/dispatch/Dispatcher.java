// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.branch.MandateBook;
import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.command.Leaf;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.outcome.DeliveryState;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.service.ServiceConfig;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Failures;
import energy.muster.service.desk.Reception;
import energy.muster.service.desk.Timetable;
import energy.muster.service.journal.Delivery;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.FirmwareRecord.Acted;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.Order;
import energy.muster.service.journal.Publication;
import energy.muster.service.journal.Submission;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.session.CurrentTrust;
import energy.muster.tariff.PriceDocument;
import energy.muster.tariff.Tariff;
import energy.muster.wire.Payload;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes orders, and sees that each of their deliveries ends or is openly unconfirmed. */
public final class Dispatcher {
  private final Map<DocumentId, OpenOrder> orders = new HashMap<>();
  private final Intake intake;
  private final Overload overload;
  private final MandateBook mandates = new MandateBook();
  private final MandateTally tally;
  private final Lanes lanes;
  private final Endings endings;
  private final Goals goals;
  private final Campaigns campaigns;
  private final Publications publications;
  private final Journal journal;
  private final Timetable timetable;
  private final Reception reception;
  private final Doubts doubts;
  private final Desk desk;
  private final InstantSource clock;

  /** What is written in one go when an order is accepted. */
  private record Taking(OpenOrder order, Optional<Publication> published, Retirement retirement) {}

  public Dispatcher(
      ServiceConfig config,
      CurrentTrust trust,
      Ledger ledger,
      Lanes lanes,
      Endings endings,
      Goals goals,
      Campaigns campaigns,
      Publications publications,
      Journal journal,
      Timetable timetable,
      Reception reception,
      Desk desk,
      InstantSource clock) {
    this.intake = new Intake(config, trust, ledger, mandates, clock);
    this.tally = new MandateTally(ledger);
    this.overload = new Overload(config.limits(), lanes, clock);
    this.lanes = lanes;
    this.endings = endings;
    this.goals = goals;
    this.campaigns = campaigns;
    this.publications = publications;
    this.journal = journal;
    this.timetable = timetable;
    this.reception = reception;
    this.doubts = new Doubts(journal, timetable, desk);
    this.desk = desk;
    this.clock = clock;
  }

  /** The mandates of master IEDs that were believed. */
  public MandateBook mandates() {
    return mandates;
  }

  /**
   * Goes on with what a service before this one had taken.
   *
   * @param acts what people decided of upgrades
   */
  public void recover(List<Order> known, List<Acted> acts) {
    for (Order order : known) {
      OpenOrder open = OpenOrder.recovered(order);
      orders.put(open.id(), open);
      tally.add(open);
      if (Campaigns.controls(open.command())) {
        campaigns.prepare(open);
      }
      open.parcels().stream()
          .filter(parcel -> !parcel.over())
          .filter(parcel -> !parcel.isCandidate())
          .forEach(parcel -> lanes.of(parcel.device()).add(parcel));
      watch(open);
      if (open.hasGoal()) {
        goals.recover(open);
      }
      if (Campaigns.controls(open.command())) {
        campaigns.recover(open, acts);
      }
    }
  }

  /** Answered only when the order and all its deliveries are on disk. */
  public CompletionStage<Payload> submit(BareJid sender, Payload payload) {
    return reception.take(() -> intake.check(sender, payload), this::decide);
  }

  private CompletionStage<Payload> decide(CheckedOrder checked) {
    OpenOrder known = orders.get(checked.id());
    if (known != null) {
      requireSame(known.digest(), checked);
      if (campaigns.completes(known.id(), checked.signers())) {
        return approve(known, checked);
      }
    }
    // What the second person has brought may be brought again by them, whose answer was lost.
    boolean again = known != null && known.sealed().equals(checked.sealed());
    if (!again) {
      checked.others().ifPresent(Dispatcher::refuse);
    }
    if (known != null) {
      return known.kept().thenApply(kept -> OpenOrder.accepted(known.snapshot()));
    }
    Optional<Refusal> refusal = checked.refusal();
    if (refusal.isPresent() && refusal.get().reason() == Reason.STALE) {
      return answerFromJournal(checked, refusal.get());
    }
    refusal
        .or(() -> tally.refuse(checked, clock.instant()))
        .or(() -> prices(checked.command()).flatMap(publications::refuse))
        .or(() -> campaigns.refuse(checked.command()))
        .or(() -> Doubts.refuse(checked.command(), orders))
        .or(() -> overload.refuse(checked, orders.values()))
        .ifPresent(Dispatcher::refuse);
    return accept(checked);
  }

  /** What waited for a second person has the signature, whoever of the two brings it. */
  private CompletionStage<Payload> approve(OpenOrder order, CheckedOrder checked) {
    checked.refusal().ifPresent(Dispatcher::refuse);
    BareJid by =
        checked.signers().stream()
            .map(Certified::jid)
            .filter(signer -> !signer.equals(order.issuer()))
            .findFirst()
            .orElseThrow();
    return journal
        .append(new Entry.Approved(order.id(), by, checked.sealed(), clock.instant()))
        .thenCompose(
            kept ->
                desk.ask(
                    () -> {
                      order.sealed(checked.sealed());
                      campaigns.approved(order, by);
                      return CompletableFuture.completedFuture(
                          OpenOrder.accepted(order.snapshot()));
                    }));
  }

  private static Optional<PriceDocument> prices(Command command) {
    return command.instruction() instanceof Instruction.SetTariff tariff
        ? Optional.of(tariff.document())
        : Optional.empty();
  }

  /** An order whose time has passed is no longer held in memory, but it may have been taken. */
  private CompletionStage<Payload> answerFromJournal(CheckedOrder checked, Refusal otherwise) {
    return journal
        .order(checked.id())
        .thenApply(
            found -> {
              Order order = found.orElseThrow(() -> new Refused(otherwise)).order();
              requireSame(order.submission().digest(), checked);
              return OpenOrder.accepted(order);
            });
  }

  private static void requireSame(Digest known, CheckedOrder checked) {
    if (!known.equals(checked.digest())) {
      refuse(Refusal.of(Reason.ID_CONFLICT, "the id %s was used for another order", checked.id()));
    }
  }

  private static void refuse(Refusal refusal) {
    throw new Refused(refusal);
  }

  private CompletionStage<Payload> accept(CheckedOrder checked) {
    Instant now = clock.instant();
    List<Delivery> deliveries = new ArrayList<>();
    Map<BareJid, String> byWaves = campaigns.first(checked);
    for (int index = 0; index < checked.targets().leaves().size(); index++) {
      Leaf leaf = checked.targets().leaves().get(index);
      Optional<String> held =
          Optional.ofNullable(byWaves.get(leaf.device())).or(() -> held(checked.command(), leaf));
      deliveries.add(
          new Delivery(
              index,
              leaf,
              held.isPresent() ? DeliveryState.HELD : DeliveryState.SENT,
              now,
              held.orElse("sent")));
    }
    Submission submission =
        new Submission(checked.command(), checked.digest(), checked.sealed(), now);
    OpenOrder order = OpenOrder.fresh(submission, checked.targets(), deliveries);
    orders.put(order.id(), order);
    tally.add(order);
    Entry.Accepted accepted = new Entry.Accepted(order.snapshot());
    Retirement retirement = Retirement.of(endings, order, orders, now);
    List<Entry> entries = new ArrayList<>(List.of(accepted));
    Optional<Publication> published = published(order, now);
    published.map(publications::take).ifPresent(entries::addAll);
    entries.addAll(retirement.entries());
    Taking taking = new Taking(order, published, retirement);
    journal
        .append(entries)
        .whenComplete((done, failure) -> desk.put(() -> journaled(taking, failure)));
    return order.kept().thenApply(kept -> OpenOrder.accepted(accepted.order()));
  }

  private static Optional<Publication> published(OpenOrder order, Instant now) {
    return prices(order.command())
        .map(
            document -> new Publication(order.id(), document, order.issuer(), order.sealed(), now));
  }

  private Optional<String> held(Command command, Leaf leaf) {
    if (command.goal().isPresent()) {
      return Optional.of("candidate " + (leaf.order() + 1) + ": asked when it is its turn");
    }
    return lanes.heldFor(leaf.device(), command);
  }

  private void journaled(Taking taking, Throwable failure) {
    if (failure == null) {
      kept(taking);
    } else if (Failures.cause(failure) instanceof Refused) {
      undo(taking, failure);
    } else {
      // It may be on disk, and then a service after this one would carry it out.
      taking.order().doubt(failure);
      doubts.end(taking.order(), () -> kept(taking), () -> undo(taking, failure));
    }
  }

  private void undo(Taking taking, Throwable failure) {
    OpenOrder order = taking.order();
    taking.published().ifPresent(publications::undo);
    orders.remove(order.id());
    tally.remove(order);
    taking.retirement().ended().forEach(this::takeBackEnd);
    order.kept().completeExceptionally(failure);
  }

  private void kept(Taking taking) {
    OpenOrder order = taking.order();
    Retirement retirement = taking.retirement();
    taking.published().ifPresent(publications::kept);
    retirement.ended().forEach(this::settle);
    // The devices before the issuer, who waits for them.
    boolean byWaves = Campaigns.controls(order.command());
    if (byWaves) {
      campaigns.prepare(order);
    }
    if (order.hasGoal()) {
      goals.begin(order);
    } else {
      order.parcels().stream()
          .filter(parcel -> !parcel.settled())
          .forEach(parcel -> lanes.of(parcel.device()).add(parcel));
    }
    if (byWaves) {
      // Before its issuer asks who begins.
      campaigns.begin(order);
    }
    order.kept().complete(null);
    retirement.tell();
    if (order.command().instruction() instanceof Instruction.Cancel cancel) {
      goals.look(cancel.command());
      campaigns.look(cancel.command());
    }
    watch(order);
  }

  private void watch(OpenOrder order) {
    timetable.at(order.command().deliverBy(), () -> deliverByPassed(order));
    timetable.at(order.command().executeBy(), () -> executeByPassed(order));
    // From its first day on, it takes the place of what still waits.
    prices(order.command())
        .filter(Tariff.class::isInstance)
        .map(document -> ((Tariff) document).validity().begins())
        .filter(clock.instant()::isBefore)
        .ifPresent(begins -> timetable.at(begins, () -> outdate(order)));
  }

  private void outdate(OpenOrder order) {
    Retirement retirement = Retirement.of(endings, order, orders, clock.instant());
    if (!retirement.entries().isEmpty()) {
      journal
          .append(retirement.entries())
          .whenComplete(
              (done, failure) ->
                  desk.put(
                      () -> {
                        if (failure == null) {
                          retirement.ended().forEach(this::settle);
                          retirement.tell();
                        } else {
                          retirement.ended().forEach(this::takeBackEnd);
                          timetable.after(Doubts.AGAIN, () -> outdate(order));
                        }
                      }));
    }
  }

  private void deliverByPassed(OpenOrder order) {
    order.parcels().forEach(parcel -> lanes.pump(parcel.device()));
  }

  private void executeByPassed(OpenOrder order) {
    order.parcels().stream()
        .filter(parcel -> !parcel.over() && parcel.state() != DeliveryState.UNCONFIRMED)
        .filter(parcel -> !parcel.isCandidate())
        .forEach(lanes::unconfirmed);
    forgetIfOver(order);
  }

  /** The end of this delivery is on disk. */
  void settle(Parcel parcel) {
    parcel.settle();
    lanes.pump(parcel.device());
    forgetIfOver(parcel.order());
  }

  /** The end of this delivery could not be journaled: what fell due meanwhile is done now. */
  void takeBackEnd(Parcel parcel) {
    OpenOrder order = parcel.order();
    parcel.takeBackEnd();
    if (orders.get(order.id()) != order) {
      return;
    }
    if (parcel.isCandidate() && !goals.pursues(order.id())) {
      lanes.neverAsked(parcel);
    }
    lanes.pump(parcel.device());
    if (!clock.instant().isBefore(order.command().executeBy())) {
      executeByPassed(order);
    }
  }

  /** The orders that are not over. */
  public List<Order> open() {
    return orders.values().stream()
        .filter(order -> !order.over())
        .map(OpenOrder::snapshot)
        .toList();
  }

  /** An order that is not over, or whose id must still be known. */
  Optional<OpenOrder> order(DocumentId id) {
    return Optional.ofNullable(orders.get(id));
  }

  /** Lets an order go whose deliveries have ended and whose id could not be submitted again. */
  private void forgetIfOver(OpenOrder order) {
    if (!clock.instant().isBefore(order.command().executeBy()) && order.settled()) {
      orders.remove(order.id());
    }
  }
}
