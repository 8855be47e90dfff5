// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.Alarm;
import energy.muster.alarm.HeardAlarm;
import energy.muster.alarm.Priority;
import energy.muster.alarm.Reach;
import energy.muster.alarm.Reading;
import energy.muster.command.Instruction;
import energy.muster.fixture.TestPki;
import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.ied.driver.DriverSettings;
import energy.muster.ied.fixture.OneDevice;
import energy.muster.ied.fixture.Orders;
import energy.muster.json.Json;
import energy.muster.link.LinkException;
import energy.muster.outcome.Result;
import energy.muster.presence.Position;
import energy.muster.presence.Show;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlarmDeskTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final BareJid OP_1 = TestPki.jid("op-1");
  private static final BareJid OP_2 = TestPki.jid("op-2");

  @TempDir private Path folder;
  private final List<Alarm> taken = new ArrayList<>();
  private final List<String> handed = new ArrayList<>();
  private OneDevice one;
  private boolean silent;

  @BeforeEach
  void start() {
    one =
        new OneDevice(
            folder,
            "sw2",
            new DriverSettings.Played(
                new DriverSettings.Breaker(Position.CLOSED, false), folder.resolve("script.json")));
    listen();
  }

  @AfterEach
  void close() {
    one.close();
  }

  private void restart() {
    one.restart();
    listen();
  }

  /** The service takes what the device has signed, unless it is silent. */
  private void listen() {
    one.site()
        .link()
        .service(
            payload -> {
              if (payload.wire() != Wire.ALARM) {
                return CompletableFuture.completedFuture(Payload.empty(payload.wire()));
              }
              if (silent) {
                return CompletableFuture.failedFuture(new LinkException("no answer"));
              }
              taken.add(heard(payload));
              return CompletableFuture.completedFuture(
                  Payload.of(Wire.ALARM, Json.object().put("number", taken.size())));
            });
  }

  private Alarm heard(Payload payload) {
    return HeardAlarm.of(
            payload.requireSealed(),
            one.site().jid(),
            TestPki.SITE,
            one.site().pki().trust(),
            one.site().pki().now())
        .alarm();
  }

  private void play(String scene) {
    try {
      Files.writeString(folder.resolve("script.json"), scene.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    one.advance(SECOND);
    one.advance(Duration.ZERO);
  }

  private void load(double percent) {
    play("{'load':" + percent + "}");
  }

  private void seconds(int count) {
    for (int i = 0; i < count; i++) {
      one.advance(SECOND);
    }
  }

  private Result configure(long revision, String settings) {
    ObjectNode values = Json.parse(settings.replace('\'', '"'));
    return one.carryOut(
        Orders.order(
            one.site().pki().identity("eng-1", Role.ENGINEER, "*"),
            one.site().jid(),
            new Instruction.Configure(revision, values),
            one.now()));
  }

  private List<String> told() {
    return taken.stream().map(alarm -> alarm.rule() + " " + alarm.event().wire()).toList();
  }

  /** These are there, and answer; the others are not. */
  private void there(BareJid... people) {
    one.site()
        .link()
        .others(
            (to, payload) -> {
              for (BareJid person : people) {
                FullJid session = new FullJid(person, "console");
                if (payload.wire() == Wire.REACH && to.equals(person.toString())) {
                  return CompletableFuture.completedFuture(
                      new Reach(Map.of(session, Show.AVAILABLE)).payload());
                }
                if (payload.wire() == Wire.ALARM && to.equals(session.toString())) {
                  Alarm alarm = heard(payload);
                  handed.add(person.local() + " " + alarm.rule() + " " + alarm.event().wire());
                  return CompletableFuture.completedFuture(Payload.empty(Wire.ALARM));
                }
              }
              return CompletableFuture.failedFuture(new Refused(Reason.AWAY, "not there"));
            });
  }

  @Test
  void aBreakerAtItsLimitSaysSoWithItsSignature() {
    load(97);
    seconds(5);

    assertThat(told()).containsExactly("trip-imminent onset");
    Alarm alarm = taken.get(0);
    assertThat(alarm.priority()).isEqualTo(Priority.CRITICAL);
    assertThat(alarm.reading().map(Reading::value)).contains(new BigDecimal("97"));
    assertThat(Duration.between(alarm.since(), alarm.header().issuedAt()))
        .isEqualTo(Duration.ofSeconds(2));
    assertThat(alarm.clockSure()).isTrue();
  }

  @Test
  void itIsOverOnceWithTheWorstThereWas() {
    load(96);
    seconds(3);
    load(98.5);
    load(85);
    seconds(12);

    Alarm over = taken.get(taken.size() - 1);
    assertThat(over.event()).isEqualTo(Alarm.Event.RETURN);
    assertThat(over.occurrence()).isEqualTo(taken.get(0).header().id());
    assertThat(over.reading().map(Reading::worst)).contains(new BigDecimal("98.5"));
  }

  @Test
  void aTripIsAnAlarmUntilAPersonResetsIt() {
    play("{'happenings':['tripped']}");
    seconds(2);

    assertThat(told()).containsExactly("breaker-tripped onset");

    play("{}");
    seconds(2);

    assertThat(told()).containsExactly("breaker-tripped onset");
    assertThat(one.carryOut(one.site().order(new Instruction.Reset("trip"))))
        .isInstanceOf(Result.Executed.class);
    seconds(1);
    assertThat(told()).containsExactly("breaker-tripped onset", "breaker-tripped return");
  }

  @Test
  void anAlarmRaisedWhileTheServiceIsAwayArrivesLaterWithItsTrueTime() {
    one.site().link().cut();
    load(97);
    seconds(3);
    load(60);
    Instant over = one.now().plusSeconds(12);
    seconds(3600);
    assertThat(taken).isEmpty();

    one.site().link().prove();

    assertThat(told()).containsExactly("trip-imminent onset", "trip-imminent return");
    assertThat(taken.get(1).header().issuedAt()).isBefore(over);
  }

  @Test
  void aSilentServiceIsToldAgainUntilItAnswers() {
    silent = true;
    load(97);
    seconds(20);
    silent = false;
    seconds(60);

    assertThat(told()).containsExactly("trip-imminent onset", "high-loading onset");
  }

  @Test
  void whatWasNotTakenSurvivesAKill() {
    silent = true;
    load(97);
    seconds(4);
    Instant raised = one.now();
    one.advance(Duration.ofHours(2));

    one.restart();

    Alarm again =
        one.site().link().sets().stream()
            .filter(payload -> payload.wire() == Wire.ALARM)
            .map(this::heard)
            .findFirst()
            .orElseThrow();
    assertThat(again.rule()).hasToString("trip-imminent");
    assertThat(again.header().issuedAt()).isBefore(raised);
  }

  @Test
  void anOpenAlarmSurvivesAKillAndReturnsWithItsWorst() {
    load(99);
    seconds(3);
    load(96);
    // Whatever is written next takes the mark along.
    one.keepFloor(one.now());
    restart();
    seconds(5);

    assertThat(told()).doesNotHaveDuplicates();

    load(50);
    seconds(12);

    Alarm over = taken.get(taken.size() - 1);
    assertThat(over.event()).isEqualTo(Alarm.Event.RETURN);
    assertThat(over.occurrence()).isEqualTo(taken.get(0).header().id());
    assertThat(over.reading().map(Reading::worst)).contains(new BigDecimal("99"));
  }

  @Test
  void aLastGaspIsSentBeforeItIsKept() {
    one.journal().dieAfter(0);
    play("{'happenings':['supply-lost']}");

    assertThat(told()).containsExactly("outage onset");
  }

  @Test
  void anAlarmThatCannotBeKeptIsRaisedAllTheSame() {
    one.journal().full(true);
    load(97);
    seconds(4);

    assertThat(told()).containsExactly("trip-imminent onset");
    assertThat(one.site().events().lines()).anyMatch(line -> line.contains("told but not kept"));
  }

  @Test
  void withAnUnsureClockItIsRaisedAndSaysSo() {
    one.keepFloor(one.now());
    one.site().time().set(one.now().minus(Duration.ofHours(1)));
    restart();
    play("{'happenings':['tamper']}");

    assertThat(taken).singleElement().satisfies(alarm -> assertThat(alarm.clockSure()).isFalse());
  }

  @Test
  void signedRulesReplaceTheDefaults() {
    assertThat(
            configure(
                1,
                "{'alarms':[{'name':'warm','quantity':'load','above':50,'deadband':5,"
                    + "'latching':true,'priority':'low'}]}"))
        .isInstanceOf(Result.Executed.class);
    load(97);
    seconds(20);

    assertThat(told()).containsExactly("warm onset");
    assertThat(taken.get(0).latching()).isTrue();
  }

  @Test
  void whatIsOpenUnderARuleThatIsTakenAwayEnds() {
    load(97);
    seconds(3);
    configure(1, "{'alarms':[]}");
    seconds(1);

    assertThat(told()).containsExactly("trip-imminent onset", "trip-imminent return");
    assertThat(taken.get(1).text()).contains("no longer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'alarms':[{'name':'x','event':'earthquake','priority':'low'}]}",
        "{'alarms':[{'name':'x','quantity':'pressure','above':1,'deadband':0,'priority':'low'}]}",
        "{'alarms':[{'name':'x','event':'tamper','priority':'low','siren':true}]}",
        "{'alarmContacts':['op-1@grid.example','op-1@grid.example']}",
        "{'alarmContacts':['nobody']}"
      })
  void aRuleOrContactThatIsUnknownIsRefused(String settings) {
    assertThat(OneDevice.reason(configure(1, settings))).isEqualTo(Reason.INVALID_ARGUMENT);
  }

  @Test
  void whenTheServiceIsSilentTheFirstOfTheListWhoAnswersHasIt() {
    configure(1, "{'alarmContacts':['op-1@grid.example','op-2@grid.example']}");
    there(OP_2);
    silent = true;
    load(97);
    seconds(25);
    assertThat(handed).isEmpty();
    seconds(15);

    assertThat(handed).startsWith("op-2 trip-imminent onset");
    assertThat(one.site().events().lines()).contains("told op-2 trip-imminent");

    silent = false;
    seconds(120);
    assertThat(told()).contains("trip-imminent onset");
    assertThat(handed).doesNotHaveDuplicates();
  }

  @Test
  void whoHasItHearsThatItIsOver() {
    configure(1, "{'alarmContacts':['op-1@grid.example']}");
    there(OP_1);
    silent = true;
    load(97);
    seconds(40);
    load(50);
    seconds(50);

    assertThat(handed).contains("op-1 trip-imminent onset", "op-1 trip-imminent return");
  }

  @Test
  void whileNobodyIsThereItAsksAroundAgain() {
    configure(1, "{'alarmContacts':['op-1@grid.example']}");
    there();
    silent = true;
    load(97);
    seconds(50);
    assertThat(handed).isEmpty();

    there(OP_1);
    seconds(31);

    assertThat(handed).contains("op-1 trip-imminent onset");
  }

  @Test
  void whoIsAwayIsNotAsked() {
    configure(1, "{'alarmContacts':['op-1@grid.example']}");
    one.site()
        .link()
        .others(
            (to, payload) -> {
              assertThat(payload.wire()).isEqualTo(Wire.REACH);
              return CompletableFuture.completedFuture(
                  new Reach(Map.of(new FullJid(OP_1, "console"), Show.DND)).payload());
            });
    silent = true;
    load(97);
    seconds(70);

    assertThat(one.site().events().lines()).noneMatch(line -> line.startsWith("told"));
  }

  @Test
  void nobodyIsDisturbedWhenTheServiceHasIt() {
    configure(1, "{'alarmContacts':['op-1@grid.example']}");
    there(OP_1);
    load(97);
    seconds(70);

    assertThat(handed).isEmpty();
  }
}
