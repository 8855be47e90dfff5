// SPDX-License-Identifier: Apache-2.0
package energy.muster.response;

import energy.muster.tariff.OfferName;
import energy.muster.tariff.Price;
import energy.muster.tariff.PriceBoard;
import energy.muster.tariff.Quote;
import energy.muster.tariff.Tariff;
import energy.muster.tariff.TariffBoard;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** What the offers that a device knows ask for a kilowatt-hour at a moment. */
public record Market(TariffBoard tariffs, PriceBoard prices) {
  private static final Duration AHEAD = Duration.ofDays(1);

  /**
   * What one offer asks.
   *
   * @param perKwh empty when it is not known
   * @param source the document that says so, or why there is none, for people
   * @param again when it may be another, unless more is published
   */
  public record Asked(OfferName offer, Optional<BigDecimal> perKwh, String source, Instant again) {}

  public Market {
    Objects.requireNonNull(tariffs);
    Objects.requireNonNull(prices);
  }

  /** Of a tariff of this name, or else of a series of prices of this name. */
  public Asked ask(OfferName offer, Currency currency, Instant at) {
    // Calendars change at whole seconds.
    Instant now = at.truncatedTo(ChronoUnit.SECONDS);
    return tariffs.versionsOf(offer).isEmpty()
        ? ofSeries(offer, currency, now)
        : ofTariff(offer, currency, now);
  }

  /** What each of several offers asks, as far as that is known. */
  public Map<OfferName, BigDecimal> ask(
      Collection<OfferName> offers, Currency currency, Instant now) {
    Map<OfferName, BigDecimal> known = new TreeMap<>();
    offers.forEach(
        offer -> ask(offer, currency, now).perKwh().ifPresent(price -> known.put(offer, price)));
    return known;
  }

  /** By which terms an offer is billed now; a series of prices as a tariff of nothing else. */
  Optional<Tariff> terms(OfferName offer, Instant now) {
    return tariffs.versionsOf(offer).isEmpty()
        ? prices.last(offer).map(Tariff::of)
        : tariffs.at(offer, now);
  }

  /** The lowest price of several offers, as far as they are known, and whose it is. */
  public Asked lowest(Collection<OfferName> offers, Currency currency, Instant now) {
    List<Asked> all = offers.stream().map(offer -> ask(offer, currency, now)).toList();
    Instant again = all.stream().map(Asked::again).min(Instant::compareTo).orElseThrow();
    return all.stream()
        .filter(asked -> asked.perKwh().isPresent())
        .min(Comparator.comparing((Asked asked) -> asked.perKwh().orElseThrow()))
        .map(asked -> new Asked(asked.offer(), asked.perKwh(), asked.source(), again))
        .orElseGet(() -> none(all.get(0).offer(), "no offer has a price now", again));
  }

  private Asked ofTariff(OfferName offer, Currency currency, Instant now) {
    Optional<Tariff> holds = tariffs.at(offer, now);
    Instant edge = tariffs.edgeAfter(offer, now, now.plus(AHEAD));
    if (holds.isEmpty()) {
      return none(offer, offer + " does not hold now", edge);
    }
    if (!holds.get().currency().equals(currency)) {
      return none(offer, holds.get() + " is in " + holds.get().currency(), edge);
    }
    Quote quote = Quote.at(holds.get(), prices, now);
    Instant again = quote.until().isBefore(edge) ? quote.until() : edge;
    return quote.perKwh().isPresent()
        ? new Asked(offer, quote.perKwh(), source(holds.get(), quote), again)
        : none(offer, "a price that " + holds.get() + " follows was not published", again);
  }

  private static String source(Tariff tariff, Quote quote) {
    return tariff.calendar().cells().size() == 1 ? tariff.toString() : tariff + ", " + quote.cell();
  }

  private Asked ofSeries(OfferName offer, Currency currency, Instant now) {
    Optional<Currency> known = prices.currency(offer);
    Instant next = prices.nextAfter(offer, now).orElse(now.plus(AHEAD));
    if (known.isEmpty()) {
      return none(offer, "nothing is known of " + offer, next);
    }
    if (!known.get().equals(currency)) {
      return none(offer, offer + " is in " + known.get(), next);
    }
    return prices
        .at(offer, now)
        .map(
            price ->
                new Asked(offer, Optional.of(price.perKwh()), source(offer, price), price.until()))
        .orElseGet(() -> none(offer, missing(offer, now), next));
  }

  private static String source(OfferName offer, Price price) {
    return "%s version %d, %s to %s".formatted(offer, price.version(), price.from(), price.until());
  }

  private String missing(OfferName offer, Instant now) {
    return prices.gaps(offer).stream()
        .filter(gap -> !now.isBefore(gap.from()) && now.isBefore(gap.until()))
        .findFirst()
        .map(gap -> offer + ": " + gap)
        .orElseGet(() -> offer + ": nothing for now");
  }

  private static Asked none(OfferName offer, String why, Instant again) {
    return new Asked(offer, Optional.empty(), why, again);
  }
}
