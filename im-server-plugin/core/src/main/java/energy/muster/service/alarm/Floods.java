// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.AlarmTransition;
import energy.muster.identity.BareJid;
import energy.muster.service.journal.AlarmArchive.Past;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Whose alarms come in a flood, and behind which of them. Only for use at the desk. */
final class Floods {
  private final Map<BareJid, Flood> floods = new HashMap<>();
  private final Map<BareJid, Map<Long, Long>> groups = new HashMap<>();

  /** Goes through what was offered lately once more. */
  void recover(List<Past> lately, AlarmBook book) {
    for (Past past : lately) {
      AlarmTransition step = past.transition();
      if (step.kind() == AlarmTransition.Kind.OFFERED) {
        offered(step.by().orElseThrow(), past.number(), step.at());
      }
    }
    groups.values().forEach(own -> own.keySet().removeIf(number -> book.alarm(number).isEmpty()));
  }

  void offered(BareJid person, OpenAlarm alarm, Instant now) {
    offered(person, alarm.number(), now);
  }

  private void offered(BareJid person, long number, Instant at) {
    OptionalLong first = floods.computeIfAbsent(person, any -> new Flood()).offered(number, at);
    Map<Long, Long> own = groups.computeIfAbsent(person, any -> new HashMap<>());
    if (first.isPresent()) {
      own.putIfAbsent(number, first.getAsLong());
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
