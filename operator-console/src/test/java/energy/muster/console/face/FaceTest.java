// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.console.language.Hint;
import energy.muster.console.session.Event;
import energy.muster.console.session.Sample;
import energy.muster.console.session.Standing;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.fixture.TestPki;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.link.LinkState;
import energy.muster.outcome.ClockReport;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Result;
import energy.muster.presence.Certainty;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Difference;
import energy.muster.presence.Operating;
import energy.muster.presence.Restriction;
import energy.muster.presence.RestrictionReason;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.seal.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FaceTest {
  private static final Instant AT = Instant.parse("2026-06-01T12:03:22Z");
  private static final BareJid LOAD = TestPki.jid("load-48");
  private static final DocumentId ORDER = new DocumentId("01KAJ3Q4Z8M2V7X9B5N6T1R0CD");

  private static Event.Answered answered(Verb verb, Result result, Optional<ClockReport> clock) {
    Header header = new Header(DocumentType.OUTCOME, TestPki.SITE, ORDER, LOAD, AT);
    Outcome outcome =
        new Outcome(
            header,
            ORDER,
            Digest.of(new byte[0]),
            result,
            clock.map(any -> Sample.load(Operating.ON, 20)),
            clock);
    return new Event.Answered(
        AT, outcome, Instruction.plain(verb), 1, Optional.of(Duration.ofMillis(12)));
  }

  private static Contact contact(
      String name, DevicePresence presence, Certainty certainty, Optional<Contact.Absence> gone) {
    return new Contact(
        TestPki.jid(name),
        Set.of(new Area("branch-60")),
        Optional.of(presence),
        certainty,
        AT,
        gone);
  }

  private static List<Event> conversation() {
    Restriction starting =
        Restriction.of(RestrictionReason.INTERLOCKED, "starting", Optional.of(AT.plusSeconds(20)));
    Contact load =
        contact("load-48", Sample.load(Operating.ON, 20), Certainty.REAL, Optional.empty());
    Contact generator =
        contact(
            "gen-2",
            Sample.generator(Operating.STARTING, Optional.of(starting)),
            Certainty.REAL,
            Optional.empty());
    Contact gone =
        contact(
            "load-50a",
            Sample.load(Operating.ON, 40),
            Certainty.TEMPORARY,
            Optional.of(new Contact.Absence(true, AT, "gone without a reason", Optional.empty())));
    return List.of(
        new Event.Linked(AT, LinkState.PROVEN),
        new Event.Listed(AT, List.of(load, generator, gone)),
        new Event.Shown(AT, generator),
        new Event.Addressed(
            AT,
            Instruction.plain(Verb.SHED),
            List.of(LOAD, TestPki.jid("load-50a")),
            Optional.of(Power.kilowatts(60)),
            Optional.empty()),
        new Event.Accepted(
            AT, ORDER, Map.of(LOAD, new Standing(DeliveryState.SENT, Optional.empty(), ""))),
        answered(Verb.SHED, new Result.Executed("shed 20 kW → off"), Optional.empty()),
        answered(
            Verb.SHED,
            new Result.Declined(
                new Refusal(
                    Reason.CRITICAL_PROCESS, "critical process online, goes offline at 13:03")),
            Optional.empty()),
        answered(
            Verb.READ, new Result.Executed("read"), Optional.of(new ClockReport(AT, true, "n"))),
        new Event.Declined(AT, "shed", new Refusal(Reason.NOT_AUTHORISED, "not yours")),
        new Event.Distrusted(AT, new Refusal(Reason.BAD_SIGNATURE, "does not match")),
        new Event.Waiting(AT, ORDER, List.of(LOAD), Duration.ofSeconds(30)),
        new Event.StillOpen(
            AT, ORDER, Map.of(LOAD, new Standing(DeliveryState.HELD, Optional.empty(), ""))),
        new Event.Ended(
            AT, ORDER, LOAD, new Standing(DeliveryState.EXPIRED, Optional.empty(), "too late")),
        new Event.Changed(AT, generator),
        new Event.Noticed(
            AT, "fault", Optional.empty(), Optional.of(LOAD), "load-48 is gone\u001b[2J", true),
        new Event.Expected(AT, true, "executed, as expected"),
        new Event.Mistaken(AT, "shde load-48", new Hint(0, "did you mean 'shed'?")),
        new Event.Warned(AT, "no current revocation list"),
        new Event.Said(AT, "following gen-2"),
        new Event.Linked(AT, LinkState.CONNECTING));
  }

  @Test
  void aConversationReadsAsWrittenDown() throws IOException {
    List<String> lines = new ArrayList<>();
    TextFace face = new TextFace(Paint.PLAIN, ZoneId.of("Europe/Berlin"), lines::add);
    conversation().forEach(face::show);
    assertThat(String.join("\n", lines)).isEqualTo(golden("conversation.txt"));
  }

  @Test
  void programsGetOneObjectALine() throws IOException {
    List<String> lines = new ArrayList<>();
    JsonFace face = new JsonFace(lines::add);
    conversation().forEach(face::show);
    face.ended("shed load-48", true);
    assertThat(lines).allSatisfy(line -> assertThat(line).doesNotContain("\n"));
    assertThat(String.join("\n", lines)).isEqualTo(golden("conversation.jsonl"));
  }

  @Test
  void onlyAColouredFaceWritesEscapes() {
    List<String> plain = new ArrayList<>();
    List<String> coloured = new ArrayList<>();
    TextFace plainFace = new TextFace(Paint.PLAIN, ZoneId.of("UTC"), plain::add);
    TextFace colouredFace = new TextFace(Paint.COLOURED, ZoneId.of("UTC"), coloured::add);
    for (Event event : conversation()) {
      plainFace.show(event);
      colouredFace.show(event);
    }
    assertThat(String.join("", plain)).doesNotContain("\u001b");
    assertThat(String.join("", coloured)).contains("\u001b[32m").doesNotContain("\u001b[2J");
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = FaceTest.class.getResourceAsStream("/golden/console/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
    }
  }

  @Test
  void howADeviceCameBackIsShownWithItsStatus() {
    Contact load =
        new Contact(
            LOAD,
            Set.of(new Area("branch-60")),
            Optional.of(Sample.load(Operating.OFF, 20)),
            Certainty.REAL,
            AT,
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Difference(AT, "on", AT.minusSeconds(120), "off")));
    List<String> lines = new ArrayList<>();
    new TextFace(Paint.PLAIN, ZoneId.of("Europe/Berlin"), lines::add)
        .show(new Event.Shown(AT, load));
    assertThat(lines)
        .anyMatch(
            line ->
                line.strip()
                    .equals(
                        "difference: came back off at 14:03:22, and was believed to be on when last"
                            + " heard at 14:01:22"));
  }
}
