// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.command.Command;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.outcome.DeliveryState;
import energy.muster.refusal.Refused;
import energy.muster.service.Outbound;
import energy.muster.service.Timing;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Timetable;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.session.Session;
import energy.muster.wire.Payload;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lanes of all devices, and what they share. Only for use at the desk. */
public final class Lanes {
  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

  private final Map<BareJid, Lane> lanes = new HashMap<>();
  private final Timing timing;
  private final Timetable timetable;
  private final Ledger ledger;
  private final Outbound outbound;
  private final Journal journal;
  private final Endings endings;
  private final Holding holding;
  private final Desk desk;
  private final Executor workers;
  private final InstantSource clock;
  private BiFunction<BareJid, Payload, CompletionStage<Payload>> conclusions =
      (device, outcome) -> CompletableFuture.failedFuture(new IllegalStateException("not begun"));

  public Lanes(
      Timing timing,
      Timetable timetable,
      Ledger ledger,
      Outbound outbound,
      Journal journal,
      Endings endings,
      Desk desk,
      Executor workers,
      InstantSource clock) {
    this.timing = timing;
    this.timetable = timetable;
    this.ledger = ledger;
    this.outbound = outbound;
    this.journal = journal;
    this.endings = endings;
    this.holding = new Holding(ledger);
    this.desk = desk;
    this.workers = workers;
    this.clock = clock;
  }

  /** Hands on the outcomes that come as answers to deliveries; called once, before the first. */
  public void concludeBy(BiFunction<BareJid, Payload, CompletionStage<Payload>> taker) {
    conclusions = taker;
  }

  CompletionStage<Payload> conclude(BareJid device, Payload outcome) {
    return conclusions.apply(device, outcome);
  }

  Lane of(BareJid device) {
    return lanes.computeIfAbsent(device, jid -> new Lane(jid, this));
  }

  int waitingFor(BareJid device) {
    Lane lane = lanes.get(device);
    return lane == null ? 0 : lane.waiting();
  }

  /** How many deliveries this device would get now if it stayed. */
  public int readyFor(BareJid device) {
    Lane lane = lanes.get(device);
    return lane == null ? 0 : lane.ready();
  }

  /** The orders to this device of which nobody knows yet whether they were carried out. */
  public List<Command> inDoubt(BareJid device) {
    Lane lane = lanes.get(device);
    return lane == null ? List.of() : lane.inDoubt();
  }

  /** A device proved a session. */
  public void restart(BareJid device) {
    Optional.ofNullable(lanes.get(device)).ifPresent(Lane::restart);
  }

  /** A device may be reachable again on the session it has, or its presence may allow more. */
  public void pump(BareJid device) {
    Optional.ofNullable(lanes.get(device)).ifPresent(Lane::pump);
  }

  /** Why this order would wait for this device now. */
  Optional<String> heldFor(BareJid device, Command command) {
    return holding.why(device, command);
  }

  Optional<String> heldFor(Parcel parcel) {
    return parcel.hold().isPresent()
        ? parcel.hold()
        : heldFor(parcel.device(), parcel.order().command());
  }

  Optional<Session> reachable(BareJid device) {
    return ledger.reachable(device);
  }

  CompletionStage<Void> journal(Entry entry) {
    return journal.append(entry);
  }

  /** For what nobody waits for. */
  void note(Entry entry) {
    journal.appendSoon(entry);
  }

  /** Builds the question and asks it on a worker, so that many are built at once. */
  CompletionStage<Payload> ask(Session session, Supplier<Payload> question) {
    return CompletableFuture.supplyAsync(question, workers)
        .thenCompose(built -> outbound.ask(session.jid(), built));
  }

  /** With its receipt, a device says how far its journal is: what it begins now is in there. */
  void receipt(Session session, Payload receipt) {
    if (receipt.json().isEmpty()) {
      return;
    }
    try {
      Fields.of(receipt.requireJson())
          .optionalInteger("journalSeq")
          .ifPresent(seq -> ledger.progress(session, seq));
    } catch (Refused unreadable) {
      LOG.debug("The receipt of {} is odd", session.account(), unreadable);
    }
  }

  /** It never went out, so nobody need wait for the device's word. */
  void expire(Parcel parcel) {
    OpenOrder order = parcel.order();
    String why = parcel.delivery().text();
    Entry.Moved moved =
        parcel.move(DeliveryState.EXPIRED, now(), "not delivered by its time, never sent: " + why);
    endings.end(
        order,
        List.of(moved),
        Optional.of(
            order.notice(now(), parcel, "expired", "was not delivered by its time and is void")));
  }

  /** Its time is over, and only the device, or a person, can say what became of it. */
  void unconfirmed(Parcel parcel) {
    OpenOrder order = parcel.order();
    Entry.Moved moved =
        parcel.move(
            DeliveryState.UNCONFIRMED, now(), "its time is over and the device has not answered");
    endings.end(
        order,
        List.of(moved),
        Optional.of(
            order.notice(now(), parcel, "unconfirmed", "may or may not have been carried out")));
    pump(parcel.device());
  }

  /** Its order's goal has ended, so it will not be asked. */
  void neverAsked(Parcel parcel) {
    Entry.Moved moved =
        parcel.move(DeliveryState.CANCELLED, now(), "never sent: the goal has ended");
    endings.end(parcel.order(), List.of(moved), Optional.empty());
  }

  void failed(Parcel parcel, Throwable why) {
    LOG.error("delivery of {} to {} failed", parcel.order().id(), parcel.device(), why);
  }

  void after(Duration wait, Runnable task) {
    timetable.after(wait, task);
  }

  Desk desk() {
    return desk;
  }

  Timing timing() {
    return timing;
  }

  Instant now() {
    return clock.instant();
  }
}
