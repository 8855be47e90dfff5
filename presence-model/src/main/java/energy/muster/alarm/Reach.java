// SPDX-License-Identifier: Apache-2.0
package energy.muster.alarm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.Show;
import energy.muster.refusal.Refused;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a device that the service does not answer finds a person: the sessions there are, each as it
 * shows itself. What the server says here is a hint; whoever answers has the alarm.
 */
public record Reach(Map<FullJid, Show> sessions) {
  /** More sessions of one person are not told. */
  public static final int MOST = 8;

  public Reach {
    sessions = Collections.unmodifiableMap(new LinkedHashMap<>(sessions));
  }

  /** Those that take an alarm: neither away nor not to be disturbed. */
  public List<FullJid> there() {
    return sessions.entrySet().stream()
        .filter(session -> session.getValue() == Show.AVAILABLE)
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * What there is to be read in it; sessions of anybody else than this person do not count, and an
   * answer that cannot be read shows none.
   */
  public static Reach read(Payload payload, BareJid person) {
    Map<FullJid, Show> sessions = new LinkedHashMap<>();
    try {
      for (Fields one : Fields.of(payload.requireJson()).objects("sessions")) {
        FullJid session = one.value("address", FullJid::parse);
        if (session.bare().equals(person) && sessions.size() < MOST) {
          sessions.put(session, one.oneOf("show", Show::ofWire));
        }
      }
    } catch (Refused e) {
      return new Reach(Map.of());
    }
    return new Reach(sessions);
  }

  public Payload payload() {
    ObjectNode object = Json.object();
    ArrayNode array = object.putArray("sessions");
    sessions.forEach(
        (session, show) ->
            array.addObject().put("address", session.toString()).put("show", show.wire()));
    return Payload.of(Wire.REACH, object);
  }
}
