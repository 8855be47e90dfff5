// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.AlarmRules;
import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.ied.alarm.Sample;
import energy.muster.ied.branch.Memory;
import energy.muster.ied.clock.Timer;
import energy.muster.ied.clock.WakeUp;
import energy.muster.ied.driver.Condition;
import energy.muster.ied.driver.Driver;
import energy.muster.ied.driver.DriverFactory;
import energy.muster.ied.driver.DriverSettings;
import energy.muster.ied.driver.Order;
import energy.muster.ied.driver.Sighting;
import energy.muster.ied.driver.Surroundings;
import energy.muster.ied.gate.Admission;
import energy.muster.ied.gate.Point;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.outcome.Result;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.warning.Reaction;
import energy.muster.warning.Warning;
import energy.muster.warning.WarningReport.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * The thing behind the device and what people have asked of it: who restricted it, which order was
 * last on each point, when that order is to be undone, and by which settings it runs. Used by one
 * thread at a time.
 */
final class Equipment {
  private static final Set<Reason> EVER = EnumSet.of(Reason.UNSUPPORTED, Reason.INVALID_ARGUMENT);

  private final InstantSource clock;
  private final DeviceSettings settings;
  private final Promises promises;
  private final Revisions revisions;
  private final Changes changes;
  private final Surroundings surroundings;
  private final Restraint restraint;
  private final WakeUp lifting;
  private final Reversal reversal;
  private final Memory mandated;
  private final LastOrders newest;
  private Driver driver;
  private boolean ordered;
  private Optional<Duration> askedLease = Optional.empty();

  /** Who must know of changes. */
  interface Changes {
    /** What people see of the device is another. */
    void shown();

    /** What {@link #save()} gives is another, without an order having done it. */
    void unordered();

    /** Something was undone because its time was up. */
    void undone(Verb verb);

    /** It sees a catastrophe. */
    void seen(Sighting sighting);
  }

  Equipment(
      DeviceSettings.Values installed,
      Promises promises,
      Certified device,
      Optional<ObjectNode> saved,
      InstantSource clock,
      Timer timer,
      Revisions revisions,
      Changes changes) {
    this.promises = promises;
    this.clock = clock;
    this.revisions = revisions;
    this.changes = changes;
    Optional<Fields> state = saved.map(Fields::of);
    settings = new DeviceSettings(installed, state);
    surroundings = new Surroundings(clock, timer, this::driverChanged, changes::seen);
    driver =
        settings
            .inForce()
            .driver()
            .build(state.flatMap(fields -> fields.optionalTree("driver")), surroundings);
    restraint = new Restraint(device, state, () -> settings.inForce().releasedBy());
    mandated = Memory.read(state);
    lifting = new WakeUp(clock, timer);
    newest = new LastOrders(state);
    reversal = new Reversal(state, clock, timer, verb -> driver.undo(verb), this::undone);
    watch();
    reversal.arm();
  }

  DevicePresence presence() {
    Condition now = driver.condition();
    return new DevicePresence(
        revisions.current(),
        now.kind(),
        now.operating(),
        // What people asked for comes first: it is what an order is refused for.
        restraint.restriction(clock.instant()).or(now::restriction),
        now.position(),
        now.quantities(),
        now.faults(),
        lease(),
        promises.grace(),
        settings.revision(),
        promises.location(),
        now.branch());
  }

  Sample sample() {
    return new Sample(driver.condition().quantities(), driver.happenings());
  }

  AlarmRules alarmRules() {
    return settings
        .inForce()
        .alarms()
        .orElseGet(() -> AlarmRules.defaultsFor(driver.condition().kind()));
  }

  List<BareJid> alarmContacts() {
    return settings.inForce().alarmContacts();
  }

  /** What it knows of mandates. */
  Memory mandated() {
    return mandated;
  }

  /** How it watches over a branch, if it is a master IED. */
  Optional<DriverSettings.Branch> branch() {
    return driver.branch();
  }

  /** What is known of the devices of that branch has changed. */
  void hear(Collection<Contact> downstream) {
    driver.hear(downstream);
  }

  Optional<Instant> newest(Point point) {
    return newest.on(point);
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
                command.instruction() instanceof Instruction.Configure configure
                    ? settings.refuse(configure)
                    : Optional.empty())
        .or(
            () ->
                Point.of(command.verb()).equals(Optional.of(Point.OUTPUT))
                    ? driver.refuse(Order.of(command, admission.leaf()))
                    : Optional.empty());
  }

  /**
   * Why an order would not be begun at any time; what may change until it is due does not count.
   */
  Optional<Refusal> refuseEver(Admission admission) {
    return refuse(admission).filter(refusal -> EVER.contains(refusal.reason()));
  }

  private Optional<Refusal> refuseTimes(Command command, Instant now) {
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
        case CONFIGURE ->
            CompletableFuture.completedFuture(
                configure((Instruction.Configure) admission.command().instruction()));
        default -> driver.execute(Order.of(admission.command(), admission.leaf()));
      };
    } finally {
      ordered = false;
    }
  }

  /** What was signed beforehand for a warning, done at once; a refusal if a person forbids it. */
  Reflex react(Warning warning) {
    Optional<Reaction> signed =
        settings.inForce().reactions().stream()
            .filter(reaction -> reaction.meets(warning))
            .findFirst();
    if (signed.isEmpty()) {
      return Reflex.noted("no reaction to it was signed");
    }
    if (signed.get().act() == Reaction.Act.HOLD) {
      return driver.hold(signed.get().hold())
          ? new Reflex(Answer.HELD, "does not trip for " + signed.get().hold().toMillis() + " ms")
          : Reflex.noted("nothing that could trip");
    }
    return protect();
  }

  private Reflex protect() {
    restraint
        .restriction(clock.instant())
        .ifPresent(
            held -> {
              throw new Refused(
                  Reason.LOCAL_CONTROL, "taken out of use by a person: " + held.reason().wire());
            });
    Optional<String> did = driver.protect();
    if (did.isPresent()) {
      // An order from before it must not bring back what it took away, nor may an end of one.
      newest.note(Point.OUTPUT, clock.instant());
      reversal.overtaken();
      changes.unordered();
    }
    return did.map(what -> new Reflex(Answer.PROTECTED, what))
        .orElseGet(() -> Reflex.noted("nothing to do"));
  }

  /** Ends the selection that this person's order made; false if it does not hold. */
  boolean deselect(DocumentId select, BareJid by) {
    return driver.deselect(select, by);
  }

  private Result configure(Instruction.Configure configure) {
    DriverFactory before = settings.inForce().driver();
    settings.apply(configure);
    // What a person has signed goes before what the service asked.
    askedLease = Optional.empty();
    DriverFactory after = settings.inForce().driver();
    if (!after.equals(before)) {
      ObjectNode state = driver.save();
      driver.close();
      driver = after.build(Optional.of(state), surroundings);
    }
    return inForce(configure);
  }

  private static Result inForce(Instruction.Configure configure) {
    return new Result.Executed("settings revision " + configure.revision() + " is in force");
  }

  Result readBack(Command command, Order order) {
    if (command.instruction() instanceof Instruction.Configure configure
        && settings.revision().equals(OptionalLong.of(configure.revision()))) {
      return inForce(configure);
    }
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
    newest.note(point.get(), command.header().issuedAt());
    if (point.get() == Point.OUTPUT) {
      reversal.follow(command);
    } else {
      shown();
    }
    watch();
  }

  /** How long its presence is good for. */
  Duration lease() {
    return askedLease.orElse(settings.inForce().lease());
  }

  /** The service asks for this lease: the nearest that can be kept is in force from now on. */
  void lease(Duration wish) {
    Duration taken = promises.within(wish);
    if (!taken.equals(lease())) {
      askedLease = Optional.of(taken).filter(asked -> !asked.equals(settings.inForce().lease()));
      shown();
    }
  }

  Set<Verb> twoPersons() {
    return settings.inForce().twoPersons();
  }

  boolean loosens(Instruction.Configure configure) {
    return settings.loosens(configure);
  }

  Stream<String> remarks(ZoneId zone) {
    return Stream.concat(
        Stream.of(settings.inForce().note()).filter(note -> !note.isEmpty()),
        Stream.concat(
            restraint.remark(clock.instant(), zone).stream(), reversal.remark(zone).stream()));
  }

  ObjectNode save() {
    ObjectNode object = Json.object();
    object.set("driver", driver.save());
    restraint.save(object);
    newest.save(object);
    settings.save(object);
    mandated.save(object);
    reversal.save(object);
    return object;
  }

  void close() {
    reversal.close();
    lifting.cancel();
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

  /** What people see beside presence is another. */
  void tell() {
    changes.shown();
  }

  /** What is on disk may be behind. */
  void resave() {
    changes.unordered();
  }

  private void undone(Verb verb) {
    changes.undone(verb);
    changes.unordered();
    shown();
  }

  private void watch() {
    restraint.until().ifPresentOrElse(end -> lifting.set(end, this::lift), lifting::cancel);
  }

  private void lift() {
    if (restraint.lapse(clock.instant())) {
      undone(Verb.RESTRICT);
    }
  }
}
