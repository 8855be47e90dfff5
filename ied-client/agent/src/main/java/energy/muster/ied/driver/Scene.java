// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import energy.muster.alarm.Happening;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.Quantity;
import energy.muster.refusal.Refused;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is played to a simulated thing, such as {@code {"load":96.4,"happenings":["tamper"]}}:
 * values that its sensors show instead of its own, each in its unit, and what happens to it.
 */
record Scene(Map<Quantity, BigDecimal> quantities, Set<Happening> happenings) {
  static final Scene QUIET = new Scene(Map.of(), Set.of());

  Scene {
    quantities = Map.copyOf(quantities);
    happenings = Set.copyOf(happenings);
  }

  /** Nothing is played without a file; empty if there is one that cannot be read, or not yet. */
  static Optional<Scene> read(Path script) {
    if (Files.notExists(script)) {
      return Optional.of(QUIET);
    }
    try {
      return Optional.of(Fields.readAll(Json.parse(Files.readAllBytes(script)), Scene::read));
    } catch (IOException | Refused unfinished) {
      return Optional.empty();
    }
  }

  private static Scene read(Fields fields) {
    Map<Quantity, BigDecimal> quantities = new EnumMap<>(Quantity.class);
    for (Quantity quantity : Quantity.values()) {
      fields
          .optionalDecimal(quantity.wire())
          .ifPresent(value -> quantities.put(quantity, quantity.require(value)));
    }
    List<Happening> happenings =
        fields.has("happenings")
            ? fields.values(
                "happenings",
                word ->
                    Happening.ofWire(word)
                        .orElseThrow(
                            () -> new IllegalArgumentException("nothing is called " + word)))
            : List.of();
    return new Scene(quantities, Set.copyOf(happenings));
  }
}
