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
import energy.muster.ied.alarm.Sample;
import energy.muster.ied.driver.Driver;
import energy.muster.ied.driver.DriverFactory;
import energy.muster.ied.driver.Order;
import energy.muster.ied.driver.Surroundings;
import energy.muster.ied.gate.Point;
import energy.muster.json.Fields;
import energy.muster.metering.Readings;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.response.Market;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The thing itself, driven as the settings in force have it. Used by one thread at a time. */
final class Machine {
  /** What lapses by itself, without anything that would have to be undone. */
  private static final Set<Verb> ENDS = EnumSet.of(Verb.RESTRICT, Verb.OVERRULE);

  private final DeviceSettings settings;
  private final TariffShelf tariffs;
  private final Surroundings surroundings;
  private Driver driver;

  /**
   * @param state what the predecessor left with {@link #save}
   */
  Machine(DeviceSettings.Values installed, Optional<Fields> state, Surroundings surroundings) {
    this.surroundings = surroundings;
    settings = new DeviceSettings(installed, state, this::alarmRules);
    tariffs = new TariffShelf(state);
    driver =
        inForce()
            .driver()
            .build(state.flatMap(fields -> fields.optionalTree("driver")), surroundings);
  }

  /** Another one after each change of its settings. */
  Driver driver() {
    return driver;
  }

  DeviceSettings settings() {
    return settings;
  }

  DeviceSettings.Values inForce() {
    return settings.inForce();
  }

  Sample sample() {
    return new Sample(driver.condition().quantities(), driver.happenings());
  }

  AlarmRules alarmRules() {
    return inForce().alarms().orElseGet(() -> AlarmRules.defaultsFor(driver.condition().kind()));
  }

  /** Why it does not begin this now. */
  Optional<Refusal> refuse(Command command, Order order, Instant now) {
    return refuseEnd(command, now)
        .or(
            () ->
                command.instruction() instanceof Instruction.Configure configure
                    ? settings.refuse(configure)
                    : Optional.empty())
        .or(
            () ->
                command.instruction() instanceof Instruction.SetTariff tariff
                    ? tariffs.refuse(tariff.document())
                    : Optional.empty())
        .or(() -> isOutput(command) ? driver.refuse(order) : Optional.empty());
  }

  private Optional<Refusal> refuseEnd(Command command, Instant now) {
    boolean ends = command.until().isPresent();
    if (ends && !ENDS.contains(command.verb()) && !driver.undoes(command.verb())) {
      return Optional.of(
          Refusal.of(Reason.UNSUPPORTED, "%s takes no end: it is not undone", command.verb()));
    }
    return command
        .until()
        .filter(end -> !now.isBefore(end))
        .map(end -> Refusal.of(Reason.STALE, "it was to end at %s; it is %s", end, now));
  }

  private static boolean isOutput(Command command) {
    return Point.of(command.verb()).equals(Optional.of(Point.OUTPUT));
  }

  Result configure(Instruction.Configure configure) {
    DriverFactory before = inForce().driver();
    settings.apply(configure);
    DriverFactory after = inForce().driver();
    if (!after.equals(before)) {
      ObjectNode state = driver.save();
      driver.close();
      driver = after.build(Optional.of(state), surroundings);
    }
    return done(configure);
  }

  private static Result done(Instruction.Configure configure) {
    return new Result.Executed("settings revision " + configure.revision() + " is in force");
  }

  Result take(Instruction.SetTariff order, Instant now) {
    tariffs.take(order.document(), now);
    return done(order, now);
  }

  private Result done(Instruction.SetTariff order, Instant now) {
    return new Result.Executed("has " + order.document() + tariffs.lacking(order.document(), now));
  }

  Market market() {
    return tariffs.market();
  }

  /** Whose days it is billed by, if it has one tariff. */
  Optional<ZoneId> billingZone(Instant now) {
    return tariffs.only(now).map(tariff -> tariff.validity().zone());
  }

  /** What some days cost by the one tariff that it has. */
  Optional<Bill> reckon(
      DocumentId id, BareJid meter, LocalDate from, LocalDate until, Readings counted) {
    return tariffs.reckon(id, meter, from, until, counted);
  }

  /** Which tariffs hold, for people. */
  Optional<String> remark(Instant now) {
    return tariffs.remark(now);
  }

  /** After a restart in the middle of an order: what became of it. */
  Result readBack(Command command, Order order, Instant now) {
    if (command.instruction() instanceof Instruction.Configure configure
        && settings.revision().equals(OptionalLong.of(configure.revision()))) {
      return done(configure);
    }
    if (command.instruction() instanceof Instruction.SetTariff tariff
        && tariffs.has(tariff.document())) {
      return done(tariff, now);
    }
    return isOutput(command)
        ? driver.readBack(order)
        // What people ask for is saved together with its outcome, so that neither survived.
        : new Result.Failed(
            new Refusal(
                Reason.HARDWARE_FAULT, "the device restarted before it was done; send it again"));
  }

  void save(ObjectNode state) {
    state.set("driver", driver.save());
    settings.save(state);
    tariffs.save(state);
  }

  void close() {
    driver.close();
  }
}
