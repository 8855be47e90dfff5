// SPDX-License-Identifier: Apache-2.0
package energy.muster.response;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.tariff.Decimals;
import energy.muster.tariff.Money;
import energy.muster.tariff.OfferName;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a device's signed settings say of prices: whose energy it may take, and what it does when
 * that is dear.
 *
 * @param offers tariffs, or series of prices, 1 to 8; it begins with the first
 * @param currency in which they are compared
 * @param rule empty when it only chooses its supplier
 * @param choice how it chooses among more than one
 */
public record PricePlan(
    List<OfferName> offers, Currency currency, Optional<PriceRule> rule, Optional<Choice> choice) {
  private static final int MOST_OFFERS = 8;

  /**
   * When another supplier is taken.
   *
   * @param margin how much less a kilowatt-hour must cost elsewhere; 0 or more
   * @param shortestStay how long it stays with one at least, up to 366 days
   */
  public record Choice(BigDecimal margin, Duration shortestStay) {
    private static final Duration LONGEST_STAY = Duration.ofDays(366);

    public Choice {
      require(margin.signum() >= 0, "margin is not negative");
      require(
          !shortestStay.isNegative() && shortestStay.compareTo(LONGEST_STAY) <= 0,
          "shortestStaySeconds is 0 to " + LONGEST_STAY.toSeconds());
    }
  }

  public PricePlan {
    offers = List.copyOf(offers);
    Objects.requireNonNull(currency);
    Objects.requireNonNull(rule);
    Objects.requireNonNull(choice);
    require(
        !offers.isEmpty() && offers.size() <= MOST_OFFERS,
        "a price plan has 1 to " + MOST_OFFERS + " offers");
    require(offers.stream().distinct().count() == offers.size(), "an offer is named twice");
    require(
        choice.isPresent() == (offers.size() > 1),
        "margin and shortestStaySeconds are said where there is more than one offer");
    require(rule.isPresent() || choice.isPresent(), "a price plan has a rule or several offers");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /**
   * Reads what {@link #write} wrote; an object with nothing in it is no plan.
   *
   * <p>The currency is the rule's, and said only where there is none.
   */
  public static Optional<PricePlan> read(Fields fields) {
    return fields.all(known -> known.has("offers") ? Optional.of(plan(known)) : Optional.empty());
  }

  private static PricePlan plan(Fields fields) {
    Optional<PriceRule> rule = fields.optionalObject("rule").map(PriceRule::read);
    return new PricePlan(
        fields.values("offers", OfferName::parse),
        rule.isPresent() ? rule.get().currency() : fields.value("currency", Money::currencyOf),
        rule,
        fields.has("margin") || fields.has("shortestStaySeconds")
            ? Optional.of(
                new Choice(
                    fields.value("margin", Decimals::parse),
                    Duration.ofSeconds(fields.integer("shortestStaySeconds"))))
            : Optional.empty());
  }

  /** For people. */
  @Override
  public String toString() {
    String whose =
        offers.stream().map(OfferName::toString).collect(Collectors.joining(" or "))
            + choice
                .map(
                    how ->
                        ", the cheapest by more than "
                            + how.margin().toPlainString()
                            + " "
                            + currency)
                .orElse("");
    return rule.map(does -> does + "; takes " + whose).orElse("takes " + whose);
  }

  public ObjectNode write() {
    ObjectNode object = Json.object();
    ArrayNode names = object.putArray("offers");
    offers.forEach(offer -> names.add(offer.toString()));
    if (rule.isPresent()) {
      object.set("rule", rule.get().write());
    } else {
      object.put("currency", currency.getCurrencyCode());
    }
    choice.ifPresent(
        how ->
            object
                .put("margin", how.margin().toPlainString())
                .put("shortestStaySeconds", how.shortestStay().toSeconds()));
    return object;
  }
}
