// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.command.Power;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who was shed how long lately, and what must stay on, as the service has it from its journal.
 *
 * @param shed who is not in it was not shed
 */
record FairnessRecord(Map<BareJid, Duration> shed, Map<String, Power> floors) {
  private static final int DAYS = 7;
  private static final Duration ANSWER = Duration.ofSeconds(10);

  static FairnessRecord ask(Questions questions) throws InterruptedException {
    Payload question = Payload.of(Wire.FAIRNESS, Json.object().put("days", DAYS));
    String json = Questions.json(questions.get(question, ANSWER));
    return Fields.of(Json.parseLarge(json)).some(FairnessRecord::read);
  }

  private static FairnessRecord read(Fields fields) {
    Map<BareJid, Duration> shed = new HashMap<>();
    fields
        .objects("shed")
        .forEach(
            each ->
                shed.put(
                    each.value("device", BareJid::parse),
                    Duration.ofSeconds(each.integer("seconds"))));
    Map<String, Power> floors = new TreeMap<>();
    fields
        .objects("floors")
        .forEach(each -> floors.put(each.text("area"), Power.kilowatts(each.decimal("kw"))));
    return new FairnessRecord(shed, floors);
  }

  Duration of(BareJid device) {
    return shed.getOrDefault(device, Duration.ZERO);
  }
}
