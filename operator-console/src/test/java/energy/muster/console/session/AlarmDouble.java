// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.AlarmEntry;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a service answers about alarms, as it was told to. */
final class AlarmDouble {
  private final Map<Long, AlarmEntry> alarms = new TreeMap<>();
  private final List<Payload> asked = new ArrayList<>();
  private final List<Sealed> documents = new ArrayList<>();
  private Optional<Payload> duty = Optional.empty();

  /** How the next questions for the open ones fail, the first first. */
  final Deque<RuntimeException> failing = new ArrayDeque<>();

  private Runnable meanwhile = () -> {};
  private ObjectNode acted = Json.object();
  private ObjectNode report = Json.object();

  AlarmDouble() {
    acted.putArray("done");
    acted.putArray("refused");
  }

  void keep(AlarmEntry alarm) {
    alarms.put(alarm.number(), alarm);
  }

  /** What happens while the list of alarms is on its way. */
  void meanwhile(Runnable happens) {
    meanwhile = happens;
  }

  /** Signed words about any alarm. */
  void keep(Sealed document) {
    documents.add(document);
  }

  void duty(Sealed roster) {
    duty = Optional.of(Payload.of(Wire.DUTY, roster));
  }

  void acts(ObjectNode answer) {
    acted = answer;
  }

  void report(ObjectNode answer) {
    report = answer;
  }

  /** What was asked about this. */
  List<Payload> asked(Wire wire) {
    return asked.stream().filter(payload -> payload.wire() == wire).toList();
  }

  Payload answer(Payload question) {
    asked.add(question);
    return switch (question.wire()) {
      case ALARMS -> {
        if (!failing.isEmpty()) {
          throw failing.remove();
        }
        ObjectNode list = Json.object();
        ArrayNode all = list.putArray("alarms");
        alarms.values().forEach(alarm -> all.add(alarm.write()));
        meanwhile.run();
        yield Payload.of(Wire.ALARMS, list);
      }
      case ALARM_HISTORY -> history(question.requireJson().path("number").asLong());
      case ACT -> Payload.of(Wire.ACT, acted);
      case ALARM_REPORT -> Payload.of(Wire.ALARM_REPORT, Json.object().set("report", report));
      case DUTY -> duty.orElse(Payload.empty(Wire.DUTY));
      default -> Payload.empty(question.wire());
    };
  }

  private Payload history(long number) {
    AlarmEntry alarm = alarms.get(number);
    if (alarm == null) {
      throw new Refused(Reason.UNKNOWN, "you have no such alarm");
    }
    ObjectNode history = Json.object();
    history.set("alarm", alarm.write());
    history
        .putArray("transitions")
        .addObject()
        .put("at", alarm.since().toString())
        .put("what", "raised")
        .put("text", alarm.text());
    ArrayNode list = history.putArray("documents");
    for (Sealed document : documents) {
      list.addObject()
          .put("id", alarm.occurrence().text())
          .put("issuer", alarm.device().toString())
          .put("at", alarm.since().toString())
          .put("sealed", document.base64());
    }
    return Payload.of(Wire.ALARM_HISTORY, history);
  }
}
