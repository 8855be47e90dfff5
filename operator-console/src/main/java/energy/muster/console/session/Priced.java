// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.tariff.OfferName;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** A tariff or series that was published, with what it costs at some times. */
public record Priced(
    OfferName offer, String document, String currency, ZoneId zone, List<Row> rows) {
  /**
   * What a kilowatt-hour costs for some time.
   *
   * @param perKwh empty where that was not published
   * @param lastTier when every tier has been gone through
   */
  public record Row(
      Instant from,
      Instant until,
      String when,
      Optional<BigDecimal> perKwh,
      Optional<BigDecimal> lastTier) {}
}
