// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.console.session.Event;
import energy.muster.duty.OnDuty;
import energy.muster.json.Json;
import energy.muster.refusal.Refusal;

/** What there is to tell of alarms, as JSON. */
final class AlarmObjects {
  private AlarmObjects() {}

  /** Whether it was about alarms. */
  static boolean fill(Event event, ObjectNode object) {
    if (event instanceof Event.AlarmOffered offered) {
      object.set("alarm", offered.alarm().write());
    } else if (event instanceof Event.AlarmHeard heard) {
      object.set("alarm", Json.parse(heard.alarm().write()));
    } else if (event instanceof Event.AlarmChanged changed) {
      object.put("mine", changed.mine()).set("alarm", changed.alarm().write());
    } else if (event instanceof Event.AlarmsListed listed) {
      ArrayNode alarms = object.putArray("alarms");
      listed.alarms().forEach(alarm -> alarms.add(alarm.write()));
      object.put("left", listed.left());
    } else if (event instanceof Event.AlarmShown shown) {
      shown(shown, object);
    } else if (event instanceof Event.AlarmsActed acted) {
      object.put("act", acted.kind().wire());
      acted.until().ifPresent(end -> object.put("until", end.toString()));
      ArrayNode done = object.putArray("done");
      acted.done().forEach(done::add);
      ArrayNode refused = object.putArray("refused");
      acted
          .refused()
          .forEach((number, why) -> refusal(refused.addObject().put("number", number), why));
    } else if (event instanceof Event.AlarmFigures figures) {
      object.setAll(figures.report().write());
    } else if (event instanceof Event.DutyShown duty) {
      duty(duty, object);
    } else {
      return false;
    }
    return true;
  }

  private static void shown(Event.AlarmShown shown, ObjectNode object) {
    object.set("alarm", shown.alarm().write());
    ArrayNode transitions = object.putArray("transitions");
    shown.transitions().forEach(transition -> transitions.add(transition.write()));
    ArrayNode signed = object.putArray("signed");
    for (Event.SignedWord word : shown.signed()) {
      signed
          .addObject()
          .put("signer", word.signer().toString())
          .put("issuedAt", word.issuedAt().toString())
          .put("what", word.what());
    }
    ArrayNode distrusted = object.putArray("distrusted");
    shown.distrusted().forEach(why -> refusal(distrusted.addObject(), why));
  }

  private static void refusal(ObjectNode object, Refusal why) {
    object.put("reason", why.reason().wire()).put("text", why.text());
  }

  private static void duty(Event.DutyShown duty, ObjectNode object) {
    object.put("asked", duty.asked().toString()).put("revision", duty.revision());
    ArrayNode teams = object.putArray("teams");
    for (Event.TeamOnDuty team : duty.teams()) {
      ObjectNode one = teams.addObject().put("team", team.team());
      team.now().ifPresent(now -> one.set("now", person(now)));
      team.next()
          .ifPresent(
              next -> {
                ObjectNode then = one.putObject("next").put("at", next.at().toString());
                next.to().ifPresent(to -> then.setAll(person(to)));
              });
    }
  }

  private static ObjectNode person(OnDuty onDuty) {
    ObjectNode object = Json.object().put("person", onDuty.person().toString());
    onDuty.rotation().ifPresent(name -> object.put("rotation", name));
    return object;
  }
}
