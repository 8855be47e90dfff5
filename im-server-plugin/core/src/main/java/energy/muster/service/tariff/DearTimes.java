// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.tariff;

import energy.muster.tariff.Boards;
import energy.muster.tariff.OfferName;
import energy.muster.tariff.Quote;
import energy.muster.tariff.Tariff;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** When a tariff or a series costs more than so much, as far as it was published. */
final class DearTimes {
  private final Boards boards;

  DearTimes(Boards boards) {
    this.boards = boards;
  }

  /**
   * A time of which each moment is dear.
   *
   * @param most the highest price in it
   */
  record Dear(Instant from, Instant until, BigDecimal most) {
    private Dear and(Dear next) {
      return new Dear(from, next.until, most.max(next.most));
    }
  }

  List<Dear> above(OfferName offer, BigDecimal limit, Instant from, Instant until) {
    List<Dear> dear = new ArrayList<>();
    for (Dear each : prices(offer, from, until)) {
      if (each.most().compareTo(limit) > 0) {
        Dear last = dear.isEmpty() ? null : dear.get(dear.size() - 1);
        if (last != null && last.until().equals(each.from())) {
          dear.set(dear.size() - 1, last.and(each));
        } else {
          dear.add(each);
        }
      }
    }
    return dear;
  }

  private List<Dear> prices(OfferName offer, Instant from, Instant until) {
    List<Dear> prices = new ArrayList<>();
    boards
        .prices()
        .between(offer, from, until)
        .forEach(price -> prices.add(new Dear(price.from(), price.until(), price.perKwh())));
    Instant begin = from;
    for (Instant end : edges(offer, from, until)) {
      Optional<Tariff> tariff = boards.tariffs().at(offer, begin);
      if (tariff.isPresent()) {
        for (Quote quote : Quote.between(tariff.get(), boards.prices(), begin, end)) {
          Stream.concat(quote.perKwh().stream(), quote.lastTier().stream())
              .max(BigDecimal::compareTo)
              .ifPresent(most -> prices.add(new Dear(quote.from(), quote.until(), most)));
        }
      }
      begin = end;
    }
    return prices;
  }

  /** When another version may hold, and the end. */
  private NavigableSet<Instant> edges(OfferName offer, Instant from, Instant until) {
    NavigableSet<Instant> edges = new TreeSet<>();
    for (Tariff tariff : boards.tariffs().versionsOf(offer)) {
      edges.add(tariff.validity().begins());
      tariff.validity().ends().ifPresent(edges::add);
    }
    edges.add(until);
    return edges.subSet(from, false, until, true);
  }
}
