// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.metering.Quality;
import java.time.Instant;
import java.util.Objects;

/** Neighbouring intervals of a bill that were not simply measured. */
public record Doubt(Quality quality, Instant from, Instant until, int intervals) {
  public Doubt {
    Objects.requireNonNull(quality);
    Objects.requireNonNull(from);
    Objects.requireNonNull(until);
  }

  static Doubt read(Fields fields) {
    return new Doubt(
        fields.oneOf("quality", Quality::ofWire),
        fields.instant("from"),
        fields.instant("until"),
        Math.toIntExact(fields.integer("intervals")));
  }

  ObjectNode write() {
    return Json.object()
        .put("quality", quality.wire())
        .put("from", from.toString())
        .put("until", until.toString())
        .put("intervals", intervals);
  }
}
