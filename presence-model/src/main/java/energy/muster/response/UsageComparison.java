// SPDX-License-Identifier: Apache-2.0
package energy.muster.response;

import energy.muster.billing.Account;
import energy.muster.billing.Biller;
import energy.muster.billing.Comparison;
import energy.muster.identity.BareJid;
import energy.muster.metering.Readings;
import energy.muster.tariff.Money;
import energy.muster.tariff.OfferName;
import energy.muster.tariff.Tariff;
import energy.muster.tariff.TariffBoard;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the same days of usage would have cost with each of several offers, by the terms that they
 * have now; series of prices count as they were on those days.
 *
 * @param from the first day
 * @param until the first day after
 * @param kwh what was drawn in them
 */
public record UsageComparison(LocalDate from, LocalDate until, BigDecimal kwh, Comparison bills) {

  /**
   * @param used by the device's own meter
   * @param days of how many whole days at most, until the last midnight
   * @return empty where no whole day was counted, nothing was drawn, or nobody offers anything now
   */
  public static Optional<UsageComparison> of(
      Market market,
      BareJid meter,
      List<OfferName> offers,
      Currency currency,
      Readings used,
      int days,
      Instant now) {
    Map<OfferName, Tariff> terms = new TreeMap<>();
    offers.forEach(offer -> market.terms(offer, now).ifPresent(tariff -> terms.put(offer, tariff)));
    List<ZoneId> zones =
        terms.values().stream().map(tariff -> tariff.validity().zone()).distinct().toList();
    if (terms.isEmpty() || used.size() == 0) {
      return Optional.empty();
    }
    // Days that are whole, and counted, by the clocks of all of them.
    Instant counted = used.end().isBefore(now) ? used.end() : now;
    LocalDate until =
        zones.stream().map(zone -> day(counted, zone)).min(LocalDate::compareTo).orElseThrow();
    LocalDate first =
        zones.stream().map(zone -> firstWhole(used, zone)).max(LocalDate::compareTo).orElseThrow();
    LocalDate from = first.isAfter(until.minusDays(days)) ? first : until.minusDays(days);
    if (!from.isBefore(until)) {
      return Optional.empty();
    }
    ZoneId zone = zones.get(0);
    BigDecimal kwh =
        used.sum(from.atStartOfDay(zone).toInstant(), until.atStartOfDay(zone).toInstant())
            .importKwh();
    return kwh.signum() == 0
        ? Optional.empty()
        : Optional.of(
            new UsageComparison(
                from, until, kwh, bills(market, meter, terms, currency, used, from, until)));
  }

  private static Comparison bills(
      Market market,
      BareJid meter,
      Map<OfferName, Tariff> terms,
      Currency currency,
      Readings used,
      LocalDate from,
      LocalDate until) {
    TariffBoard asIf = TariffBoard.EMPTY;
    for (Tariff tariff : terms.values()) {
      asIf = asIf.with(tariff.asIfSince(from));
    }
    return Comparison.of(
        new Biller(asIf, market.prices()),
        new Account(meter, terms.keySet().iterator().next(), Optional.empty()),
        terms.keySet(),
        currency,
        from,
        until,
        used);
  }

  private static LocalDate day(Instant at, ZoneId zone) {
    return at.atZone(zone).toLocalDate();
  }

  private static LocalDate firstWhole(Readings used, ZoneId zone) {
    LocalDate day = day(used.start(), zone);
    return day.atStartOfDay(zone).toInstant().equals(used.start()) ? day : day.plusDays(1);
  }

  /** What it comes to with an offer, if that can be reckoned. */
  public Optional<Money> cost(OfferName offer) {
    return bills.offers().stream()
        .filter(each -> each.tariff().equals(offer))
        .map(Comparison.Offer::total)
        .findFirst();
  }

  /** All costs, the lowest first, and why some are not known, for people. */
  public String words() {
    String costs =
        bills.offers().stream()
            .map(each -> each.total() + " with " + each.tariff())
            .collect(Collectors.joining(", "));
    String unfit =
        bills.unfit().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(each -> "; not " + each.getKey() + ": " + each.getValue().text())
            .collect(Collectors.joining());
    return "%s from %s to %s: %s%s"
        .formatted(used(kwh), from, until.minusDays(1), costs.isEmpty() ? "no cost" : costs, unfit);
  }

  static String used(BigDecimal kwh) {
    return kwh.toPlainString() + " kWh";
  }
}
