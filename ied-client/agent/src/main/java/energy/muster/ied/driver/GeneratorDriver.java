// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.ied.clock.Timer;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.outcome.Result;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.Operating;
import energy.muster.presence.Quantity;
import energy.muster.presence.Ramp;
import energy.muster.presence.Restriction;
import energy.muster.presence.RestrictionReason;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * A simulated generating set. Starting and stopping take their time, during which it takes neither
 * a start nor a stop; a start is executed when it is accepted, so that the order does not hold the
 * point while the engine warms up. Its power goes to its set-point along the ramp that it has or
 * has announced; a stop is at once.
 */
final class GeneratorDriver implements Driver {
  private static final Duration SHOWN_EVERY = Duration.ofSeconds(10);
  private static final Duration MOVING_SHOWN_EVERY = Duration.ofSeconds(2);
  private static final Set<Verb> DERATED = EnumSet.of(Verb.START, Verb.STOP, Verb.SET_POINT);
  private static final String NO_FUEL = "no-fuel";

  private final DriverSettings.Generator settings;
  private final Surroundings surroundings;
  private final Engine engine;
  private Operating operating;
  private Instant due;
  private Power target;

  /** Of its power, which counts while it is on. */
  private Course course;

  private Timer.Pending next = Timer.Pending.NONE;
  private Timer.Pending soundAgain = Timer.Pending.NONE;

  GeneratorDriver(
      DriverSettings.Generator settings, Optional<ObjectNode> saved, Surroundings surroundings) {
    this.settings = settings;
    this.surroundings = surroundings;
    Instant now = surroundings.now();
    Optional<Fields> state = saved.map(Fields::of);
    operating =
        state.map(fields -> fields.oneOf("operating", Operating::ofWire)).orElse(Operating.OFF);
    due = state.map(fields -> fields.instant("due")).orElse(now);
    target =
        state.map(fields -> Power.kilowatts(fields.decimal("targetKw"))).orElse(settings.rated());
    course =
        state
            .flatMap(fields -> fields.optionalObject("course"))
            .map(Course::read)
            .orElseGet(() -> Course.at(target, due));
    engine =
        new Engine(
            settings.tankLasts(),
            state.map(fields -> fields.decimal("fuelPercent")).orElse(settings.fuelPercent()),
            state.map(fields -> fields.instant("at")).orElse(now));
    engine.run(load());
    derated()
        .flatMap(DriverSettings.Derating::until)
        .ifPresent(end -> soundAgain = surroundings.at(end, surroundings.changed()));
    watch();
  }

  private Optional<DriverSettings.Derating> derated() {
    return settings.derating().filter(it -> it.holds(surroundings.now()));
  }

  @Override
  public Condition condition() {
    settle();
    Map<Quantity, BigDecimal> quantities = new EnumMap<>(Quantity.class);
    quantities.put(Quantity.CAPACITY, settings.rated().kilowatts());
    quantities.put(Quantity.POWER, power().kilowatts());
    quantities.put(Quantity.LOAD, Answers.tenths(100 * load()));
    quantities.put(Quantity.FUEL, Answers.tenths(engine.fuelPercent()));
    quantities.put(Quantity.TEMPERATURE, Answers.tenths(engine.celsius()));
    return new Condition(
        DeviceKind.GENERATOR,
        operating,
        transition()
            ? Optional.of(
                Restriction.of(RestrictionReason.INTERLOCKED, operating.wire(), Optional.of(due)))
            : derated().map(it -> it.restriction(DERATED)),
        Optional.empty(),
        quantities,
        engine.empty() ? List.of(NO_FUEL) : List.of());
  }

  @Override
  public Optional<Refusal> refuse(Order order) {
    settle();
    return switch (order.verb()) {
      case START -> interlocked().or(() -> refuseStart());
      case STOP ->
          interlocked()
              .or(
                  () ->
                      operating == Operating.OFF
                          ? Answers.no(Reason.ALREADY_THERE, "it is off")
                          : Optional.empty());
      case SET_POINT -> interlocked().or(() -> refuseSetPoint(order));
      case READ -> Optional.empty();
      default -> Answers.unsupported(order, "generator");
    };
  }

  private Optional<Refusal> interlocked() {
    return transition()
        ? Answers.no(
            Reason.INTERLOCKED,
            operating.wire() + ", " + Answers.secondsUntil(surroundings.now(), due) + " s left")
        : Optional.empty();
  }

  private Optional<Refusal> refuseStart() {
    if (operating == Operating.ON) {
      return Answers.no(Reason.ALREADY_THERE, "it is on");
    }
    return engine.empty()
        ? Answers.no(Reason.HARDWARE_FAULT, "the tank is empty; refuel it first")
        : Optional.empty();
  }

  private Optional<Refusal> refuseSetPoint(Order order) {
    return ordered(order).compareTo(settings.rated()) > 0
        ? Answers.no(Reason.OUT_OF_ENVELOPE, "it gives at most " + settings.rated())
        : derated().flatMap(it -> it.restriction(DERATED).refuse(order.instruction()));
  }

  @Override
  public CompletionStage<Result> execute(Order order) {
    Optional<Refusal> refusal = refuse(order);
    if (refusal.isPresent()) {
      return Answers.declined(refusal.get());
    }
    switch (order.verb()) {
      case START -> {
        target = derated().flatMap(DriverSettings.Derating::most).map(target::min).orElse(target);
        turn(Operating.STARTING, settings.starting());
      }
      case STOP -> turn(Operating.STOPPING, settings.stopping());
      case SET_POINT -> {
        target = ordered(order);
        course = course.towards(target, pace(), surroundings.now());
        turn(operating, Duration.ZERO);
      }
      default -> {
        return Answers.executed(reading());
      }
    }
    return Answers.executed(reading());
  }

  @Override
  public Result readBack(Order order) {
    settle();
    return Answers.readBack(
        switch (order.verb()) {
          case START -> operating == Operating.ON || operating == Operating.STARTING;
          case STOP -> operating == Operating.OFF || operating == Operating.STOPPING;
          case SET_POINT -> target.equals(ordered(order));
          default -> true;
        },
        reading());
  }

  @Override
  public boolean undoes(Verb verb) {
    return verb == Verb.START;
  }

  @Override
  public boolean undo(Verb verb) {
    settle();
    if (operating == Operating.ON) {
      turn(Operating.STOPPING, settings.stopping());
    }
    return !transition() || operating == Operating.STOPPING;
  }

  @Override
  public Optional<String> protect() {
    settle();
    if (operating != Operating.ON && operating != Operating.STARTING) {
      return Optional.empty();
    }
    turn(Operating.STOPPING, settings.stopping());
    return Optional.of("stops");
  }

  @Override
  public ObjectNode save() {
    settle();
    Instant now = surroundings.now();
    engine.advance(now);
    ObjectNode object =
        Json.object()
            .put("operating", operating.wire())
            .put("due", due.toString())
            .put("targetKw", target.kilowatts())
            .put("fuelPercent", engine.fuelPercent())
            .put("at", now.toString());
    object.set("course", course.write());
    return object;
  }

  @Override
  public void close() {
    next.cancel();
    soundAgain.cancel();
  }

  private void turn(Operating to, Duration takes) {
    Instant now = surroundings.now();
    engine.advance(now);
    operating = to;
    due = now.plus(takes);
    engine.run(load());
    watch();
    surroundings.changed().run();
  }

  /** Brings state up to now: a transition ends at its time, whether or not a timer said so. */
  private void settle() {
    Instant now = surroundings.now();
    if (transition() && !now.isBefore(due)) {
      engine.advance(due);
      boolean started = operating == Operating.STARTING;
      operating = started ? Operating.ON : Operating.OFF;
      if (started) {
        course = Course.at(Power.ZERO, due).towards(target, pace(), due);
      }
      engine.run(load());
    }
    engine.advance(now);
    engine.run(load());
    if (operating == Operating.ON && engine.empty()) {
      operating = Operating.OFF;
      engine.run(0);
    }
  }

  private void watch() {
    next.cancel();
    if (transition()) {
      next = surroundings.at(due, this::elapsed);
    } else if (operating == Operating.ON) {
      Instant now = surroundings.now();
      next =
          surroundings
              .timer()
              .after(course.moving(now) ? MOVING_SHOWN_EVERY : SHOWN_EVERY, this::elapsed);
    }
  }

  private void elapsed() {
    settle();
    watch();
    surroundings.changed().run();
  }

  private boolean transition() {
    return operating == Operating.STARTING || operating == Operating.STOPPING;
  }

  private double load() {
    return power().kilowatts().doubleValue() / settings.rated().kilowatts().doubleValue();
  }

  private Power power() {
    return operating == Operating.ON ? course.power(surroundings.now()) : Power.ZERO;
  }

  /** The slower of what it has and what it has announced. */
  private Optional<Ramp> pace() {
    return Ramp.slower(settings.ramp(), derated().flatMap(DriverSettings.Derating::ramp));
  }

  private static Power ordered(Order order) {
    return ((Instruction.SetPoint) order.instruction()).target();
  }

  private String reading() {
    return switch (operating) {
      case STARTING -> "starting, on in " + left() + " s";
      case STOPPING -> "stopping, off in " + left() + " s";
      case ON -> "on, " + course.words(surroundings.now());
      default -> "off";
    };
  }

  private long left() {
    return Answers.secondsUntil(surroundings.now(), due);
  }
}
