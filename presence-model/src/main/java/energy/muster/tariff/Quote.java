// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a kilowatt-hour costs for some time under one version of a tariff: all its energy charges
 * together, without what is a percentage of them.
 *
 * @param perKwh in the first tier; empty where a price that it follows was not published
 * @param lastTier when every tier has been gone through; the same where there are none
 */
public record Quote(
    Instant from,
    Instant until,
    Cell cell,
    Optional<BigDecimal> perKwh,
    Optional<BigDecimal> lastTier) {

  /** The price at a moment, and how long it stays so, looked at for a day. */
  public static Quote at(Tariff tariff, PriceBoard prices, Instant at) {
    return between(tariff, prices, at, at.plusSeconds(Stretches.SECONDS_OF_DAY)).get(0);
  }

  /** The prices of a local day of the tariff. */
  public static List<Quote> on(Tariff tariff, PriceBoard prices, LocalDate day) {
    return between(
        tariff, prices, tariff.validity().startOf(day), tariff.validity().startOf(day.plusDays(1)));
  }

  /**
   * The prices of a time, one after the other.
   *
   * @param from whole seconds count, as for {@code until}
   */
  public static List<Quote> between(Tariff tariff, PriceBoard prices, Instant from, Instant until) {
    List<int[]> rates =
        tariff.charges().energy().stream()
            .map(charge -> charge.rateOfCells(tariff.calendar()))
            .toList();
    Stretches stretches = Stretches.of(tariff.calendar(), tariff.validity().zone(), from, until);
    List<Quote> quotes = new ArrayList<>();
    for (int stretch = 0; stretch < stretches.size(); stretch++) {
      Instant begin = Instant.ofEpochSecond(stretches.from(stretch));
      Instant end = Instant.ofEpochSecond(stretches.until(stretch));
      for (Instant edge : edges(tariff, prices, begin, end)) {
        Quote quote = quote(tariff, prices, rates, stretches.cell(stretch), begin, edge);
        begin = edge;
        addOrExtend(quotes, quote);
      }
    }
    return quotes;
  }

  private static void addOrExtend(List<Quote> quotes, Quote more) {
    Quote last = quotes.isEmpty() ? null : quotes.get(quotes.size() - 1);
    if (last != null
        && last.cell.equals(more.cell)
        && last.perKwh.equals(more.perKwh)
        && last.lastTier.equals(more.lastTier)) {
      quotes.set(
          quotes.size() - 1,
          new Quote(last.from, more.until, last.cell, last.perKwh, last.lastTier));
    } else {
      quotes.add(more);
    }
  }

  /** Where a followed price may change after the begin, and the end. */
  private static NavigableSet<Instant> edges(
      Tariff tariff, PriceBoard prices, Instant begin, Instant end) {
    NavigableSet<Instant> edges = new TreeSet<>();
    for (EnergyCharge charge : tariff.charges().energy()) {
      for (EnergyCharge.Rate rate : charge.rates()) {
        if (rate.price() instanceof EnergyPrice.Following following) {
          for (Price price : prices.between(series(tariff, following), begin, end)) {
            edges.add(price.from());
            edges.add(price.until());
          }
        }
      }
    }
    edges.add(end);
    return edges.subSet(begin, false, end, true);
  }

  private static OfferName series(Tariff tariff, EnergyPrice.Following following) {
    return new OfferName(tariff.name().supplier(), following.series());
  }

  private static Quote quote(
      Tariff tariff, PriceBoard prices, List<int[]> rates, int cell, Instant from, Instant until) {
    Optional<BigDecimal> first = Optional.of(BigDecimal.ZERO);
    Optional<BigDecimal> last = first;
    for (int i = 0; i < rates.size(); i++) {
      EnergyCharge charge = tariff.charges().energy().get(i);
      EnergyPrice price = charge.rates().get(rates.get(i)[cell]).price();
      if (price instanceof EnergyPrice.Stated stated) {
        first = first.map(sum -> sum.add(stated.tiers().get(0).price()));
        last = last.map(sum -> sum.add(stated.tiers().get(stated.tiers().size() - 1).price()));
      } else if (price instanceof EnergyPrice.Following following) {
        Optional<BigDecimal> now =
            prices.at(series(tariff, following), from).map(Price::perKwh).map(following::of);
        first = first.flatMap(sum -> now.map(sum::add));
        last = last.flatMap(sum -> now.map(sum::add));
      }
    }
    return new Quote(from, until, tariff.calendar().cells().get(cell), first, last);
  }
}
