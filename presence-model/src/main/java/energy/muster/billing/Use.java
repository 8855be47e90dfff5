// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Instant;
import java.util.Objects;

/**
 * Neighbouring intervals that a line is for. At either end it may be a part of one, where a rate or
 * a tier ended within it.
 *
 * @param intervals how many they are, parts included
 * @param wh what they come to on this line
 */
public record Use(Instant from, Instant until, int intervals, long wh) {
  public Use {
    Objects.requireNonNull(from);
    Objects.requireNonNull(until);
  }

  static Use read(Fields fields) {
    return new Use(
        fields.instant("from"),
        fields.instant("until"),
        Math.toIntExact(fields.integer("intervals")),
        fields.integer("wh"));
  }

  ObjectNode write() {
    return Json.object()
        .put("from", from.toString())
        .put("until", until.toString())
        .put("intervals", intervals)
        .put("wh", wh);
  }
}
