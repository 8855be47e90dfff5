// SPDX-License-Identifier: Apache-2.0
package energy.muster.response;

import energy.muster.billing.Comparison;
import energy.muster.tariff.Money;
import energy.muster.tariff.OfferName;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which supplier a device takes its energy from, and since when.
 *
 * @param margin how much less a kilowatt-hour must cost elsewhere for a change; 0 or more
 * @param shortestStay how long it stays with one at least
 */
public record SupplierChoice(
    OfferName current, Instant since, BigDecimal margin, Duration shortestStay) {

  /**
   * A change, to be recorded.
   *
   * @param reason for people
   * @param usage what was compared; empty where it was the prices of the moment
   */
  public record Change(
      SupplierChoice next,
      OfferName from,
      OfferName to,
      String reason,
      Optional<UsageCost> usage) {}

  public SupplierChoice {
    Objects.requireNonNull(current);
    Objects.requireNonNull(since);
    if (margin.signum() < 0 || shortestStay.isNegative()) {
      throw new IllegalArgumentException("margin and shortest stay are not negative");
    }
  }

  /**
   * What to change to, if anything; of equals the one whose name comes first. Where the current one
   * has no price any more, any that has one is better.
   *
   * @param perKwh what each supplier asks now, all in one currency
   */
  public Optional<Change> look(Instant now, Map<OfferName, BigDecimal> perKwh) {
    if (now.isBefore(since.plus(shortestStay))) {
      return Optional.empty();
    }
    Optional<BigDecimal> here = Optional.ofNullable(perKwh.get(current));
    return perKwh.entrySet().stream()
        .min(
            Map.Entry.<OfferName, BigDecimal>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey()))
        .filter(best -> !best.getKey().equals(current))
        .filter(
            best ->
                here.map(price -> price.subtract(best.getValue()).compareTo(margin) > 0)
                    .orElse(true))
        .map(best -> change(now, here, best));
  }

  /**
   * What to change to, if anything, by what the device's own usage comes to with each. Where that
   * of the current one cannot be reckoned, any of which it can is better.
   *
   * @param usage of whole days, in one currency
   */
  public Optional<Change> look(Instant now, UsageComparison usage) {
    Optional<Money> here = usage.cost(current);
    BigDecimal least = margin.multiply(usage.kwh());
    return usage
        .bills()
        .cheapest()
        .filter(best -> !now.isBefore(since.plus(shortestStay)))
        .filter(best -> !best.tariff().equals(current))
        .filter(
            best ->
                here.map(cost -> cost.minus(best.total()).amount().compareTo(least) > 0)
                    .orElse(true))
        .map(best -> change(now, usage, here, best));
  }

  private Change change(
      Instant now, UsageComparison usage, Optional<Money> here, Comparison.Offer best) {
    return new Change(
        new SupplierChoice(best.tariff(), now, margin, shortestStay),
        current,
        best.tariff(),
        "what it used from %s to %s, %s, costs %s with %s, %s with %s"
            .formatted(
                usage.from(),
                usage.until().minusDays(1),
                UsageComparison.used(usage.kwh()),
                best.total(),
                best.tariff(),
                here.map(Money::toString).orElse("nobody knows what"),
                current),
        Optional.of(new UsageCost(usage.from(), usage.until(), usage.kwh(), here, best.total())));
  }

  private Change change(
      Instant now, Optional<BigDecimal> here, Map.Entry<OfferName, BigDecimal> best) {
    return new Change(
        new SupplierChoice(best.getKey(), now, margin, shortestStay),
        current,
        best.getKey(),
        "%s asks %s a kWh, %s %s"
            .formatted(
                best.getKey(),
                best.getValue().toPlainString(),
                current,
                here.map(BigDecimal::toPlainString).orElse("nothing")),
        Optional.empty());
  }
}
