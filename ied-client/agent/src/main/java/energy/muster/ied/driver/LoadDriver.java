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
import energy.muster.presence.Restriction;
import energy.muster.presence.RestrictionReason;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
 * on it takes nothing that would lower its power.
 */
final class LoadDriver implements Driver {
  private static final Set<Verb> UNDOES = EnumSet.of(Verb.SHED, Verb.LIMIT);

  private final DriverSettings.Load settings;
  private final Surroundings surroundings;
  private final Timer.Pending processEnd;
  private boolean shed;
  private Optional<Power> limit;

  LoadDriver(DriverSettings.Load settings, Optional<ObjectNode> saved, Surroundings surroundings) {
    this.settings = settings;
    this.surroundings = surroundings;
    Optional<Fields> state = saved.map(Fields::of);
    shed = state.map(fields -> fields.flag("shed")).orElse(false);
    limit = state.flatMap(fields -> fields.optionalDecimal("limitKw")).map(Power::kilowatts);
    processEnd =
        process()
            .map(process -> surroundings.at(process.until(), surroundings.changed()))
            .orElse(Timer.Pending.NONE);
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
                        Optional.of(process.until()))),
        Optional.empty(),
        quantities,
        List.of());
  }

  @Override
  public Optional<Refusal> refuse(Order order) {
    return switch (order.verb()) {
      case SHED -> protectedNow().or(this::nothingToSpare).or(() -> beyondShare(order));
      case LIMIT -> lowers(order) ? protectedNow() : Optional.empty();
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
    surroundings.changed().run();
    return Answers.executed(reading());
  }

  /** What it needs stays on: less than was asked for, said with the answer. */
  private Result shed() {
    Power before = power();
    shed = true;
    Power given = before.minus(power());
    surroundings.changed().run();
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
    surroundings.changed().run();
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
    return object;
  }

  @Override
  public void close() {
    processEnd.cancel();
  }

  private Power power() {
    return shed
        ? settings.needs().map(need -> need.power().min(unshed())).orElse(Power.ZERO)
        : unshed();
  }

  private Power unshed() {
    return limit.map(settings.rated()::min).orElse(settings.rated());
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
    return (power().equals(Power.ZERO) && shed ? "off" : "on, " + power())
        + limit.map(max -> ", limited to " + max).orElse("");
  }
}
