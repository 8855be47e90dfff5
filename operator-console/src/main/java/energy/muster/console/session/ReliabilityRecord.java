// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How reliable devices and areas were.
 *
 * @param observed how long of it the service was there to see
 * @param areas the least reliable first
 * @param devices likewise
 * @param json as the service said it
 */
public record ReliabilityRecord(
    Instant from,
    Duration observed,
    Figures all,
    List<Figures> areas,
    List<Figures> devices,
    ObjectNode json) {
  public ReliabilityRecord {
    areas = List.copyOf(areas);
    devices = List.copyOf(devices);
  }

  /**
   * Of one device, or of several together.
   *
   * @param availability 0 to 1, if anything was seen
   * @param nines none where nothing was ever down
   * @param saidi how long a device was interrupted on average, momentary interruptions apart
   */
  public record Figures(
      String name,
      int devices,
      OptionalDouble availability,
      OptionalDouble nines,
      Duration down,
      Duration planned,
      Duration saidi,
      int sustained,
      int momentary) {}

  static ReliabilityRecord read(String text) {
    ObjectNode json = Json.parseLarge(text);
    return Fields.of(json)
        .some(
            fields ->
                new ReliabilityRecord(
                    fields.instant("from"),
                    Duration.ofSeconds(fields.integer("observedSeconds")),
                    figures("all", json.path("all")),
                    figures(json.path("areas"), "area"),
                    figures(json.path("devices"), "device"),
                    json));
  }

  private static List<Figures> figures(JsonNode list, String name) {
    List<Figures> found = new ArrayList<>();
    list.forEach(each -> found.add(figures(each.path(name).asText(), each)));
    return found;
  }

  private static Figures figures(String name, JsonNode of) {
    return new Figures(
        name,
        of.path("devices").asInt(),
        number(of.path("availability")),
        number(of.path("nines")),
        Duration.ofSeconds(of.path("faultSeconds").asLong() + of.path("goodbyeSeconds").asLong()),
        Duration.ofSeconds(of.path("plannedSeconds").asLong()),
        Duration.ofSeconds(Math.round(of.path("saidiSeconds").asDouble())),
        of.path("sustained").asInt(),
        of.path("momentary").asInt());
  }

  private static OptionalDouble number(JsonNode node) {
    return node.isNumber() ? OptionalDouble.of(node.asDouble()) : OptionalDouble.empty();
  }
}
