// SPDX-License-Identifier: Apache-2.0
package energy.muster.response;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.tariff.Decimals;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.util.Objects;

/**
 * The price above which a device responds, at some hours of the day.
 *
 * @param until at or before {@code from} the hours go over midnight
 * @param perKwh in the currency of the rule
 */
public record PriceLimit(LocalTime from, LocalTime until, BigDecimal perKwh) {
  public PriceLimit {
    Objects.requireNonNull(from);
    Objects.requireNonNull(until);
    Objects.requireNonNull(perKwh);
  }

  static PriceLimit read(Fields fields) {
    return new PriceLimit(
        fields.value("from", LocalTime::parse),
        fields.value("until", LocalTime::parse),
        fields.value("perKwh", Decimals::parse));
  }

  ObjectNode write() {
    return Json.object()
        .put("from", from.toString())
        .put("until", until.toString())
        .put("perKwh", perKwh.toPlainString());
  }

  /** Such as {@code 0.80 from 06:00 to 18:00}; the price alone where it counts all day. */
  @Override
  public String toString() {
    return perKwh.toPlainString() + (from.equals(until) ? "" : " from " + from + " to " + until);
  }
}
