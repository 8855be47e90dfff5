// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import energy.muster.metering.EnergySum;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.tariff.EnergyPrice;
import energy.muster.tariff.OfferName;
import energy.muster.tariff.Price;
import energy.muster.tariff.PriceBoard;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Adds up what energy comes to at the prices of a series, piece by piece in the order of time. */
final class FollowedPrices {
  private final EnergyPrice.Following following;
  private final OfferName series;
  private final Instant end;
  private final List<Price> prices;
  private int at;
  private BigDecimal amount = BigDecimal.ZERO;

  FollowedPrices(EnergyPrice.Following following, Part part, PriceBoard board) {
    this.following = following;
    this.series = new OfferName(part.tariff().name().supplier(), following.series());
    this.end = part.end();
    this.prices = board.between(series, part.start(), part.end());
  }

  void take(long from, long until, long wh) {
    if (wh == 0) {
      return;
    }
    long begin = from;
    while (begin < until) {
      Price price = priceAt(begin);
      long stop = Math.min(until, price.until().getEpochSecond());
      long share = Walk.share(wh, begin - from, stop - from, until - from);
      amount = amount.add(following.of(price.perKwh()).multiply(EnergySum.kwh(share)));
      begin = stop;
    }
  }

  private Price priceAt(long second) {
    while (at < prices.size() && prices.get(at).until().getEpochSecond() <= second) {
      at++;
    }
    if (at == prices.size() || prices.get(at).from().getEpochSecond() > second) {
      throw new Refused(
          Refusal.of(
              Reason.PRECONDITION,
              "%s: no price from %s to %s",
              series,
              Instant.ofEpochSecond(second),
              at == prices.size() ? end : prices.get(at).from()));
    }
    return prices.get(at);
  }

  BigDecimal amount() {
    return amount;
  }
}
