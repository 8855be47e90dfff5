// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.alarm.Alarm;
import energy.muster.alarm.AlarmEntry.Aside;
import energy.muster.alarm.AlarmTransition.Kind;
import energy.muster.alarm.HeardAlarm;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.service.desk.Pause;
import energy.muster.service.desk.Reception;
import energy.muster.service.journal.AlarmPaper;
import energy.muster.service.session.CurrentTrust;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Takes the alarms of devices; one is answered when it is on disk. */
final class AlarmIntake {
  /** A rule each, and as many again from earlier settings. */
  private static final int MOST_OPEN = 64;

  private static final int MOST_IN_WINDOW = 120;

  private final String site;
  private final CurrentTrust trust;
  private final AlarmBook book;
  private final Papers papers;
  private final Owners owners;
  private final Outages outages;
  private final Chatter chatter;
  private final WhoIsThere whoIsThere;
  private final Reception reception;
  private final InstantSource clock;
  private final Map<BareJid, Meter> meters = new HashMap<>();

  /** How many documents came from one device within a minute. */
  private static final class Meter {
    private Pause minute = Pause.NONE;
    private int count;
  }

  AlarmIntake(
      String site,
      CurrentTrust trust,
      AlarmBook book,
      Papers papers,
      Owners owners,
      Outages outages,
      Chatter chatter,
      WhoIsThere whoIsThere,
      Reception reception,
      InstantSource clock) {
    this.site = site;
    this.trust = trust;
    this.book = book;
    this.papers = papers;
    this.owners = owners;
    this.outages = outages;
    this.chatter = chatter;
    this.whoIsThere = whoIsThere;
    this.reception = reception;
    this.clock = clock;
  }

  /** Any thread. */
  CompletionStage<Payload> take(BareJid sender, Payload payload) {
    Sealed sealed = payload.requireSealed();
    return reception
        .take(
            () -> HeardAlarm.of(sealed, sender, site, trust.get(), clock.instant()),
            heard -> {
              meter(sender);
              return papers.once(
                  sender, heard.alarm().header().id(), heard.digest(), () -> decide(heard, sealed));
            })
        .thenApply(answer -> new Payload(Wire.ALARM, Optional.empty(), Optional.of(answer)));
  }

  private void meter(BareJid device) {
    Instant now = clock.instant();
    Meter meter = meters.computeIfAbsent(device, any -> new Meter());
    if (meter.minute.over(now)) {
      meter.minute = Pause.of(now, Folding.WINDOW);
      meter.count = 0;
    }
    meter.count++;
    if (meter.count > MOST_IN_WINDOW) {
      throw new Refused(
          Reason.RATE_LIMITED,
          "more than %d alarms a minute: say it again later".formatted(MOST_IN_WINDOW));
    }
  }

  private Papers.Decided decide(HeardAlarm heard, Sealed sealed) {
    Alarm alarm = heard.alarm();
    OpenAlarm taken = alarm.isOnset() ? onset(heard, sealed) : returned(heard);
    String answer = Json.text(Json.object().put("number", taken.number()));
    Instant now = clock.instant();
    AlarmPaper paper =
        new AlarmPaper(
            heard.device().jid(),
            alarm.header().id(),
            now,
            heard.digest(),
            sealed,
            List.of(taken.number()),
            answer);
    return new Papers.Decided(List.of(taken), paper, () -> follow(taken));
  }

  private void follow(OpenAlarm alarm) {
    if (alarm.life().looks() && alarm.search().isEmpty()) {
      outages.raised(alarm);
    } else {
      outages.changed(alarm);
    }
  }

  private OpenAlarm onset(HeardAlarm heard, Sealed sealed) {
    Alarm word = heard.alarm();
    BareJid device = heard.device().jid();
    Instant now = clock.instant();
    Point point = Point.of(device, word.rule());
    book.requireOf(point, word.occurrence());
    if (book.at(point).isEmpty()) {
      requireRoom(device);
    }
    chatter.begins(point);
    Optional<OpenAlarm> known = chatter.goesOn(point);
    OpenAlarm alarm = known.orElseGet(() -> raise(device, word, now));
    if (known.isPresent()) {
      fold(alarm, word, now);
    }
    alarm.word(sealed);
    if (chatter.isOften(point) && !alarm.chattering()) {
      alarm.chattering(true);
      alarm.note(now, Kind.CHATTERING, Optional.empty(), "more than 5 times in a minute");
    }
    return alarm;
  }

  private void requireRoom(BareJid device) {
    if (book.of(device).size() >= MOST_OPEN) {
      throw new Refused(Reason.BUSY, "the device has %d open alarms".formatted(MOST_OPEN));
    }
  }

  private OpenAlarm raise(BareJid device, Alarm word, Instant now) {
    OpenAlarm alarm = OpenAlarm.of(book.nextNumber(), device, word, now);
    book.add(alarm);
    alarm.note(now, Kind.RAISED, Optional.empty(), word.text());
    return alarm;
  }

  private void fold(OpenAlarm alarm, Alarm word, Instant now) {
    boolean again = alarm.life().over();
    if (again) {
      alarm.become(alarm.life().lapsed().onset());
      book.add(alarm);
    } else {
      alarm.become(alarm.life().onset());
    }
    alarm.said(word);
    book.occurs(alarm);
    alarm.returnedAt(Optional.empty());
    alarm.folds();
    alarm.note(now, Kind.FOLDED, Optional.empty(), word.text());
    // Whoever had it when it was over has it still, as long as it chatters.
    alarm
        .care()
        .leftBy()
        .filter(person -> again && !whoIsThere.left(person))
        .ifPresent(person -> owners.own(alarm, person));
  }

  private OpenAlarm returned(HeardAlarm heard) {
    Alarm word = heard.alarm();
    Instant now = clock.instant();
    BareJid device = heard.device().jid();
    Point point = Point.of(device, word.rule());
    book.requireOf(point, word.occurrence());
    Optional<OpenAlarm> known = book.of(word.occurrence()).or(() -> book.at(point));
    if (known.isEmpty()) {
      requireRoom(device);
    }
    OpenAlarm alarm = known.orElseGet(() -> raise(device, word, now));
    if (!alarm.occurrence().equals(word.occurrence()) || !alarm.life().active()) {
      // It has come again since: what ended is not what stands.
      return alarm;
    }
    alarm.said(word);
    alarm.returnedAt(Optional.of(word.clockSure() ? word.header().issuedAt() : now));
    boolean stays = alarm.parent().isEmpty() && alarm.aside().filter(Aside::oneShot).isEmpty();
    alarm.become(alarm.life().returned(stays));
    alarm.note(now, Kind.RETURNED, Optional.empty(), word.text());
    if (alarm.life().over()) {
      alarm.note(now, Kind.CLOSED, Optional.empty(), "");
    }
    return alarm;
  }
}
