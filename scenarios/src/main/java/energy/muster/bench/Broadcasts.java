// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.stage.Child;
import energy.muster.stage.StageFailure;

/** The bare broadcast that a signed request to many is compared with. */
final class Broadcasts {
  private Broadcasts() {}

  /** Lets the server ask each of them, unsigned, and returns the nanoseconds to the last answer. */
  static long once(Child server, String prefix, int characters, int devices, Patience patience) {
    int before = server.events().size();
    server.say("broadcast " + prefix + " " + characters);
    ObjectNode done =
        server
            .first(
                before,
                event -> event.path("event").asText().equals("broadcast"),
                patience.within())
            .orElseThrow(() -> patience.missed("the last answer to a broadcast"));
    if (done.get("sessions").asInt() != devices) {
      throw new StageFailure(
          "the broadcast went to " + done.get("sessions") + " sessions, not to " + devices);
    }
    return done.get("nanos").asLong();
  }
}
