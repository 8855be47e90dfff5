// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Instant;

/**
 * A device came back other than it was believed to be, and no order of which the service knows
 * explains it.
 *
 * @param at when that was found
 * @param believed what it last said, and what its orders had made of that: {@code off, limit 5 kW}
 * @param known when it had last been heard
 * @param found what it said on its return, of the same things
 */
public record Difference(Instant at, String believed, Instant known, String found) {
  public static Difference read(Fields fields) {
    return fields.some(
        some ->
            new Difference(
                some.instant("at"),
                some.text("believed"),
                some.instant("known"),
                some.text("found")));
  }

  public ObjectNode write() {
    return Json.object()
        .put("at", at.toString())
        .put("believed", believed)
        .put("known", known.toString())
        .put("found", found);
  }
}
