// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tariffs of one supplier in which every kilowatt-hour costs the same, one version after another.
 */
final class OnePrice {
  private final Path folder;
  private final String supplier;
  private int version;

  OnePrice(Path folder, String supplier) {
    this.folder = folder;
    this.supplier = supplier;
  }

  /** The file of the next version, which holds at once. */
  Path next(String perKwh) throws IOException {
    version++;
    return write(version, perKwh);
  }

  Path write(int number, String perKwh) throws IOException {
    ObjectNode tariff =
        Json.object()
            .put("supplier", supplier)
            .put("tariff", "home")
            .put("title", "One price for a home")
            .put("version", number)
            .put("currency", "USD")
            .put("zone", "America/New_York")
            .put("from", "2026-01-01")
            .put("billingDay", 1)
            .put("rounding", "line");
    ObjectNode energy = tariff.putArray("energy").addObject().put("name", "Energy");
    energy.putArray("rates").addObject().put("price", perKwh);
    return Files.write(folder.resolve(supplier + "-home-" + number + ".json"), Json.bytes(tariff));
  }

  /** What a device does above a price of 0.80, which ends at 0.75. */
  static ObjectNode planAbove80(String manner, String... offers) {
    ObjectNode plan = Json.object();
    for (String offer : offers) {
      plan.withArray("offers").add(offer);
    }
    ObjectNode rule =
        plan.putObject("rule")
            .put("manner", manner)
            .put("currency", "USD")
            .put("zone", "America/New_York");
    ObjectNode limit = rule.putArray("limits").addObject();
    limit.put("from", "00:00").put("until", "00:00").put("perKwh", "0.80");
    rule.put("hysteresis", "0.05").put("shortestResponseSeconds", 1).put("shortestRestSeconds", 1);
    return plan;
  }
}
