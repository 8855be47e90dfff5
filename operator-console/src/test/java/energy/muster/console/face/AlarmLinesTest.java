// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.AlarmAct;
import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.AlarmReport;
import energy.muster.alarm.AlarmTransition;
import energy.muster.console.session.AlarmSample;
import energy.muster.console.session.Event;
import energy.muster.document.GoldenFile;
import energy.muster.duty.DutyRoster;
import energy.muster.duty.Team;
import energy.muster.fixture.TestPki;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Alarms as a person reads of them, and when the bell rings. */
final class AlarmLinesTest {
  private static final Instant AT = Instant.parse("2026-07-01T12:00:20Z");
  private static final BareJid ME = TestPki.jid("op-1");

  private final List<String> lines = new ArrayList<>();
  private int bells;
  private final TextFace face =
      new TextFace(
          Paint.PLAIN,
          ZoneOffset.UTC,
          new Screen() {
            @Override
            public void print(String text) {
              lines.add(text);
            }

            @Override
            public void bell() {
              bells++;
            }
          });

  private static AlarmEntry golden(String name) {
    return AlarmEntry.read(Fields.of(GoldenFile.tree(name)));
  }

  private void change(AlarmEntry before, AlarmEntry after, boolean mine) {
    face.show(new Event.AlarmChanged(AT, ME, Optional.ofNullable(before), after, mine));
  }

  @Test
  void anOfferRingsAndSaysWhatToType() {
    face.show(new Event.AlarmOffered(AT, AlarmSample.entry()));

    assertThat(bells).isEqualTo(1);
    assertThat(lines)
        .containsExactly(
            "12:00:20 ALARM 42 for you, critical: sw2 trip-imminent, since 12:00:00:"
                + " load 96.4 % is at or above 95 %",
            "         ack 42 takes it on; it goes on in 42 s");
  }

  @Test
  void inAFloodOnlyTheFirstRings() {
    face.show(new Event.AlarmOffered(AT, AlarmSample.entry(tree -> tree.put("group", 42))));
    face.show(
        new Event.AlarmOffered(
            AT, AlarmSample.entry(tree -> tree.put("number", 43).put("group", 42))));

    assertThat(bells).isEqualTo(1);
    assertThat(lines.get(lines.size() - 1)).contains("in the flood that began with alarm 42");
  }

  @Test
  void theServicesOwnWordIsSaidToBeOne() {
    face.show(new Event.AlarmOffered(AT, AlarmSample.entry(tree -> tree.put("source", "service"))));

    assertThat(lines.get(1)).contains("the service's own word, not signed");
  }

  @Test
  void whatSomebodyElseIsAskedAboutIsToldQuietly() {
    AlarmEntry others =
        AlarmSample.entry(
            tree -> ((ObjectNode) tree.get("search")).putArray("to").add("op-2@grid.example"));

    change(null, others, false);

    assertThat(bells).isZero();
    assertThat(lines)
        .containsExactly(
            "12:00:20 alarm 42, critical: sw2 trip-imminent: load 96.4 % is at or above 95 %"
                + " (offered to op-2, goes on in 42 s)");
  }

  @Test
  void whatIsExplainedOrFoldedIntoAFloodIsNotTold() {
    change(null, golden("entry-suppressed"), false);
    change(null, AlarmSample.entry(tree -> tree.put("group", 41)), false);
    change(AlarmSample.entry(), golden("entry-acknowledged"), false);

    assertThat(lines).isEmpty();
  }

  @Test
  void whoeverWasAskedLearnsWhoHasIt() {
    AlarmEntry taken =
        AlarmSample.entry(
            tree -> {
              tree.put("state", "acknowledged").remove("search");
              tree.putObject("owner")
                  .put("person", "op-2@grid.example")
                  .put("since", "2026-07-01T12:00:19Z")
                  .put("until", "2026-07-01T12:30:19Z");
            });

    change(AlarmSample.entry(), taken, true);

    assertThat(lines)
        .containsExactly(
            "12:00:20 alarm 42 (sw2 trip-imminent): acknowledged, op-2 has it until 12:30:19");
  }

  @Test
  void aListSaysPriorityAgeOwnerAndWhenItGoesOn() {
    face.show(
        new Event.AlarmsListed(
            AT,
            ME,
            List.of(
                AlarmSample.entry(),
                golden("entry-acknowledged"),
                golden("entry-suppressed"),
                golden("entry-branch")),
            3));

    assertThat(lines)
        .containsExactly(
            "42     critical  sw2 trip-imminent             19 s     unacknowledged;"
                + " offered to you, goes on in 42 s",
            "42     critical  sw2 trip-imminent             19 s     acknowledged;"
                + " yours until 12:30:31 (3 times)",
            "44     critical  load-48 outage                19 s     suppressed-by-design;"
                + " explained by alarm 43",
            "43     critical  branch-60 outage              19 s     returned-unacknowledged;"
                + " waits for somebody to come; over since 12:09:00",
            "4 alarms, and 3 more");
  }

  @Test
  void theHistoryTellsTheServicesWordFromWhatIsSigned() {
    face.show(
        new Event.AlarmShown(
            AT,
            ME,
            golden("entry-acknowledged"),
            List.of(
                new AlarmTransition(
                    AT, AlarmTransition.Kind.ACKNOWLEDGED, Optional.of(ME), "until 12:30")),
            List.of(new Event.SignedWord(ME, AT, "acknowledge")),
            List.of(new Refusal(Reason.BAD_SIGNATURE, "sw2: does not match"))));

    assertThat(lines)
        .contains(
            "         at worst 98.2 %, limit 95 %",
            "         came again 2 times; 1 comment; in the flood that began with alarm 40;"
                + " left by mail to control-room@northco.example at 12:00:03",
            "12:00:20 acknowledged op-1: until 12:30",
            "so far by the service's word; signed, and checked here:",
            "12:00:20 op-1 acknowledge",
            "not believed: bad-signature. sw2: does not match");
  }

  @Test
  void whatWasDoneAndWhatWasNotIsSaid() {
    face.show(
        new Event.AlarmsActed(
            AT,
            AlarmAct.Kind.SHELVE,
            Optional.of(AT.plusSeconds(3600)),
            List.of(42L, 43L),
            Map.of(44L, new Refusal(Reason.UNKNOWN, "you have no such alarm"))));

    assertThat(lines)
        .containsExactly(
            "12:00:20 shelved: alarm 42, 43, until 13:00:20",
            "12:00:20 alarm 44: refused: unknown. you have no such alarm");
  }

  @Test
  void theRosterSaysWhoIsNext() {
    Team team = DutyRoster.read(GoldenFile.compact("duty-roster")).team("plant-3").orElseThrow();
    face.show(
        new Event.DutyShown(
            AT, AT, 4, List.of(new Event.TeamOnDuty("plant-3", team.at(AT), team.next(AT)))));

    assertThat(lines)
        .containsExactly(
            "plant-3         op-2 (late) until 20:00:00, then op-3 (stand-by)",
            "at 12:00:20, by roster 4; who is there now: who is on duty");
  }

  @Test
  void figuresAreReadByPeopleAndBySpreadsheets() {
    AlarmReport report = AlarmReport.read(Fields.of(GoldenFile.tree("figures")));

    face.show(new Event.AlarmFigures(AT, report, false));
    assertThat(lines)
        .contains(
            "31 alarms, 29 acknowledged: half of them within 21 s, 95 % within 95 s, the last after"
                + " 4 min");
    lines.clear();
    face.show(new Event.AlarmFigures(AT, report, true));

    assertThat(lines)
        .startsWith("figure,of,value")
        .contains(
            "raised,,31",
            "operator-offered,op-1@grid.example,25",
            "operator-per-10-min,op-1@grid.example,0.17",
            "chattering,sw2@grid.example high-loading,44",
            "stale-since,gen-2@grid.example low-fuel 17,2026-06-29T07:00:00Z")
        .allSatisfy(line -> assertThat(line.chars().filter(c -> c == ',').count()).isEqualTo(2));
  }

  @Test
  void aCountdownSaysHowLongThereIs() {
    assertThat(Countdown.lines(List.of(AlarmSample.entry()), AT))
        .containsExactly("alarm 42, critical: sw2 trip-imminent, goes on in 42 s; ack 42");
    assertThat(Countdown.lines(List.of(AlarmSample.entry()), AT.plusSeconds(40)))
        .containsExactly("alarm 42, critical: sw2 trip-imminent, goes on in 2 s; ack 42");
  }

  @Test
  void programsGetTheSame() {
    List<ObjectNode> objects = new ArrayList<>();
    JsonFace json = new JsonFace(line -> objects.add(Json.parse(line)));

    json.show(new Event.AlarmOffered(AT, AlarmSample.entry()));
    json.show(
        new Event.AlarmsActed(AT, AlarmAct.Kind.RESET, Optional.empty(), List.of(42L), Map.of()));

    assertThat(objects.get(0).path("event").asText()).isEqualTo("alarm-offered");
    assertThat(objects.get(0).at("/alarm/number").asLong()).isEqualTo(42);
    assertThat(objects.get(1).path("event").asText()).isEqualTo("alarms-acted");
    assertThat(objects.get(1).at("/done/0").asLong()).isEqualTo(42);
  }
}
