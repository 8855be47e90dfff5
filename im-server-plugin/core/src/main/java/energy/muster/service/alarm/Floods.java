// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.alarm.AlarmEntry;
import energy.muster.identity.BareJid;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Whose alarms come in a flood, and behind which of them. Only for use at the desk. */
final class Floods {
  private final Map<BareJid, Flood> floods = new HashMap<>();
  private final Map<BareJid, Map<Long, Long>> groups = new HashMap<>();

  void offered(BareJid person, OpenAlarm alarm, Instant now) {
    OptionalLong first =
        floods.computeIfAbsent(person, any -> new Flood()).offered(alarm.number(), now);
    Map<Long, Long> own = groups.computeIfAbsent(person, any -> new HashMap<>());
    if (first.isPresent()) {
      own.putIfAbsent(alarm.number(), first.getAsLong());
    }
  }

  /** The alarm as this person is told of it. */
  AlarmEntry entry(OpenAlarm alarm, BareJid person) {
    Long first = groups.getOrDefault(person, Map.of()).get(alarm.number());
    AlarmEntry entry = alarm.entry();
    return first == null ? entry : entry.inFloodOf(OptionalLong.of(first));
  }

  /** The alarms with which this person's floods began. */
  Set<Long> leaders(BareJid person) {
    return Set.copyOf(groups.getOrDefault(person, Map.of()).values());
  }

  void forget(OpenAlarm alarm) {
    groups.values().forEach(own -> own.remove(alarm.number()));
  }
}
