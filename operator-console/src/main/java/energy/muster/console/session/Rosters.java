// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.AlarmPolicy;
import energy.muster.console.language.Hint;
import energy.muster.console.language.Line;
import energy.muster.console.language.Spelling;
import energy.muster.document.DocumentType;
import energy.muster.duty.DutyRoster;
import energy.muster.duty.Team;
import energy.muster.json.Json;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Who is to answer, as an engineer has signed it; and the signing of it. */
final class Rosters {
  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final Setup setup;
  private final Notary notary;
  private final Questions questions;
  private final Consumer<Event> events;

  Rosters(Setup setup, Notary notary, Questions questions, Consumer<Event> events) {
    this.setup = setup;
    this.notary = notary;
    this.questions = questions;
    this.events = events;
  }

  LineResult duty(Line.OnDuty asked) throws InterruptedException {
    Optional<Sealed> sealed = questions.get(Payload.empty(Wire.DUTY), ANSWER).sealed();
    if (sealed.isEmpty()) {
      say("nobody has published who is on duty");
      return new LineResult.Done(false);
    }
    Instant now = now();
    DutyRoster roster;
    try {
      roster = notary.roster(sealed.get());
    } catch (Refused e) {
      events.accept(new Event.Distrusted(now, e.refusal()));
      return new LineResult.Done(false);
    }
    Instant at = asked.at().map(moment -> moment.resolve(now, setup.zone())).orElse(now);
    List<Event.TeamOnDuty> teams =
        named(roster, asked.team()).stream()
            .map(team -> new Event.TeamOnDuty(team.name(), team.at(at), team.next(at)))
            .toList();
    events.accept(new Event.DutyShown(now, at, roster.revision(), teams));
    return new LineResult.Done(true);
  }

  private static List<Team> named(DutyRoster roster, Optional<String> name) {
    if (name.isEmpty()) {
      return roster.teams();
    }
    return List.of(
        roster
            .team(name.get())
            .orElseThrow(
                () ->
                    new Hint(
                        "duty ".length(),
                        "there is no team "
                            + name.get()
                            + Spelling.didYouMean(
                                name.get(), roster.teams().stream().map(Team::name).toList()))));
  }

  LineResult publish(Line.Publish line) throws InterruptedException {
    DocumentFile plan = new DocumentFile(line.path(), line.column());
    ObjectNode file = plan.read();
    Instant now = now();
    if (line.plan() == Line.Plan.DUTY) {
      long revision = next(Wire.DUTY);
      byte[] document = plan.under(head(DocumentType.DUTY_ROSTER, revision, now), file);
      DutyRoster roster = plan.checked(document, DutyRoster::read);
      send(Wire.ROSTER, document, now);
      say("duty roster " + revision + " is in force: " + count(roster.teams().size(), "team"));
      return duty(new Line.OnDuty(Optional.empty(), Optional.empty()));
    }
    long revision = next(Wire.POLICY);
    byte[] document = plan.under(head(DocumentType.ALARM_POLICY, revision, now), file);
    AlarmPolicy policy = plan.checked(document, AlarmPolicy::read);
    send(Wire.POLICY, document, now);
    say("alarm policy " + revision + " is in force: " + count(policy.courses().size(), "course"));
    return new LineResult.Done(true);
  }

  /** The revision after the one in force, which is counted even if it is not believed. */
  private long next(Wire plan) throws InterruptedException {
    return questions
            .get(Payload.empty(plan), ANSWER)
            .sealed()
            .map(kept -> Json.parse(kept.unverified()).path("revision").asLong())
            .orElse(0L)
        + 1;
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private void send(Wire wire, byte[] document, Instant now) throws InterruptedException {
    questions.set(
        Payload.of(wire, Sealer.seal(document, now, setup.identity())), ANSWER, why -> {});
  }

  private ObjectNode head(DocumentType type, long revision, Instant now) {
    return DocumentFile.head(type, setup, now).put("revision", revision);
  }

  private void say(String text) {
    events.accept(new Event.Said(now(), text));
  }

  private Instant now() {
    return setup.clock().instant();
  }
}
