// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import java.util.Objects;

/** All that was published, tariffs and prices. It does not change: each document gives the next. */
public record Boards(TariffBoard tariffs, PriceBoard prices) {
  public static final Boards EMPTY = new Boards(TariffBoard.EMPTY, PriceBoard.EMPTY);

  public Boards {
    Objects.requireNonNull(tariffs);
    Objects.requireNonNull(prices);
  }

  /**
   * With one more. The same again changes nothing.
   *
   * @throws energy.muster.refusal.Refused as the board that it belongs on says
   */
  public Boards with(PriceDocument document) {
    if (document instanceof Tariff tariff) {
      return new Boards(tariffs.with(tariff), prices);
    } else if (document instanceof PriceSeries series) {
      return new Boards(tariffs, prices.with(series));
    }
    return new Boards(tariffs, prices.with((PriceAmendment) document));
  }
}
