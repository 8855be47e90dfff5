// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** The JSON of a report: one flat object, figures to three places. */
final class Figures {
  private final ObjectNode object;

  Figures(String bench) {
    object = Json.object().put("bench", bench);
  }

  Figures put(String name, int count) {
    object.put(name, count);
    return this;
  }

  Figures put(String name, double figure) {
    object.put(name, BigDecimal.valueOf(figure).setScale(3, RoundingMode.HALF_UP));
    return this;
  }

  ObjectNode json() {
    return object;
  }
}
