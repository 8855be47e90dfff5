// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.json.Json;
import energy.muster.refusal.Refused;
import energy.muster.service.Outbound;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Failures;
import energy.muster.service.session.Session;
import energy.muster.service.session.Sessions;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Brings alarms to the consoles of those they are offered to, the most urgent first and only so
 * many at once; the answer says that a console is there. Only for use at the desk.
 */
final class Offers {
  private static final int AT_ONCE = 32;
  private static final Comparator<OpenAlarm> FIRST =
      Comparator.comparing(OpenAlarm::priority).thenComparingLong(OpenAlarm::number);

  private final Map<BareJid, Box> boxes = new HashMap<>();
  private final Floods floods;
  private final Sessions sessions;
  private final Outbound outbound;
  private final Desk desk;
  private final Unreached unreached;

  /** Hears of offers that reached nobody. */
  interface Unreached {
    /**
     * @param refused whether the console is there and does not take it
     */
    void unreached(BareJid person, FullJid session, OpenAlarm alarm, boolean refused);
  }

  private static final class Box {
    private final TreeSet<OpenAlarm> waiting = new TreeSet<>(FIRST);
    private int underWay;
  }

  Offers(Floods floods, Sessions sessions, Outbound outbound, Desk desk, Unreached unreached) {
    this.floods = floods;
    this.sessions = sessions;
    this.outbound = outbound;
    this.desk = desk;
    this.unreached = unreached;
  }

  void offer(BareJid person, OpenAlarm alarm) {
    boxes.computeIfAbsent(person, any -> new Box()).waiting.add(alarm);
    push(person);
  }

  private void push(BareJid person) {
    Box box = boxes.get(person);
    Optional<Session> session = sessions.proven(person);
    if (session.isEmpty()) {
      // They prove a session first, and what is offered to them then is put here again.
      box.waiting.clear();
      return;
    }
    while (box.underWay < AT_ONCE && !box.waiting.isEmpty()) {
      OpenAlarm next = box.waiting.pollFirst();
      if (next.care().isOfferedTo(person)) {
        send(person, session.get(), next, box);
      }
    }
  }

  private void send(BareJid person, Session session, OpenAlarm alarm, Box box) {
    FullJid to = session.jid();
    box.underWay++;
    outbound
        .ask(to, payload(alarm, person))
        .whenComplete(
            (answer, failure) ->
                desk.put(
                    () -> {
                      box.underWay--;
                      if (failure != null) {
                        boolean refused = Failures.cause(failure) instanceof Refused;
                        unreached.unreached(person, to, alarm, refused);
                      }
                      push(person);
                    }));
  }

  private Payload payload(OpenAlarm alarm, BareJid person) {
    ObjectNode json = Json.object();
    json.set("alarm", floods.entry(alarm, person).write());
    return alarm
        .word()
        .map(signed -> Payload.of(Wire.ALARM, signed, json))
        .orElseGet(() -> Payload.of(Wire.ALARM, json));
  }
}
