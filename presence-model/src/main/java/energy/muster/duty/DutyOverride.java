// SPDX-License-Identifier: Apache-2.0
package energy.muster.duty;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Instant;
import java.util.Objects;

/**
 * Somebody who is on duty whatever the rotations say.
 *
 * @param from the first moment
 * @param until no longer
 */
public record DutyOverride(BareJid person, Instant from, Instant until) {
  public DutyOverride {
    Objects.requireNonNull(person);
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException("an override ends after it begins");
    }
  }

  boolean includes(Instant at) {
    return !at.isBefore(from) && at.isBefore(until);
  }

  boolean overlaps(DutyOverride other) {
    return from.isBefore(other.until) && other.from.isBefore(until);
  }

  static DutyOverride read(Fields fields) {
    return new DutyOverride(
        fields.value("person", BareJid::parse), fields.instant("from"), fields.instant("until"));
  }

  ObjectNode write() {
    return Json.object()
        .put("person", person.toString())
        .put("from", from.toString())
        .put("until", until.toString());
  }
}
