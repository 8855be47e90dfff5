// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.AlarmAct;
import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.AlarmReport;
import energy.muster.alarm.AlarmTransition;
import energy.muster.console.language.Hint;
import energy.muster.console.language.Line;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What a person asks about alarms, and signs that they do about them. */
final class Alarms {
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final int MOST = 200;

  private final Setup setup;
  private final AlarmBoard board;
  private final Notary notary;
  private final Rosters rosters;
  private final Questions questions;
  private final Consumer<Event> events;

  Alarms(
      Setup setup,
      AlarmBoard board,
      Notary notary,
      Rosters rosters,
      Questions questions,
      Consumer<Event> events) {
    this.setup = setup;
    this.board = board;
    this.notary = notary;
    this.rosters = rosters;
    this.questions = questions;
    this.events = events;
  }

  LineResult run(Line.OfAlarms line) throws InterruptedException {
    if (line instanceof Line.Alarms asked) {
      return list(asked);
    } else if (line instanceof Line.AlarmDetail asked) {
      return show(asked);
    } else if (line instanceof Line.OnAlarms act) {
      return act(act);
    } else if (line instanceof Line.OnDuty asked) {
      return rosters.duty(asked);
    } else if (line instanceof Line.Publish publish) {
      return rosters.publish(publish);
    }
    return report((Line.AlarmReport) line);
  }

  private LineResult list(Line.Alarms asked) throws InterruptedException {
    ObjectNode question =
        Json.object()
            .put("filter", asked.filter().name().toLowerCase(Locale.ROOT))
            .put("limit", MOST);
    Fields answer =
        Fields.of(questions.get(Payload.of(Wire.ALARMS, question), ANSWER).requireLargeJson());
    events.accept(
        new Event.AlarmsListed(
            now(),
            setup.identity().certified().jid(),
            answer.objects("alarms").stream().map(AlarmEntry::read).toList(),
            answer.optionalInteger("left").orElse(0)));
    return new LineResult.Done(true);
  }

  private LineResult show(Line.AlarmDetail asked) throws InterruptedException {
    Fields answer = history(asked.number());
    AlarmEntry entry = AlarmEntry.read(answer.object("alarm"));
    List<AlarmTransition> transitions =
        answer.objects("transitions").stream().map(AlarmTransition::read).toList();
    List<Event.SignedWord> signed = new ArrayList<>();
    List<Refusal> distrusted = new ArrayList<>();
    for (Fields document : answer.objects("documents")) {
      Sealed sealed = Sealed.ofBase64(document.text("sealed"));
      try {
        signed.add(notary.aboutAlarms(sealed));
      } catch (Refused e) {
        distrusted.add(
            new Refusal(e.refusal().reason(), document.text("issuer") + ": " + e.refusal().text()));
      }
    }
    events.accept(
        new Event.AlarmShown(
            now(), setup.identity().certified().jid(), entry, transitions, signed, distrusted));
    return new LineResult.Done(distrusted.isEmpty());
  }

  private Fields history(long number) throws InterruptedException {
    return Fields.of(
        questions
            .get(Payload.of(Wire.ALARM_HISTORY, Json.object().put("number", number)), ANSWER)
            .requireLargeJson());
  }

  private LineResult act(Line.OnAlarms line) throws InterruptedException {
    Map<DocumentId, Long> numbers = new LinkedHashMap<>();
    for (long number : line.numbers()) {
      Optional<AlarmEntry> known = board.find(number);
      AlarmEntry entry =
          known.isPresent() ? known.get() : AlarmEntry.read(history(number).object("alarm"));
      numbers.put(entry.occurrence(), number);
    }
    Instant now = now();
    AlarmAct act;
    try {
      act =
          new AlarmAct(
              new Header(
                  DocumentType.ALARM_ACT,
                  setup.site(),
                  DocumentId.next(now),
                  setup.identity().certified().jid(),
                  now),
              List.copyOf(numbers.keySet()),
              line.kind(),
              line.until().map(moment -> moment.resolve(now, setup.zone())),
              line.oneShot(),
              line.reason());
    } catch (IllegalArgumentException e) {
      throw new Hint(0, e.getMessage());
    }
    Payload answer =
        questions.set(
            Payload.of(Wire.ACT, Sealer.seal(act.write(), now, setup.identity())),
            ANSWER,
            why -> {});
    return acted(act, numbers, Fields.of(answer.requireLargeJson()));
  }

  private LineResult acted(AlarmAct act, Map<DocumentId, Long> numbers, Fields answer) {
    Map<Long, Refusal> refused = new LinkedHashMap<>();
    for (Fields no : answer.objects("refused")) {
      Long number = numbers.get(no.value("alarm", DocumentId::new));
      if (number != null) {
        refused.put(number, new Refusal(no.oneOf("reason", Reason::ofWire), no.text("text")));
      }
    }
    List<Long> done =
        numbers.values().stream().filter(number -> !refused.containsKey(number)).toList();
    events.accept(new Event.AlarmsActed(now(), act.kind(), act.until(), done, refused));
    return new LineResult.Done(refused.isEmpty());
  }

  private LineResult report(Line.AlarmReport asked) throws InterruptedException {
    ObjectNode question = Json.object();
    asked
        .since()
        .ifPresent(since -> question.put("since", since.resolve(now(), setup.zone()).toString()));
    AlarmReport report =
        AlarmReport.read(
            Fields.of(
                    questions
                        .get(Payload.of(Wire.ALARM_REPORT, question), ANSWER)
                        .requireLargeJson())
                .object("report"));
    events.accept(new Event.AlarmFigures(now(), report, asked.csv()));
    return new LineResult.Done(true);
  }

  private Instant now() {
    return setup.clock().instant();
  }
}
