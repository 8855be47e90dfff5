// SPDX-License-Identifier: Apache-2.0
package energy.muster.outcome;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Instant;

/**
 * What a device says of its clock.
 *
 * @param now its time
 * @param sure whether it trusts it; while not, it only reads and takes a sync-time
 * @param nonce what a sync-time must echo; good for one
 */
public record ClockReport(Instant now, boolean sure, String nonce) {
  static ClockReport read(Fields fields) {
    ClockReport report =
        new ClockReport(fields.instant("now"), fields.flag("sure"), fields.text("nonce"));
    fields.end();
    return report;
  }

  ObjectNode write() {
    return Json.object().put("now", now.toString()).put("sure", sure).put("nonce", nonce);
  }
}
