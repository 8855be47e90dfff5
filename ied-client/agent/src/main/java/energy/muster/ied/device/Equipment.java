// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.AlarmRules;
import energy.muster.billing.Bill;
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
import energy.muster.ied.driver.DriverSettings;
import energy.muster.ied.driver.MeteringPoint;
import energy.muster.ied.driver.Order;
import energy.muster.ied.driver.Sighting;
import energy.muster.ied.driver.Surroundings;
import energy.muster.ied.gate.Admission;
import energy.muster.ied.gate.Point;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.metering.Readings;
import energy.muster.outcome.Result;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.response.PricePlan;
import energy.muster.warning.Warning;
import energy.muster.warning.WarningReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
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
  private final Machine machine;
  private final Promises promises;
  private final Revisions revisions;
  private final Changes changes;
  private final Restraint restraint;
  private final WakeUp lifting;
  private final Reversal reversal;
  private final Memory mandated;
  private final LastOrders newest;
  private final Reflexes reflexes;
  private final Pricing prices;
  private final FirmwareSign firmware = new FirmwareSign();
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
    machine =
        new Machine(
            installed, state, new Surroundings(clock, timer, this::driverChanged, changes::seen));
    restraint = new Restraint(device, state, () -> machine.inForce().releasedBy());
    mandated = Memory.read(state);
    lifting = new WakeUp(clock, timer);
    newest = new LastOrders(state);
    reversal = new Reversal(state, clock, timer, verb -> machine.driver().undo(verb), this::undone);
    prices = new Pricing(device.jid(), machine, state, clock);
    reflexes = new Reflexes(machine, restraint, newest, reversal, changes::unordered, clock);
    watch();
    reversal.arm();
  }

  DevicePresence presence() {
    Condition now = machine.driver().condition();
    return new DevicePresence(
        revisions.current(),
        now.kind(),
        now.operating(),
        // What people asked for comes first: it is what an order is refused for.
        firmware.restriction(() -> restraint.restriction(clock.instant()).or(now::restriction)),
        now.position(),
        now.quantities(),
        now.faults(),
        lease(),
        promises.grace(),
        machine.settings().revision(),
        promises.location(),
        now.branch(),
        firmware.shown());
  }

  /** Whether somebody has selected it, and is about to operate it. */
  boolean selected() {
    return machine.driver().reserved();
  }

  /** What is shown of its firmware. */
  FirmwareSign firmware() {
    return firmware;
  }

  /** What is shown of its firmware is another. */
  void upgraded() {
    shown();
  }

  Sample sample() {
    return machine.sample();
  }

  /** How the thing stands, without what people asked of it. */
  Condition condition() {
    return machine.driver().condition();
  }

  /** Whose days it is billed by, if it has a tariff. */
  Optional<ZoneId> billingZone() {
    return machine.billingZone(clock.instant());
  }

  /** What some days cost by the tariff that it has; empty where it has none, or several. */
  Optional<Bill> reckon(
      DocumentId id, BareJid meter, LocalDate from, LocalDate until, Readings counted) {
    return machine.reckon(id, meter, from, until, counted);
  }

  /** How its energy is counted, if it is. */
  Optional<MeteringPoint> meteringPoint() {
    return machine.driver().meteringPoint();
  }

  AlarmRules alarmRules() {
    return machine.alarmRules();
  }

  List<BareJid> alarmContacts() {
    return machine.inForce().alarmContacts();
  }

  /** What it knows of mandates. */
  Memory mandated() {
    return mandated;
  }

  /** How it watches over a branch, if it is a master IED. */
  Optional<DriverSettings.Branch> branch() {
    return machine.driver().branch();
  }

  /** What is known of the devices of that branch has changed. */
  void hear(Collection<Contact> downstream) {
    machine.driver().hear(downstream);
  }

  Optional<Instant> newest(Point point) {
    return newest.on(point);
  }

  /** Why an order that passed the gate is not begun all the same. */
  Optional<Refusal> refuse(Admission admission) {
    Command command = admission.command();
    Instant now = clock.instant();
    return firmware
        .refuse(command.verb())
        .or(() -> restraint.refuse(admission, now))
        .or(() -> prices.refuse(command))
        .or(() -> machine.refuse(command, Order.of(command, admission.leaf()), now));
  }

  /**
   * Why an order would not be begun at any time; what may change until it is due does not count.
   */
  Optional<Refusal> refuseEver(Admission admission) {
    return refuse(admission).filter(refusal -> EVER.contains(refusal.reason()));
  }

  CompletionStage<Result> act(Admission admission) {
    ordered = true;
    try {
      return switch (admission.verb()) {
        case RESTRICT, RELEASE -> CompletableFuture.completedFuture(restraint.execute(admission));
        case CONFIGURE ->
            CompletableFuture.completedFuture(
                configure((Instruction.Configure) admission.command().instruction()));
        case SET_TARIFF ->
            CompletableFuture.completedFuture(
                machine.take(
                    (Instruction.SetTariff) admission.command().instruction(), clock.instant()));
        case OVERRULE -> CompletableFuture.completedFuture(prices.overrule(admission.command()));
        default -> machine.driver().execute(Order.of(admission.command(), admission.leaf()));
      };
    } finally {
      ordered = false;
    }
  }

  /** What was signed beforehand for a warning, done at once; a refusal if a person forbids it. */
  Reflex react(Warning warning) {
    Reflex reflex = reflexes.react(warning);
    if (reflex.answer() == WarningReport.Answer.PROTECTED) {
      prices.follower().overtaken(clock.instant(), Optional.of("it protected itself"));
      changes.unordered();
    }
    return reflex;
  }

  /** Ends the selection that this person's order made; false if it does not hold. */
  boolean deselect(DocumentId select, BareJid by) {
    return machine.driver().deselect(select, by);
  }

  private Result configure(Instruction.Configure configure) {
    // What a person has signed goes before what the service asked.
    askedLease = Optional.empty();
    Optional<PricePlan> before = prices.plan();
    Result done = machine.configure(configure);
    if (!prices.plan().equals(before)) {
      prices.follower().replanned();
    }
    return done;
  }

  Pricing prices() {
    return prices;
  }

  Result readBack(Command command, Order order) {
    return machine.readBack(command, order, clock.instant());
  }

  /** An order that was begun has ended. */
  void concluded(Command command, Result result) {
    boolean own = prices.own(command);
    prices.concluded(command, result);
    if (result instanceof Result.Executed) {
      carriedOut(command, own);
    }
    if (own) {
      tell();
    }
  }

  /** An order was carried out: it is now the last on its point. */
  private void carriedOut(Command command, boolean own) {
    Optional<Point> point = Point.of(command.verb());
    if (point.isEmpty()) {
      return;
    }
    // What a device does of itself makes nobody's order old.
    if (point.get() != Point.PRICES && !own) {
      newest.note(point.get(), command.header().issuedAt());
    }
    if (point.get() == Point.OUTPUT) {
      reversal.follow(command);
    } else {
      shown();
    }
    watch();
  }

  /** How long its presence is good for. */
  Duration lease() {
    return askedLease.orElse(machine.inForce().lease());
  }

  /** The service asks for this lease: the nearest that can be kept is in force from now on. */
  void lease(Duration wish) {
    Duration taken = promises.within(wish);
    if (!taken.equals(lease())) {
      askedLease = Optional.of(taken).filter(asked -> !asked.equals(machine.inForce().lease()));
      shown();
    }
  }

  Set<Verb> twoPersons() {
    return machine.inForce().twoPersons();
  }

  boolean loosens(Instruction.Configure configure) {
    return machine.settings().loosens(configure);
  }

  Stream<String> remarks(ZoneId zone) {
    Instant now = clock.instant();
    return Stream.of(
            Optional.of(machine.inForce().note()).filter(note -> !note.isEmpty()),
            restraint.remark(now, zone),
            reversal.remark(zone),
            machine.remark(now),
            prices.remark(now, zone))
        .flatMap(Optional::stream);
  }

  ObjectNode save() {
    ObjectNode object = Json.object();
    machine.save(object);
    restraint.save(object);
    newest.save(object);
    mandated.save(object);
    prices.save(object);
    reversal.save(object);
    return object;
  }

  void close() {
    reversal.close();
    lifting.cancel();
    machine.close();
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
    if (Point.of(verb).equals(Optional.of(Point.OUTPUT))) {
      prices.follower().overtaken(clock.instant(), Optional.empty());
    }
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
