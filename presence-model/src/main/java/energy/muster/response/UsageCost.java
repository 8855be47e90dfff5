// SPDX-License-Identifier: Apache-2.0
package energy.muster.response;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.tariff.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Objects;
import java.util.Optional;

/**
 * What a device used, and what that comes to with the supplier that it leaves and the one that it
 * takes.
 *
 * @param from the first day
 * @param until the first day after
 * @param left with the one that it leaves; empty where that cannot be reckoned
 */
public record UsageCost(
    LocalDate from, LocalDate until, BigDecimal kwh, Optional<Money> left, Money taken) {
  public UsageCost {
    Objects.requireNonNull(kwh);
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException("usage is of one day at least");
    }
    if (left.filter(money -> !money.currency().equals(taken.currency())).isPresent()) {
      throw new IllegalArgumentException("both costs are in one currency");
    }
  }

  static UsageCost read(Fields fields) {
    Currency currency = fields.value("currency", Money::currencyOf);
    return new UsageCost(
        fields.value("from", LocalDate::parse),
        fields.value("until", LocalDate::parse),
        fields.exact("kwh"),
        fields.optionalExact("left").map(amount -> new Money(amount, currency)),
        new Money(fields.exact("taken"), currency));
  }

  ObjectNode write() {
    ObjectNode object =
        Json.object()
            .put("from", from.toString())
            .put("until", until.toString())
            .put("kwh", kwh.toPlainString())
            .put("currency", taken.currency().getCurrencyCode());
    left.ifPresent(money -> object.put("left", money.amount().toPlainString()));
    return object.put("taken", taken.amount().toPlainString());
  }
}
