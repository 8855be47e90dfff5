// SPDX-License-Identifier: Apache-2.0
package energy.muster.response;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.response.PriceRule.Manner;
import energy.muster.tariff.Decimals;
import energy.muster.tariff.Money;
import energy.muster.tariff.OfferName;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What a device's signed settings say of prices: whose energy it may take, and what it does when
 * that is dear.
 *
 * @param offers tariffs, or series of prices, 1 to 8; it begins with the first
 * @param currency in which they are compared
 * @param rules at most 4; of those that respond the first is carried out. None when it only chooses
 *     its supplier
 * @param choice how it chooses among more than one
 */
public record PricePlan(
    List<OfferName> offers, Currency currency, List<PriceRule> rules, Optional<Choice> choice) {
  private static final int MOST_OFFERS = 8;
  private static final int MOST_RULES = 4;
  private static final String RULE = "rule";
  private static final String RULES = "rules";
  private static final String USAGE_DAYS = "usageDays";

  /**
   * When another supplier is taken.
   *
   * @param margin how much less a kilowatt-hour must cost elsewhere; 0 or more
   * @param shortestStay how long it stays with one at least, up to 366 days
   * @param usageDays of so many whole days the usage is billed with each, 1 to 90; empty where the
   *     prices of the moment are compared
   */
  public record Choice(BigDecimal margin, Duration shortestStay, OptionalInt usageDays) {
    private static final Duration LONGEST_STAY = Duration.ofDays(366);
    private static final int MOST_DAYS = 90;

    public Choice {
      require(margin.signum() >= 0, "margin is not negative");
      require(
          !shortestStay.isNegative() && shortestStay.compareTo(LONGEST_STAY) <= 0,
          "shortestStaySeconds is 0 to " + LONGEST_STAY.toSeconds());
      require(
          usageDays.isEmpty() || (usageDays.getAsInt() >= 1 && usageDays.getAsInt() <= MOST_DAYS),
          USAGE_DAYS + " is 1 to " + MOST_DAYS);
    }

    private static Choice read(Fields fields) {
      return new Choice(
          fields.value("margin", Decimals::parse),
          Duration.ofSeconds(fields.integer("shortestStaySeconds")),
          fields.has(USAGE_DAYS)
              ? OptionalInt.of(Math.toIntExact(fields.integer(USAGE_DAYS)))
              : OptionalInt.empty());
    }

    private String words(Currency currency) {
      return ", the cheapest "
          + (usageDays.isPresent() ? "for what it used in " + usageDays.getAsInt() + " days, " : "")
          + "by more than "
          + margin.toPlainString()
          + " "
          + currency;
    }
  }

  public PricePlan {
    offers = List.copyOf(offers);
    rules = List.copyOf(rules);
    Objects.requireNonNull(currency);
    Objects.requireNonNull(choice);
    require(
        !offers.isEmpty() && offers.size() <= MOST_OFFERS,
        "a price plan has 1 to " + MOST_OFFERS + " offers");
    require(offers.stream().distinct().count() == offers.size(), "an offer is named twice");
    require(
        choice.isPresent() == (offers.size() > 1),
        "margin and shortestStaySeconds are said where there is more than one offer");
    require(!rules.isEmpty() || choice.isPresent(), "a price plan has a rule or several offers");
    require(rules.size() <= MOST_RULES, "a price plan has at most " + MOST_RULES + " rules");
    for (PriceRule rule : rules) {
      require(rule.currency().equals(currency), "all rules of a price plan are in one currency");
      require(
          rules.size() == 1 || !(rule.manner() instanceof Manner.Generate),
          "a rule to generate stands alone");
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /**
   * Reads what {@link #write} wrote; an object with nothing in it is no plan.
   *
   * <p>The currency is the rules', and said only where there are none.
   */
  public static Optional<PricePlan> read(Fields fields) {
    return fields.all(known -> known.has("offers") ? Optional.of(plan(known)) : Optional.empty());
  }

  private static PricePlan plan(Fields fields) {
    List<PriceRule> rules = rules(fields);
    return new PricePlan(
        fields.values("offers", OfferName::parse),
        rules.isEmpty() ? fields.value("currency", Money::currencyOf) : rules.get(0).currency(),
        rules,
        fields.has("margin") || fields.has("shortestStaySeconds") || fields.has(USAGE_DAYS)
            ? Optional.of(Choice.read(fields))
            : Optional.empty());
  }

  private static List<PriceRule> rules(Fields fields) {
    if (!fields.has(RULES)) {
      return fields.optionalObject(RULE).map(PriceRule::read).stream().toList();
    }
    require(!fields.has(RULE), "either rule or rules is said");
    List<PriceRule> rules = fields.objects(RULES).stream().map(PriceRule::read).toList();
    require(!rules.isEmpty(), "rules is left out where there are none");
    return rules;
  }

  /** For people. */
  @Override
  public String toString() {
    String whose =
        "takes "
            + offers.stream().map(OfferName::toString).collect(Collectors.joining(" or "))
            + choice.map(how -> how.words(currency)).orElse("");
    return rules.isEmpty()
        ? whose
        : rules.stream().map(PriceRule::toString).collect(Collectors.joining("; else "))
            + "; "
            + whose;
  }

  public ObjectNode write() {
    ObjectNode object = Json.object();
    ArrayNode names = object.putArray("offers");
    offers.forEach(offer -> names.add(offer.toString()));
    if (rules.isEmpty()) {
      object.put("currency", currency.getCurrencyCode());
    } else if (rules.size() == 1) {
      object.set(RULE, rules.get(0).write());
    } else {
      ArrayNode all = object.putArray(RULES);
      rules.forEach(rule -> all.add(rule.write()));
    }
    choice.ifPresent(
        how -> {
          object
              .put("margin", how.margin().toPlainString())
              .put("shortestStaySeconds", how.shortestStay().toSeconds());
          how.usageDays().ifPresent(days -> object.put(USAGE_DAYS, days));
        });
    return object;
  }
}
