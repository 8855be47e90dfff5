// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.AlarmAct;
import energy.muster.alarm.AlarmAct.Kind;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.seal.Trust;
import energy.muster.service.desk.Reception;
import energy.muster.service.journal.AlarmPaper;
import energy.muster.service.session.CurrentTrust;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Takes what people do about alarms; an act is answered when it is on disk. */
final class ActDesk {
  /** An act is for now: one kept back must not speak for somebody who has left since. */
  private static final Duration FRESH = Duration.ofMinutes(10);

  private final String site;
  private final Duration ahead;
  private final CurrentTrust trust;
  private final AlarmBook book;
  private final AlarmSight sight;
  private final Papers papers;
  private final Acts acts;
  private final Reception reception;
  private final InstantSource clock;

  ActDesk(
      String site,
      Duration ahead,
      CurrentTrust trust,
      AlarmBook book,
      AlarmSight sight,
      Papers papers,
      Acts acts,
      Reception reception,
      InstantSource clock) {
    this.site = site;
    this.ahead = ahead;
    this.trust = trust;
    this.book = book;
    this.sight = sight;
    this.papers = papers;
    this.acts = acts;
    this.reception = reception;
    this.clock = clock;
  }

  private record Checked(AlarmAct act, Certified person, Opened opened, Sealed sealed) {}

  /** Any thread. */
  CompletionStage<Payload> act(BareJid sender, Payload payload) {
    return reception
        .take(
            () -> check(sender, payload.requireSealed()),
            checked ->
                papers.once(
                    sender,
                    checked.act().header().id(),
                    checked.opened().digest(),
                    () -> decide(checked)))
        .thenApply(answer -> new Payload(Wire.ACT, Optional.empty(), Optional.of(answer)));
  }

  private Checked check(BareJid sender, Sealed sealed) {
    Instant now = clock.instant();
    Trust believed = trust.get();
    Opened opened = believed.open(sealed, now);
    AlarmAct act = AlarmAct.read(opened.content());
    Certified person = opened.soleSigner();
    act.header().requireSite(site);
    if (!person.jid().equals(act.header().issuer()) || !person.jid().equals(sender)) {
      throw new Refused(Reason.NOT_AUTHORISED, "an act is signed and sent by whoever does it");
    }
    Instant issued = act.header().issuedAt();
    if (issued.isAfter(now.plus(ahead)) || issued.isBefore(now.minus(FRESH))) {
      throw new Refused(Reason.STALE, "it is issued at " + issued + ", here it is " + now);
    }
    if (believed.stale(now) && !quietens(act.kind())) {
      throw new Refused(Reason.TRUST_STALE, "the revocation list is out of date: bring a new one");
    }
    return new Checked(act, person, opened, sealed);
  }

  /** What must go on without a current revocation list: to take note, and to pass on. */
  private static boolean quietens(Kind kind) {
    return kind == Kind.ACKNOWLEDGE || kind == Kind.COMMENT || kind == Kind.ESCALATE;
  }

  private Papers.Decided decide(Checked checked) {
    AlarmAct act = checked.act();
    Map<DocumentId, Refusal> refused = new LinkedHashMap<>();
    List<OpenAlarm> done = new ArrayList<>();
    for (DocumentId occurrence : act.alarms()) {
      try {
        OpenAlarm alarm = find(checked.person(), act.kind(), occurrence);
        if (!done.contains(alarm)) {
          acts.apply(checked.person().jid(), act, alarm);
          done.add(alarm);
        }
      } catch (Refused no) {
        refused.put(occurrence, no.refusal());
      }
    }
    if (done.isEmpty()) {
      throw new Refused(refused.values().iterator().next());
    }
    List<Long> numbers = done.stream().map(OpenAlarm::number).toList();
    String answer = Json.text(answer(numbers, refused));
    AlarmPaper paper =
        new AlarmPaper(
            checked.person().jid(),
            act.header().id(),
            clock.instant(),
            checked.opened().digest(),
            checked.sealed(),
            numbers,
            answer);
    return new Papers.Decided(done, paper, () -> {});
  }

  /** An alarm one may not know of is answered as one that does not exist. */
  private OpenAlarm find(Certified person, Kind kind, DocumentId occurrence) {
    OpenAlarm alarm =
        book.of(occurrence)
            .filter(known -> sight.sees(person, known))
            .orElseThrow(
                () -> new Refused(Reason.UNKNOWN, "you have no open alarm " + occurrence.brief()));
    if (!sight.may(person, kind.roles(), alarm)) {
      throw new Refused(
          Refusal.of(
              Reason.NOT_AUTHORISED,
              "%s of alarm %d needs the role %s there",
              kind.wire(),
              alarm.number(),
              kind.roles().stream()
                  .map(role -> role.wire())
                  .sorted()
                  .collect(Collectors.joining(" or "))));
    }
    return alarm;
  }

  private static ObjectNode answer(List<Long> done, Map<DocumentId, Refusal> refused) {
    ObjectNode answer = Json.object();
    ArrayNode numbers = answer.putArray("done");
    done.forEach(numbers::add);
    ArrayNode no = answer.putArray("refused");
    refused.forEach(
        (occurrence, refusal) ->
            no.addObject()
                .put("alarm", occurrence.text())
                .put("reason", refusal.reason().wire())
                .put("text", refusal.text()));
    return answer;
  }
}
