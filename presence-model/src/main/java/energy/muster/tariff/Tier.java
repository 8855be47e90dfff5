// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A price for as much as lies between the tier before and this one's end.
 *
 * @param upTo the end, in kWh or kW, at most 3 decimals; empty for the last tier
 * @param price of one kWh or kW, in the tariff's currency
 */
public record Tier(Optional<BigDecimal> upTo, BigDecimal price) {
  static final int MOST = 16;

  private static final int MOST_DECIMALS = 3;

  public Tier {
    upTo.ifPresent(
        end ->
            Terms.require(
                end.signum() > 0 && end.scale() <= MOST_DECIMALS,
                "a tier ends above 0, with at most 3 decimals, not at %s",
                end));
  }

  static Tier last(BigDecimal price) {
    return new Tier(Optional.empty(), price);
  }

  /** Tiers rise, and the last has no end: there is a price for whatever is used. */
  static List<Tier> requireRising(List<Tier> tiers) {
    Terms.require(!tiers.isEmpty(), "there is one tier at least");
    for (int i = 0; i < tiers.size(); i++) {
      Optional<BigDecimal> end = tiers.get(i).upTo();
      boolean last = i == tiers.size() - 1;
      Terms.require(
          end.isEmpty() == last,
          last ? "tiers: nothing above %s" : "only the last tier has no end",
          end.map(BigDecimal::toPlainString).orElse(""));
      Terms.require(
          i == 0 || last || end.get().compareTo(tiers.get(i - 1).upTo().orElseThrow()) > 0,
          "tiers rise, and %s does not",
          end.map(BigDecimal::toPlainString).orElse(""));
    }
    return Terms.atMost(MOST, "tiers", tiers);
  }

  /** A plain price, or tiers. */
  static List<Tier> readAll(Fields rate) {
    return rate.has("price")
        ? List.of(last(rate.value("price", Decimals::parse)))
        : Terms.listed(rate, "tiers", Tier::read);
  }

  static void writeAll(ObjectNode rate, List<Tier> tiers) {
    if (tiers.size() == 1) {
      rate.put("price", tiers.get(0).price().toPlainString());
    } else {
      Terms.put(rate, "tiers", tiers, Tier::write);
    }
  }

  private static Tier read(Fields fields) {
    return new Tier(
        fields.optionalValue("upTo", Decimals::parse), fields.value("price", Decimals::parse));
  }

  private ObjectNode write() {
    ObjectNode object = Json.object();
    upTo.ifPresent(end -> object.put("upTo", end.toPlainString()));
    return object.put("price", price.toPlainString());
  }
}
