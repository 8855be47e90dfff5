// SPDX-License-Identifier: Apache-2.0
package energy.muster.alarm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.presence.Quantity;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;

/**
 * What was measured when an alarm began or returned.
 *
 * @param value in the quantity's unit, or in that a minute
 * @param limit which it had reached
 * @param worst the furthest beyond the limit it has been in this occurrence
 * @param perMinute whether these are rates
 */
public record Reading(
    Quantity quantity, BigDecimal value, BigDecimal limit, BigDecimal worst, boolean perMinute) {
  public Reading {
    Objects.requireNonNull(quantity);
    if (!perMinute) {
      quantity.require(value);
      quantity.require(limit);
      quantity.require(worst);
    }
  }

  static Optional<Reading> read(Fields alarm) {
    return alarm
        .optionalOneOf("quantity", Quantity::ofWire)
        .map(
            quantity ->
                new Reading(
                    quantity,
                    alarm.decimal("value"),
                    alarm.decimal("limit"),
                    alarm.decimal("worst"),
                    alarm.optionalFlag("perMinute")));
  }

  void write(ObjectNode alarm) {
    alarm
        .put("quantity", quantity.wire())
        .put("value", value)
        .put("limit", limit)
        .put("worst", worst);
    if (perMinute) {
      alarm.put("perMinute", true);
    }
  }

  /** The unit as people write it. */
  public String spokenUnit() {
    return quantity.spokenUnit() + (perMinute ? " a minute" : "");
  }
}
