// SPDX-License-Identifier: Apache-2.0
package energy.muster.response;

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
   */
  public record Change(SupplierChoice next, OfferName from, OfferName to, String reason) {}

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
                here.map(BigDecimal::toPlainString).orElse("nothing")));
  }
}
