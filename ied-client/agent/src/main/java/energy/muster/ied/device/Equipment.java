// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Command;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.ied.clock.Timer;
import energy.muster.ied.driver.Condition;
import energy.muster.ied.driver.Driver;
import energy.muster.ied.driver.DriverFactory;
import energy.muster.ied.driver.Order;
import energy.muster.ied.driver.Surroundings;
import energy.muster.ied.gate.Admission;
import energy.muster.ied.gate.Point;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.outcome.Result;
import energy.muster.presence.DevicePresence;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The thing behind the device and what people have asked of it: who restricted it, which order was
 * last on each point, and when that order is to be undone. Used by one thread at a time.
 */
final class Equipment {
  private static final Duration UNDO_AGAIN = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final Timer timer;
  private final Duration lease;
  private final Revisions revisions;
  private final Changes changes;
  private final Driver driver;
  private final Restraint restraint;
  private final Map<Point, Instant> newest = new EnumMap<>(Point.class);
  private Optional<Undoing> undoing;
  private boolean ordered;
  private Timer.Pending undoTimer = Timer.Pending.NONE;
  private Timer.Pending releaseTimer = Timer.Pending.NONE;

  /** An order with an end. */
  private record Undoing(Verb verb, Instant at) {}

  /** Who must know of changes. */
  interface Changes {
    /** Presence is another. */
    void shown();

    /** What {@link #save()} gives is another, without an order having done it. */
    void unordered();
  }

  Equipment(
      DriverFactory settings,
      Certified device,
      Duration lease,
      Optional<ObjectNode> saved,
      InstantSource clock,
      Timer timer,
      Revisions revisions,
      Changes changes) {
    this.clock = clock;
    this.timer = timer;
    this.lease = lease;
    this.revisions = revisions;
    this.changes = changes;
    Optional<Fields> state = saved.map(Fields::of);
    driver =
        settings.build(
            state.flatMap(fields -> fields.optionalTree("driver")),
            new Surroundings(clock, timer, this::driverChanged));
    restraint = new Restraint(device, state.flatMap(fields -> fields.optionalObject("restraint")));
    state.map(fields -> fields.object("newest")).ifPresent(this::readNewest);
    undoing =
        state
            .flatMap(fields -> fields.optionalObject("undoing"))
            .map(fields -> new Undoing(fields.oneOf("verb", Verb::ofWire), fields.instant("at")));
    watch();
  }

  private void readNewest(Fields fields) {
    for (Point point : Point.values()) {
      fields.optionalInstant(point.wire()).ifPresent(at -> newest.put(point, at));
    }
  }

  DevicePresence presence() {
    Condition now = driver.condition();
    return new DevicePresence(
        revisions.current(),
        now.kind(),
        now.operating(),
        now.restriction().or(() -> restraint.restriction(clock.instant())),
        now.position(),
        now.quantities(),
        now.faults(),
        lease);
  }

  Optional<Instant> newest(Point point) {
    return Optional.ofNullable(newest.get(point));
  }

  /** Why an order that passed the gate is not begun all the same. */
  Optional<Refusal> refuse(Admission admission) {
    Command command = admission.command();
    Instant now = clock.instant();
    return restraint
        .refuse(admission, now)
        .or(() -> refuseTimes(command, now))
        .or(
            () ->
                Point.of(command.verb()).equals(Optional.of(Point.OUTPUT))
                    ? driver.refuse(Order.of(command, admission.leaf()))
                    : Optional.empty());
  }

  private Optional<Refusal> refuseTimes(Command command, Instant now) {
    if (command.executeAt().filter(now::isBefore).isPresent()) {
      return Optional.of(
          new Refusal(
              Reason.UNSUPPORTED, "this device acts at once; send the order when it is due"));
    }
    boolean ends = command.until().isPresent();
    if (ends && command.verb() != Verb.RESTRICT && !driver.undoes(command.verb())) {
      return Optional.of(
          Refusal.of(Reason.UNSUPPORTED, "%s takes no end: it is not undone", command.verb()));
    }
    return command
        .until()
        .filter(end -> !now.isBefore(end))
        .map(end -> Refusal.of(Reason.STALE, "it was to end at %s; it is %s", end, now));
  }

  CompletionStage<Result> act(Admission admission) {
    ordered = true;
    try {
      return switch (admission.verb()) {
        case RESTRICT, RELEASE -> CompletableFuture.completedFuture(restraint.execute(admission));
        default -> driver.execute(Order.of(admission.command(), admission.leaf()));
      };
    } finally {
      ordered = false;
    }
  }

  /** Ends the selection that this person's order made; false if it does not hold. */
  boolean deselect(DocumentId select, BareJid by) {
    return driver.deselect(select, by);
  }

  Result readBack(Command command, Order order) {
    return Point.of(command.verb()).equals(Optional.of(Point.OUTPUT))
        ? driver.readBack(order)
        // What people ask for is saved together with its outcome, so that neither survived.
        : new Result.Failed(
            new Refusal(
                Reason.HARDWARE_FAULT, "the device restarted before it was done; send it again"));
  }

  /** An order was carried out: it is now the last on its point. */
  void carriedOut(Command command) {
    Optional<Point> point = Point.of(command.verb());
    if (point.isEmpty()) {
      return;
    }
    newest.merge(point.get(), command.header().issuedAt(), (a, b) -> a.isAfter(b) ? a : b);
    if (point.get() == Point.OUTPUT) {
      undoing = command.until().map(end -> new Undoing(command.verb(), end));
    } else {
      shown();
    }
    watch();
  }

  String save() {
    ObjectNode object = Json.object();
    object.set("driver", driver.save());
    restraint.save().ifPresent(value -> object.set("restraint", value));
    ObjectNode orders = object.putObject("newest");
    newest.forEach((point, at) -> orders.put(point.wire(), at.toString()));
    undoing.ifPresent(
        undo ->
            object
                .putObject("undoing")
                .put("verb", undo.verb().wire())
                .put("at", undo.at().toString()));
    return Json.text(object);
  }

  void close() {
    undoTimer.cancel();
    releaseTimer.cancel();
    driver.close();
  }

  private void driverChanged() {
    shown();
    // What an order does is saved with its outcome.
    if (!ordered) {
      changes.unordered();
    }
  }

  private void shown() {
    revisions.rise();
    changes.shown();
  }

  private void watch() {
    Instant now = clock.instant();
    undoTimer.cancel();
    undoTimer =
        undoing
            .map(undo -> timer.after(Duration.between(now, undo.at()), this::undo))
            .orElse(Timer.Pending.NONE);
    releaseTimer.cancel();
    releaseTimer =
        restraint
            .until()
            .filter(now::isBefore)
            .map(end -> timer.after(Duration.between(now, end), this::shown))
            .orElse(Timer.Pending.NONE);
  }

  private void undo() {
    undoing.ifPresent(
        undo -> {
          if (driver.undo(undo.verb())) {
            undoing = Optional.empty();
            changes.unordered();
          } else {
            undoTimer = timer.after(UNDO_AGAIN, this::undo);
          }
        });
  }
}
