// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.console.session.Candidates;
import energy.muster.console.session.Event;
import energy.muster.console.session.Ramp;
import energy.muster.console.session.Shortfall;

/** Goals and ramps as JSON. */
final class GoalObjects {
  private GoalObjects() {}

  /** Whether it was one of these events. */
  static boolean fill(Event event, ObjectNode object) {
    if (event instanceof Event.Planned planned) {
      planned(planned, object);
    } else if (event instanceof Event.Pursuing pursuing) {
      object
          .put("order", pursuing.order().text())
          .put("goalKw", pursuing.goal().shed().kilowatts())
          .put("candidates", pursuing.candidates());
    } else if (event instanceof Event.GoalEnded ended) {
      object
          .put("order", ended.order().text())
          .put("met", ended.met())
          .put("pursued", ended.pursued())
          .put("shedKw", ended.shed().kilowatts())
          .put("goalKw", ended.goal().shed().kilowatts());
      ObjectNode states = object.putObject("states");
      ended.counts().forEach((state, count) -> states.put(state.wire(), count));
      ArrayNode open = object.putArray("open");
      ended.open().forEach(device -> open.add(device.toString()));
      ended.lacking().ifPresent(lacking -> lacking(lacking, object.putObject("lacking")));
    } else if (event instanceof Event.Ramped ramped) {
      ArrayNode steps = object.putArray("steps");
      for (Ramp.Step step : ramped.steps()) {
        ObjectNode each =
            steps.addObject().put("at", step.at().toString()).put("kw", step.power().kilowatts());
        ArrayNode devices = each.putArray("devices");
        step.devices().forEach(device -> devices.add(device.toString()));
      }
    } else {
      return false;
    }
    return true;
  }

  private static void lacking(Shortfall lacking, ObjectNode object) {
    object.put("missingKw", lacking.missing().kilowatts());
    OrderObjects.deliveries("refused", object, lacking.refused());
    ArrayNode less = object.putArray("less");
    for (Shortfall.Offer offer : lacking.less()) {
      less.addObject()
          .put("device", offer.device().toString())
          .put("shedKw", offer.given().kilowatts())
          .put("askedKw", offer.asked().kilowatts());
    }
    ObjectNode notAsked = object.putObject("notAsked");
    lacking.notAsked().forEach((device, why) -> notAsked.put(device.toString(), why));
    object.put("until", lacking.until().toString());
  }

  private static void planned(Event.Planned planned, ObjectNode object) {
    object
        .put("goalKw", planned.goal().shed().kilowatts())
        .put("announcedKw", planned.announced().kilowatts())
        .put("enough", planned.enough());
    ArrayNode candidates = object.putArray("candidates");
    for (Candidates.Candidate each : planned.candidates()) {
      candidates
          .addObject()
          .put("device", each.device().toString())
          .put("kw", each.sheds().kilowatts())
          .put("shedSeconds", each.shedLately().toSeconds());
    }
    ObjectNode leftOut = object.putObject("leftOut");
    planned.leftOut().forEach((device, why) -> leftOut.put(device.toString(), why));
    ObjectNode floors = object.putObject("floorsKw");
    planned.floors().forEach((area, power) -> floors.put(area, power.kilowatts()));
  }
}
