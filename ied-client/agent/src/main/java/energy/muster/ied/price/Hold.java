// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.price;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a device leaves prices alone for a time.
 *
 * @param what who said what, for people
 * @param until without it, until somebody says otherwise
 */
record Hold(String what, Optional<Instant> until) {
  Hold {
    Objects.requireNonNull(what);
    Objects.requireNonNull(until);
  }

  boolean over(Instant now) {
    return until.filter(end -> !now.isBefore(end)).isPresent();
  }

  static Hold read(Fields fields) {
    return new Hold(fields.text("what"), fields.optionalInstant("until"));
  }

  ObjectNode write() {
    ObjectNode object = Json.object().put("what", what);
    until.ifPresent(end -> object.put("until", end.toString()));
    return object;
  }
}
