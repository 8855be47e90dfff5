// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.Certified;
import energy.muster.json.Json;
import energy.muster.service.Outbound;
import energy.muster.service.desk.Timetable;
import energy.muster.service.session.Session;
import energy.muster.service.session.Sessions;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells the people who may know of them how alarms change, many changes in one message. Only for
 * use at the desk.
 */
final class AlarmNews {
  private static final int MOST = 100;

  private final Map<Long, OpenAlarm> changed = new LinkedHashMap<>();
  private final AlarmSight sight;
  private final Floods floods;
  private final Sessions sessions;
  private final Outbound outbound;
  private final Timetable timetable;
  private final Duration interval;

  AlarmNews(
      AlarmSight sight,
      Floods floods,
      Sessions sessions,
      Outbound outbound,
      Timetable timetable,
      Duration interval) {
    this.sight = sight;
    this.floods = floods;
    this.sessions = sessions;
    this.outbound = outbound;
    this.timetable = timetable;
    this.interval = interval;
  }

  void changed(OpenAlarm alarm) {
    if (changed.isEmpty()) {
      timetable.after(interval, this::tell);
    }
    changed.put(alarm.number(), alarm);
  }

  private void tell() {
    List<OpenAlarm> news = List.copyOf(changed.values());
    changed.clear();
    for (Session session : sessions.persons(person -> true)) {
      session.certified().ifPresent(person -> tell(session, person, news));
    }
    news.stream().filter(alarm -> alarm.life().over()).forEach(floods::forget);
  }

  private void tell(Session session, Certified person, List<OpenAlarm> news) {
    ArrayNode list = Json.array();
    for (OpenAlarm alarm : news) {
      if (sight.sees(person, alarm)) {
        list.add(floods.entry(alarm, person.jid()).write());
      }
      if (list.size() == MOST) {
        send(session, list);
        list = Json.array();
      }
    }
    if (!list.isEmpty()) {
      send(session, list);
    }
  }

  private void send(Session session, ArrayNode list) {
    ObjectNode message = Json.object();
    message.set("changes", list);
    outbound.tell(session.jid(), Payload.of(Wire.ALARM_CHANGES, message));
  }
}
