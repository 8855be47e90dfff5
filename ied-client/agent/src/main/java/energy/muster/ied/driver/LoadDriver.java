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
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A simulated load: draws its rated power until it is shed or limited. While a critical process is
 * on it takes nothing that would lower its power. What is shed goes at once; what comes back, and
 * what changes while it is derated, does so along its ramp.
 */
final class LoadDriver implements Driver {
  private static final Set<Verb> UNDOES = EnumSet.of(Verb.SHED, Verb.LIMIT);
  private static final Set<Verb> DERATED = EnumSet.of(Verb.SHED, Verb.RESTORE, Verb.LIMIT);
  private static final Duration MOVING_SHOWN_EVERY = Duration.ofSeconds(2);

  private final DriverSettings.Load settings;
  private final Surroundings surroundings;
  private final Timer.Pending processEnd;
  private boolean shed;
  private Optional<Power> limit;

  /** Of what it draws. */
  private Course course;

  private Timer.Pending next = Timer.Pending.NONE;
  private final Timer.Pending soundAgain;

  LoadDriver(DriverSettings.Load settings, Optional<ObjectNode> saved, Surroundings surroundings) {
    this.settings = settings;
    this.surroundings = surroundings;
    Optional<Fields> state = saved.map(Fields::of);
    shed = state.map(fields -> fields.flag("shed")).orElse(!settings.on());
    limit = state.flatMap(fields -> fields.optionalDecimal("limitKw")).map(Power::kilowatts);
    processEnd =
        process()
            .map(process -> surroundings.at(process.until(), surroundings.changed()))
            .orElse(Timer.Pending.NONE);
    course =
        state
            .flatMap(fields -> fields.optionalObject("course"))
            .map(Course::read)
            .orElseGet(() -> Course.at(wanted(), surroundings.now()));
    soundAgain =
        derated()
            .flatMap(DriverSettings.Derating::until)
            .map(end -> surroundings.at(end, this::turn))
            .orElse(Timer.Pending.NONE);
    // It may have become sound again while nobody looked.
    steer();
    watch();
  }

  private Optional<DriverSettings.Derating> derated() {
    return settings.derating().filter(it -> it.holds(surroundings.now()));
  }

  /** Goes to what it is to draw now, and says so. */
  private void turn() {
    steer();
    show();
  }

  private void steer() {
    Instant now = surroundings.now();
    Power wanted = wanted();
    if (!course.to().equals(wanted)) {
      course = course.towards(wanted, pace(wanted.compareTo(course.power(now)) > 0), now);
    }
  }

  private void show() {
    watch();
    surroundings.changed().run();
  }

  private void watch() {
    next.cancel();
    if (course.moving(surroundings.now())) {
      next = surroundings.timer().after(MOVING_SHOWN_EVERY, this::show);
    }
  }

  /** Its own ramp is for coming back; the one it has announced is for every change. */
  private Optional<Ramp> pace(boolean rises) {
    return Ramp.slower(
        settings.ramp().filter(own -> rises), derated().flatMap(DriverSettings.Derating::ramp));
  }

  @Override
  public Condition condition() {
    Power power = power();
    Map<Quantity, BigDecimal> quantities = new EnumMap<>(Quantity.class);
    quantities.put(Quantity.POWER, power.kilowatts());
    quantities.put(Quantity.CAPACITY, settings.rated().kilowatts());
    loadPercent(power).ifPresent(percent -> quantities.put(Quantity.LOAD, percent));
    quantities.put(
        Quantity.SHEDDABLE, (shed || protectedNow().isPresent() ? Power.ZERO : power).kilowatts());
    limit.ifPresent(max -> quantities.put(Quantity.LIMIT, max.kilowatts()));
    return new Condition(
        DeviceKind.LOAD,
        shed && power.equals(Power.ZERO) ? Operating.OFF : Operating.ON,
        process()
            .map(
                process ->
                    new Restriction(
                        RestrictionReason.CRITICAL_PROCESS,
                        EnumSet.of(Verb.RESTORE),
                        Optional.empty(),
                        process.note(),
                        Optional.of(process.until())))
            .or(() -> derated().map(it -> it.restriction(DERATED))),
        Optional.empty(),
        quantities,
        List.of());
  }

  @Override
  public Optional<Refusal> refuse(Order order) {
    return switch (order.verb()) {
      case SHED -> protectedNow().or(this::nothingToSpare).or(() -> beyondShare(order));
      case LIMIT ->
          (lowers(order) ? protectedNow() : Optional.<Refusal>empty())
              .or(
                  () ->
                      derated().flatMap(it -> it.restriction(DERATED).refuse(order.instruction())));
      case RESTORE, READ -> Optional.empty();
      default -> Answers.unsupported(order, "load");
    };
  }

  @Override
  public CompletionStage<Result> execute(Order order) {
    Optional<Refusal> refusal = refuse(order);
    if (refusal.isPresent()) {
      return Answers.declined(refusal.get());
    }
    if (order.verb() == Verb.SHED) {
      return CompletableFuture.completedFuture(shed());
    }
    switch (order.verb()) {
      case RESTORE -> {
        shed = false;
        limit = Optional.empty();
      }
      case LIMIT -> limit = Optional.of(ordered(order));
      default -> {
        return Answers.executed(reading());
      }
    }
    turn();
    return Answers.executed(reading());
  }

  /** What it needs stays on: less than was asked for, said with the answer. */
  private Result shed() {
    Power before = power();
    shed = true;
    course = Course.at(wanted().min(before), surroundings.now());
    Power given = before.minus(power());
    show();
    return new Result.Executed(
        settings
            .needs()
            .filter(need -> given.compareTo(before) < 0)
            .map(need -> given + ", not " + before + ": " + need.note())
            .orElseGet(this::reading),
        Optional.of(given));
  }

  @Override
  public Result readBack(Order order) {
    if (order.verb() == Verb.SHED && shed) {
      return new Result.Executed(
          Answers.READ_BACK + reading(), Optional.of(unshed().minus(power())));
    }
    return Answers.readBack(
        switch (order.verb()) {
          case SHED -> shed;
          case RESTORE -> !shed && limit.isEmpty();
          case LIMIT -> limit.equals(Optional.of(ordered(order)));
          default -> true;
        },
        reading());
  }

  @Override
  public boolean undoes(Verb verb) {
    return UNDOES.contains(verb);
  }

  @Override
  public boolean undo(Verb verb) {
    if (verb == Verb.SHED) {
      shed = false;
    } else {
      limit = Optional.empty();
    }
    turn();
    return true;
  }

  /** As it is shed: what a critical process or its needs keep on stays on. */
  @Override
  public Optional<String> protect() {
    Power before = power();
    if (shed || protectedNow().isPresent() || nothingToSpare().isPresent()) {
      return Optional.empty();
    }
    var unused = shed();
    return Optional.of("sheds " + before.minus(power()));
  }

  @Override
  public ObjectNode save() {
    ObjectNode object = Json.object().put("shed", shed);
    limit.ifPresent(max -> object.put("limitKw", max.kilowatts()));
    object.set("course", course.write());
    return object;
  }

  @Override
  public void close() {
    processEnd.cancel();
    soundAgain.cancel();
    next.cancel();
  }

  private Power power() {
    return course.power(surroundings.now());
  }

  /** What it is to draw, as it was ordered. */
  private Power wanted() {
    return shed ? kept() : unshed();
  }

  private Power unshed() {
    Power most =
        derated()
            .flatMap(DriverSettings.Derating::most)
            .map(settings.rated()::min)
            .orElse(settings.rated());
    return limit.map(most::min).orElse(most);
  }

  private Optional<BigDecimal> loadPercent(Power power) {
    return settings.rated().equals(Power.ZERO)
        ? Optional.empty()
        : Optional.of(
            power
                .kilowatts()
                .movePointRight(2)
                .divide(settings.rated().kilowatts(), 1, RoundingMode.HALF_UP));
  }

  private Optional<DriverSettings.CriticalProcess> process() {
    return settings.process().filter(process -> surroundings.now().isBefore(process.until()));
  }

  private Optional<Refusal> protectedNow() {
    if (settings.critical()) {
      return Answers.no(Reason.CRITICAL_PROCESS, "this is a critical load and is never shed");
    }
    return process().flatMap(process -> Answers.no(Reason.CRITICAL_PROCESS, process.note()));
  }

  private Optional<Refusal> nothingToSpare() {
    return settings
        .needs()
        .filter(need -> !shed && need.power().compareTo(unshed()) >= 0)
        .flatMap(need -> Answers.no(Reason.CRITICAL_PROCESS, need.note()));
  }

  // The simulated load is one switch: it cannot shed a part.
  private Optional<Refusal> beyondShare(Order order) {
    return order
        .share()
        .filter(most -> !shed && most.compareTo(power().minus(kept())) < 0)
        .flatMap(
            most ->
                Answers.no(
                    Reason.OUT_OF_ENVELOPE,
                    "it sheds "
                        + power().minus(kept())
                        + " at once; at most "
                        + most
                        + " was asked for"));
  }

  private Power kept() {
    return settings.needs().map(need -> need.power().min(unshed())).orElse(Power.ZERO);
  }

  private boolean lowers(Order order) {
    return ordered(order).compareTo(power()) < 0;
  }

  private static Power ordered(Order order) {
    return ((Instruction.Limit) order.instruction()).max();
  }

  private String reading() {
    return (power().equals(Power.ZERO) && shed ? "off" : "on, " + course.words(surroundings.now()))
        + limit.map(max -> ", limited to " + max).orElse("");
  }
}
