// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Command;
import energy.muster.command.Verb;
import energy.muster.identity.BareJid;
import energy.muster.ied.price.Intention;
import energy.muster.ied.price.PriceFollower;
import energy.muster.json.Fields;
import energy.muster.metering.Readings;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.response.PricePlan;
import energy.muster.response.SupplierChoice;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;

/** The thing and its settings, as far as they are about prices. Used by one thread at a time. */
final class Pricing {
  private final BareJid device;
  private final Machine machine;
  private final InstantSource clock;
  private final PriceFollower follower;
  private final SupplierNews news;

  /**
   * @param saved what the predecessor left with {@link #save}
   */
  Pricing(BareJid device, Machine machine, Optional<Fields> saved, InstantSource clock) {
    this.device = device;
    this.machine = machine;
    this.clock = clock;
    follower = new PriceFollower(saved);
    news = new SupplierNews(saved);
  }

  PriceFollower follower() {
    return follower;
  }

  SupplierNews news() {
    return news;
  }

  Optional<PricePlan> plan() {
    return machine.inForce().prices();
  }

  /** Whether it does anything about prices, or has to end what it did. */
  boolean matters() {
    return plan().isPresent() || follower.responds();
  }

  /** Whose energy it takes from now on, if that is another. */
  Optional<SupplierChoice.Change> choose(Instant now) {
    return plan().flatMap(plan -> follower.supplier().choose(now, plan, machine.market()));
  }

  PriceFollower.Decision decide(Instant now) {
    return follower.decide(now, plan(), machine.market());
  }

  /** When another supplier may be the cheapest, unless more is published. */
  Optional<Instant> chooseAgain(Instant now) {
    return plan().flatMap(plan -> follower.supplier().chooseAgain(now, plan, machine.market()));
  }

  /** Of how many days it compares what its own usage costs, if it does. */
  OptionalInt usageDays() {
    return plan()
        .flatMap(PricePlan::choice)
        .map(PricePlan.Choice::usageDays)
        .orElse(OptionalInt.empty());
  }

  /** Its own meter has counted this, days of it. */
  void used(Readings readings) {
    follower.supplier().used(device, readings);
  }

  /** What it intended is not begun. */
  void refused(Intention intention, Refusal refusal, Instant now) {
    follower.refused(intention, refusal, plan(), now);
  }

  Optional<Refusal> refuse(Command command) {
    return command.verb() == Verb.OVERRULE && plan().isEmpty()
        ? Optional.of(new Refusal(Reason.UNSUPPORTED, "it does nothing about prices"))
        : Optional.empty();
  }

  Result overrule(Command command) {
    if (command.until().isEmpty()) {
      follower.follow();
      return new Result.Executed("goes by its price rule again");
    }
    String who = command.header().issuer().local();
    follower.overrule(who, command.until().get(), command.reason());
    return new Result.Executed("prices are overruled until " + command.until().get());
  }

  /** Whether the device gave this order to itself. */
  boolean own(Command command) {
    return command.header().issuer().equals(device);
  }

  void concluded(Command command, Result result) {
    follower.concluded(command, result, own(command), plan(), clock.instant());
  }

  /** What people should know of it, in short. */
  Optional<String> remark(Instant now, ZoneId zone) {
    return Optional.of(
            String.join("; ", follower.remarks(plan(), at -> SpokenTime.of(at, now, zone))))
        .filter(said -> !said.isEmpty());
  }

  /** What its plan is and how things stand by it, at length. */
  Optional<String> standing() {
    return follower.standing(clock.instant(), plan(), machine.market());
  }

  void save(ObjectNode state) {
    follower.save(state);
    news.save(state);
  }
}
