// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.price;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.metering.Readings;
import energy.muster.response.Market;
import energy.muster.response.PricePlan;
import energy.muster.response.SupplierChoice;
import energy.muster.response.UsageComparison;
import energy.muster.tariff.OfferName;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whose energy a device takes, and whose it is to take: the cheapest by what its own meter counted,
 * or by the prices of the moment, as its plan says. Used by one thread at a time.
 */
public final class SupplierFollower {
  private static final String SUPPLY = "supply";

  /** Versions of tariffs change with a day of some zone, so with a quarter of an hour. */
  private static final Duration FRESH = Duration.ofMinutes(15);

  private Optional<Supply> supply;
  private Optional<Used> used = Optional.empty();
  private Optional<Compared> compared = Optional.empty();

  /** Whose energy it takes, and since when. */
  private record Supply(OfferName offer, Instant since) {
    static Supply read(Fields fields) {
      return new Supply(fields.value("offer", OfferName::parse), fields.instant("since"));
    }

    ObjectNode write() {
      return Json.object().put("offer", offer.toString()).put("since", since.toString());
    }
  }

  /** What the device's own meter counted. */
  private record Used(BareJid meter, Readings readings) {}

  /** What was compared last, and of what, so that it is reckoned once. */
  private record Compared(
      Used used, Market market, PricePlan plan, Instant at, Optional<UsageComparison> found) {}

  /**
   * @param saved what the predecessor left with {@link #save}
   */
  SupplierFollower(Optional<Fields> saved) {
    supply = saved.flatMap(fields -> fields.optionalObject(SUPPLY)).map(Supply::read);
  }

  /** Its own meter has counted this, days of it. */
  public void used(BareJid meter, Readings readings) {
    used = Optional.of(new Used(meter, readings)).filter(any -> any.readings().size() > 0);
  }

  /** Whose energy it takes from now on, if that is another; the caller writes it down. */
  public Optional<SupplierChoice.Change> choose(Instant now, PricePlan plan, Market market) {
    if (plan.choice().isEmpty()) {
      return Optional.empty();
    }
    Optional<SupplierChoice.Change> change = change(now, plan, plan.choice().get(), market);
    change.ifPresent(to -> supply = Optional.of(new Supply(to.to(), now)));
    return change;
  }

  private Optional<SupplierChoice.Change> change(
      Instant now, PricePlan plan, PricePlan.Choice how, Market market) {
    Supply from = supply(plan);
    SupplierChoice choice =
        new SupplierChoice(from.offer(), from.since(), how.margin(), how.shortestStay());
    Optional<UsageComparison> usage = usage(now, plan, market);
    if (usage.isPresent()) {
      return choice.look(now, usage.get());
    }
    Map<OfferName, BigDecimal> asked = market.ask(plan.offers(), plan.currency(), now);
    // Before its usage is known it only leaves who offers nothing.
    return how.usageDays().isPresent() && asked.containsKey(from.offer())
        ? Optional.empty()
        : choice.look(now, asked);
  }

  private Optional<UsageComparison> usage(Instant now, PricePlan plan, Market market) {
    if (used.isEmpty() || plan.choice().flatMap(SupplierFollower::days).isEmpty()) {
      return Optional.empty();
    }
    Instant at =
        Instant.ofEpochSecond(
            now.getEpochSecond() - Math.floorMod(now.getEpochSecond(), FRESH.toSeconds()));
    if (compared.filter(last -> isOf(last, plan, market, at)).isEmpty()) {
      compared =
          Optional.of(
              new Compared(
                  used.get(),
                  market,
                  plan,
                  at,
                  UsageComparison.of(
                      market,
                      used.get().meter(),
                      plan.offers(),
                      plan.currency(),
                      used.get().readings(),
                      days(plan.choice().get()).orElseThrow(),
                      now)));
    }
    return compared.get().found();
  }

  private boolean isOf(Compared last, PricePlan plan, Market market, Instant at) {
    return last.used().equals(used.get())
        && last.market().equals(market)
        && last.plan().equals(plan)
        && last.at().equals(at);
  }

  private static Optional<Integer> days(PricePlan.Choice choice) {
    return choice.usageDays().stream().boxed().findFirst();
  }

  /** When another supplier may be the cheapest, unless more is published or counted. */
  public Optional<Instant> chooseAgain(Instant now, PricePlan plan, Market market) {
    return plan.choice()
        .flatMap(
            choice ->
                Stream.concat(
                        Stream.of(
                            supply(plan).since().plus(choice.shortestStay()), now.plus(FRESH)),
                        plan.offers().stream()
                            .map(offer -> market.ask(offer, plan.currency(), now).again()))
                    .filter(now::isBefore)
                    .min(Instant::compareTo));
  }

  private Supply supply(PricePlan plan) {
    return supply
        .filter(known -> plan.offers().contains(known.offer()))
        .orElseGet(() -> new Supply(plan.offers().get(0), Instant.EPOCH));
  }

  OfferName offer(PricePlan plan) {
    return supply(plan).offer();
  }

  /** What its usage comes to with each, for people; empty where that is not compared. */
  Optional<String> standing(Instant now, PricePlan plan, Market market) {
    if (plan.choice().flatMap(SupplierFollower::days).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        usage(now, plan, market)
            .map(UsageComparison::words)
            .orElse("no whole day was counted yet, so that suppliers are not compared"));
  }

  boolean isDefault() {
    return supply.isEmpty();
  }

  void save(ObjectNode state) {
    supply.ifPresent(taken -> state.set(SUPPLY, taken.write()));
  }
}
