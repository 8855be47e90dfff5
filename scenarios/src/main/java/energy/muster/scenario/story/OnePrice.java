// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tariffs of one supplier in which every kilowatt-hour costs the same, one version after another.
 */
final class OnePrice {
  static final String NEW_YORK = "America/New_York";

  private final Path folder;
  private final String supplier;
  private final String zone;
  private int version;

  OnePrice(Path folder, String supplier) {
    this(folder, supplier, NEW_YORK);
  }

  OnePrice(Path folder, String supplier, String zone) {
    this.folder = folder;
    this.supplier = supplier;
    this.zone = zone;
  }

  /** The file of the next version, which holds at once. */
  Path next(String perKwh) throws IOException {
    version++;
    return write(version, perKwh);
  }

  Path write(int number, String perKwh) throws IOException {
    ObjectNode tariff = terms(number);
    rates(tariff).putArray("rates").addObject().put("price", perKwh);
    return write(tariff, number);
  }

  /** The next version, in which what is above so many kilowatt-hours a day costs something else. */
  Path nextTiered(String perKwh, int upTo, String above) throws IOException {
    version++;
    ObjectNode tariff = terms(version);
    ObjectNode energy = rates(tariff);
    energy.putObject("tiering").put("per", "day").put("counted", "apart");
    ArrayNode tiers = energy.putArray("rates").addObject().putArray("tiers");
    tiers.addObject().put("upTo", String.valueOf(upTo)).put("price", perKwh);
    tiers.addObject().put("price", above);
    return write(tariff, version);
  }

  private ObjectNode terms(int number) {
    return Json.object()
        .put("supplier", supplier)
        .put("tariff", "home")
        .put("title", "One price for a home")
        .put("version", number)
        .put("currency", "USD")
        .put("zone", zone)
        .put("from", "2020-01-01")
        .put("billingDay", 1)
        .put("rounding", "line");
  }

  private static ObjectNode rates(ObjectNode tariff) {
    return tariff.putArray("energy").addObject().put("name", "Energy");
  }

  private Path write(ObjectNode tariff, int number) throws IOException {
    return Files.write(folder.resolve(supplier + "-home-" + number + ".json"), Json.bytes(tariff));
  }

  /** One rule of a plan, for the whole day, that ends 0.05 below its limit. */
  static ObjectNode rule(String manner, String limit) {
    ObjectNode rule =
        Json.object().put("manner", manner).put("currency", "USD").put("zone", NEW_YORK);
    rule.putArray("limits")
        .addObject()
        .put("from", "00:00")
        .put("until", "00:00")
        .put("perKwh", limit);
    return rule.put("hysteresis", "0.05")
        .put("shortestResponseSeconds", 1)
        .put("shortestRestSeconds", 1);
  }

  /** What a device does above a price of 0.80, which ends at 0.75. */
  static ObjectNode planAbove80(String manner, String... offers) {
    ObjectNode plan = plan(offers);
    plan.set("rule", rule(manner, "0.80"));
    return plan;
  }

  /** A plan of which the rules are to be said. */
  static ObjectNode plan(String... offers) {
    ObjectNode plan = Json.object();
    for (String offer : offers) {
      plan.withArray("offers").add(offer);
    }
    return plan;
  }
}
