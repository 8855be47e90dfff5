// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.GoldenFile;
import energy.muster.json.Json;
import energy.muster.tariff.Tariff;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * A tariff with a bit of everything, of which the numbers are known beside the document.
 *
 * @param peakFrom minute of the day from which working days are dear
 * @param per what the end of a tier is meant for
 * @param prices of each rate, tier and charge, by a name
 */
record SampleTariff(
    ZoneId zone,
    int billingDay,
    int peakFrom,
    int peakUntil,
    int window,
    String per,
    boolean together,
    Map<String, BigDecimal> prices) {
  static final List<String> PRICES =
      List.of(
          "supply summer peak",
          "supply summer rest",
          "supply winter peak",
          "supply winter rest",
          "tiered summer-peak 1",
          "tiered summer-peak 2",
          "tiered summer-rest 1",
          "tiered summer-rest 2",
          "tiered winter 1",
          "tiered winter 2",
          "feed",
          "kw",
          "day",
          "month");

  BigDecimal price(String of) {
    BigDecimal price = prices.get(of);
    return of.equals("feed") ? price.negate() : price;
  }

  BigDecimal perDay() {
    return prices.get("day");
  }

  BigDecimal perMonth() {
    return prices.get("month");
  }

  BigDecimal perKilowatt() {
    return prices.get("kw");
  }

  BigDecimal tax() {
    return new BigDecimal("0.075");
  }

  BigDecimal tierEnd(String rate) {
    BigDecimal month =
        new BigDecimal(
            switch (rate) {
              case "summer-peak" -> "41.5";
              case "summer-rest" -> "120.125";
              default -> "97";
            });
    return per.equals("month")
        ? month
        : month.movePointLeft(1).setScale(3, java.math.RoundingMode.DOWN);
  }

  Tariff tariff() {
    ObjectNode tree = GoldenFile.tree("tariff");
    tree.remove(List.of("until", "minimum", "percentages", "export", "fixed", "energy"));
    tree.put("zone", zone.getId()).put("from", "2015-01-01").put("billingDay", billingDay);
    tree.set(
        "seasons",
        Json.parse(
                """
                {"x": [{"name": "summer", "days": ["04-01/09-30"]},
                 {"name": "winter", "days": ["10-01/03-31"]}]}""")
            .get("x"));
    tree.set(
        "dayTypes",
        Json.parse(
                """
                {"x": [{"name": "work", "days": ["mon", "tue", "wed", "thu", "fri", "sat"]},
                 {"name": "free", "days": ["sun", "holiday"]}]}""")
            .get("x"));
    tree.putArray("holidays").add("12-25").add("02-29");
    ArrayNode periods = tree.putArray("periods");
    period(periods, "peak", "work", peakFrom, peakUntil);
    period(periods, "rest", "work", peakUntil, peakFrom);
    period(periods, "rest", "free", 0, 0);
    charges(tree);
    return Tariff.read(Json.bytes(tree));
  }

  private void charges(ObjectNode tree) {
    ArrayNode fixed = tree.putArray("fixed");
    fixed.addObject().put("name", "Day").put("per", "day").put("amount", text("day"));
    fixed.addObject().put("name", "Month").put("per", "month").put("amount", text("month"));
    ArrayNode energy = tree.putArray("energy");
    ArrayNode supply = energy.addObject().put("name", "Supply").putArray("rates");
    for (String season : List.of("summer", "winter")) {
      for (String period : List.of("peak", "rest")) {
        rate(supply, season, period).put("price", text("supply " + season + " " + period));
      }
    }
    ObjectNode tiered = energy.addObject().put("name", "Tiered");
    tiered.putObject("tiering").put("per", per).put("counted", together ? "together" : "apart");
    ArrayNode rates = tiered.putArray("rates");
    tiers(rate(rates, "summer", "peak"), "summer-peak");
    tiers(rate(rates, "summer", "rest"), "summer-rest");
    ObjectNode winter = rates.addObject();
    winter.putArray("seasons").add("winter");
    tiers(winter, "winter");
    ObjectNode demand =
        tree.putArray("demand")
            .addObject()
            .put("name", "Demand")
            .put("minutes", window)
            .put("per", "month");
    demand.putArray("rates").addObject().put("price", text("kw")).putArray("periods").add("peak");
    tree.putArray("export")
        .addObject()
        .put("name", "Feed-in")
        .putArray("rates")
        .addObject()
        .put("price", text("feed"));
    tree.putArray("percentages").addObject().put("name", "Tax").put("percent", "7.5");
  }

  private static ObjectNode rate(ArrayNode rates, String season, String period) {
    ObjectNode rate = rates.addObject();
    rate.putArray("seasons").add(season);
    rate.putArray("periods").add(period);
    return rate;
  }

  private void tiers(ObjectNode rate, String name) {
    ArrayNode tiers = rate.putArray("tiers");
    tiers
        .addObject()
        .put("upTo", tierEnd(name).toPlainString())
        .put("price", text("tiered " + name + " 1"));
    tiers.addObject().put("price", text("tiered " + name + " 2"));
  }

  private String text(String price) {
    return prices.get(price).toPlainString();
  }

  private static void period(ArrayNode periods, String name, String dayType, int from, int until) {
    ObjectNode period = periods.addObject().put("name", name);
    period.putArray("dayTypes").add(dayType);
    period
        .put("from", LocalTime.MIDNIGHT.plusMinutes(from).toString())
        .put("until", LocalTime.MIDNIGHT.plusMinutes(until).toString());
  }
}
