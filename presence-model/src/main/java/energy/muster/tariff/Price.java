// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import energy.muster.document.DocumentId;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What a kilowatt-hour costs in one interval of a series.
 *
 * @param perKwh as it counts now
 * @param original as the series said at first
 * @param version 1 where it was not amended, otherwise the amendment's
 * @param source the document that says so
 */
public record Price(
    Instant from,
    Instant until,
    BigDecimal perKwh,
    BigDecimal original,
    long version,
    DocumentId source) {
  public boolean amended() {
    return version > 1;
  }
}
