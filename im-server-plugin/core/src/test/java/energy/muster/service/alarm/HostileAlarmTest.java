// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.alarm.Alarm;
import energy.muster.alarm.Alarm.Event;
import energy.muster.alarm.AlarmAct;
import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.AlarmPolicy;
import energy.muster.alarm.AlarmState;
import energy.muster.alarm.Priority;
import energy.muster.alarm.RuleName;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.service.fixture.World;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything that must be answered with a typed no, and change nothing. */
final class HostileAlarmTest {
  private final Plant plant = new Plant();
  private final World world = plant.world;
  private long number;

  @BeforeEach
  void anAlarmAndPeople() {
    plant.device("load-1", "branch-60");
    plant.device("load-2", "branch-60");
    plant.operator("op-1", "branch-60");
    plant.operator("op-9", "branch-99");
    plant.engineer("eng-1", "*");
    plant.engineer("eng-6", "branch-60");
    plant.come("op-1");
    plant.come("op-9");
    plant.come("eng-1");
    plant.come("eng-6");
    number = plant.onset("load-1", "too-hot");
  }

  private Reason refused(String sender, Payload payload) {
    return world.refusal(plant.session(sender), payload);
  }

  private Refusal answer(String sender, Payload payload) {
    try {
      world.set(plant.session(sender), payload);
    } catch (Refused no) {
      return no.refusal();
    }
    throw new AssertionError("it was not refused");
  }

  private Payload onset(String device, String signer) {
    return plant.sealed(plant.alarm(device, "too-cold", Event.ONSET, false), signer);
  }

  private AlarmAct act(String person, Duration ago, DocumentId occurrence) {
    Header now = world.header(DocumentType.ALARM_ACT, World.jid(person));
    Header then =
        new Header(now.type(), now.site(), now.id(), now.issuer(), now.issuedAt().minus(ago));
    return AlarmAct.of(then, List.of(occurrence), AlarmAct.Kind.ACKNOWLEDGE);
  }

  @Test
  void anAlarmOfAnotherDevice() {
    assertThat(refused("load-2", onset("load-1", "load-1"))).isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void anAlarmInAnothersNameUnderOnesOwnSeal() {
    assertThat(refused("load-2", onset("load-1", "load-2"))).isEqualTo(Reason.BAD_SIGNATURE);
  }

  @Test
  void anAlarmOfAPerson() {
    assertThat(refused("op-1", onset("load-1", "load-1"))).isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void anAlarmWhoseSealIsAltered() {
    byte[] der = onset("load-1", "load-1").requireSealed().cms();
    der[der.length - 1] ^= 1;

    assertThat(refused("load-1", Payload.of(Wire.ALARM, new Sealed(der))))
        .isIn(Reason.BAD_SIGNATURE, Reason.MALFORMED);
  }

  @Test
  void anAlarmWithoutASeal() {
    assertThat(refused("load-1", Payload.of(Wire.ALARM, Json.object().put("number", 1))))
        .isEqualTo(Reason.MALFORMED);
  }

  @Test
  void anotherAlarmUnderTheSameId() {
    Alarm first = plant.alarm("load-1", "too-cold", Event.ONSET, false);
    plant.bring("load-1", first);
    Alarm other =
        new Alarm(
            first.header(),
            first.occurrence(),
            first.rule(),
            first.event(),
            first.priority(),
            first.reading(),
            first.since(),
            first.clockSure(),
            first.latching(),
            "something else",
            first.location());

    assertThat(refused("load-1", plant.sealed(other, "load-1"))).isEqualTo(Reason.ID_CONFLICT);
  }

  @Test
  void aReturnOfAnotherDevicesAlarm() {
    Alarm returned = plant.alarm("load-1", "too-hot", Event.RETURN, false);
    Header own = world.header(DocumentType.ALARM, World.jid("load-2"));
    Alarm forged =
        new Alarm(
            own,
            returned.occurrence(),
            returned.rule(),
            Event.RETURN,
            returned.priority(),
            returned.reading(),
            returned.since(),
            true,
            false,
            "over",
            returned.location());

    assertThat(refused("load-2", plant.sealed(forged, "load-2"))).isEqualTo(Reason.ID_CONFLICT);
    assertThat(plant.entry(number).returned()).isEmpty();
  }

  /** What a device would say that wants to have another's alarm. */
  private Payload takingOver(DocumentId occurrence, String device) {
    Header own = world.header(DocumentType.ALARM, World.jid(device));
    return plant.sealed(
        new Alarm(
            new Header(own.type(), own.site(), occurrence, own.issuer(), own.issuedAt()),
            occurrence,
            new RuleName("too-cold"),
            Event.ONSET,
            Priority.LOW,
            Optional.empty(),
            own.issuedAt(),
            true,
            false,
            "nothing much",
            Optional.empty()),
        device);
  }

  @Test
  void anAlarmUnderTheNameOfAnotherDevicesAlarm() {
    DocumentId occurrence = plant.entry(number).occurrence();

    assertThat(refused("load-2", takingOver(occurrence, "load-2"))).isEqualTo(Reason.ID_CONFLICT);

    world.set(plant.session("op-1"), plant.sealed(act("op-1", Duration.ZERO, occurrence), "op-1"));
    assertThat(plant.entry(number).state()).isEqualTo(AlarmState.ACKNOWLEDGED);
    plant.returned("load-1", "too-hot");
    assertThat(plant.entry(number).state()).isEqualTo(AlarmState.NORMAL);
  }

  @Test
  void anAlarmUnderTheNameOfAnEarlierOccurrenceOfAnotherDevicesAlsoAfterARestart() {
    DocumentId earlier = plant.entry(number).occurrence();
    plant.returned("load-1", "too-hot");
    plant.onset("load-1", "too-hot");
    plant.restart();
    plant.come("load-2");

    assertThat(refused("load-2", takingOver(earlier, "load-2"))).isEqualTo(Reason.ID_CONFLICT);
  }

  @Test
  void anAlarmUnderTheNameOfWhatTheServiceItselfSaysOfTheDevice() {
    plant.leave("load-2");
    plant.pass(Duration.ofMinutes(3));
    AlarmEntry gone =
        plant.list("op-1", "open").stream()
            .filter(entry -> entry.rule().equals(Outages.LEASE_MISSED))
            .filter(entry -> entry.device().equals(World.jid("load-2")))
            .findFirst()
            .orElseThrow();
    plant.come("load-2");

    assertThat(refused("load-2", takingOver(gone.occurrence(), "load-2")))
        .isEqualTo(Reason.ID_CONFLICT);
  }

  @Test
  void moreOpenAlarmsThanADeviceHasRules() {
    for (int i = 1; i < 64; i++) {
      plant.onset("load-1", "rule-" + i);
    }

    assertThat(refused("load-1", onset("load-1", "load-1"))).isEqualTo(Reason.BUSY);
    assertThat(plant.onset("load-2", "too-hot")).isPositive();
  }

  @Test
  void moreAlarmsAMinuteThanOneCanRead() {
    asManyAsOneCanRead();

    assertThat(refused("load-1", onset("load-1", "load-1"))).isEqualTo(Reason.RATE_LIMITED);
    plant.pass(Duration.ofSeconds(61));
    assertThat(plant.onset("load-1", "too-cold")).isPositive();
  }

  private void asManyAsOneCanRead() {
    for (int i = 0; i < 59; i++) {
      plant.returned("load-1", "too-hot");
      plant.onset("load-1", "too-hot");
    }
    plant.returned("load-1", "too-hot");
  }

  @Test
  void aDeviceIsHeldToAMinuteAlsoWhenTheClockWasSetBack() {
    asManyAsOneCanRead();
    plant.pass(Duration.ofMinutes(-4));
    plant.pass(Duration.ofMinutes(1));

    assertThat(plant.onset("load-1", "too-hot")).isPositive();
  }

  @Test
  void anActByWhoeverMayNotKnowOfTheAlarmAnsweredAsForOneThatDoesNotExist() {
    DocumentId hidden = plant.entry(number).occurrence();
    DocumentId nothing = DocumentId.next(world.clock.instant());
    Refusal ofHidden = answer("op-9", plant.sealed(act("op-9", Duration.ZERO, hidden), "op-9"));
    Refusal ofNothing = answer("op-9", plant.sealed(act("op-9", Duration.ZERO, nothing), "op-9"));

    assertThat(ofHidden.reason()).isEqualTo(Reason.UNKNOWN).isEqualTo(ofNothing.reason());
    assertThat(ofHidden.text().replace(hidden.brief(), "ID"))
        .isEqualTo(ofNothing.text().replace(nothing.brief(), "ID"));
  }

  @Test
  void theHistoryOfAnAlarmOneMayNotKnowOfIsThatOfNone() {
    for (long asked : List.of(number, 4711L)) {
      assertThatThrownBy(
              () ->
                  world.get(
                      plant.session("op-9"),
                      Payload.of(Wire.ALARM_HISTORY, Json.object().put("number", asked))))
          .isInstanceOfSatisfying(
              Refused.class,
              no ->
                  assertThat(no.refusal())
                      .isEqualTo(Refusal.of(Reason.UNKNOWN, "you have no alarm %d", asked)));
    }
  }

  @Test
  void anActUnderAnothersSeal() {
    assertThat(refused("op-1", plant.act("op-1", "eng-1", AlarmAct.Kind.ACKNOWLEDGE, "", number)))
        .isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void anActBroughtBySomebodyElse() {
    assertThat(refused("eng-6", plant.act("op-1", AlarmAct.Kind.ACKNOWLEDGE, number)))
        .isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void anActThatWasKeptBack() {
    AlarmAct late = act("op-1", Duration.ofMinutes(11), plant.entry(number).occurrence());

    assertThat(refused("op-1", plant.sealed(late, "op-1"))).isEqualTo(Reason.STALE);
  }

  @Test
  void anActFromTheFuture() {
    AlarmAct early = act("op-1", Duration.ofSeconds(-31), plant.entry(number).occurrence());

    assertThat(refused("op-1", plant.sealed(early, "op-1"))).isEqualTo(Reason.STALE);
  }

  @Test
  void anActByWhoeverMayOnlyLook() {
    assertThat(refused("watcher", plant.act("watcher", AlarmAct.Kind.ACKNOWLEDGE, number)))
        .isEqualTo(Reason.NOT_AUTHORISED);
  }

  @ParameterizedTest
  @EnumSource(
      value = AlarmAct.Kind.class,
      names = {"OUT_OF_SERVICE", "IN_SERVICE", "SUPPRESS", "UNSUPPRESS"})
  void whatTakesAnEngineerByAnOperator(AlarmAct.Kind kind) {
    assertThat(refused("op-1", plant.act("op-1", kind, number))).isEqualTo(Reason.NOT_AUTHORISED);
  }

  @ParameterizedTest
  @EnumSource(
      value = AlarmAct.Kind.class,
      names = {"UNSHELVE", "RESET", "IN_SERVICE", "UNSUPPRESS"})
  void whatMeansNothingInItsState(AlarmAct.Kind kind) {
    assertThat(refused("eng-6", plant.act("eng-6", kind, number))).isEqualTo(Reason.PRECONDITION);
  }

  @Test
  void anActOfADevice() {
    assertThat(refused("load-1", plant.act("load-1", AlarmAct.Kind.ACKNOWLEDGE, number)))
        .isIn(Reason.NOT_AUTHORISED, Reason.UNKNOWN);
  }

  @Test
  void aPolicyOfAnEngineerOfOneBranch() {
    AlarmPolicy own =
        new AlarmPolicy(
            world.header(DocumentType.ALARM_POLICY, World.jid("eng-6")), 1, List.of(), List.of());

    assertThat(refused("eng-6", plant.sealed(own, "eng-6"))).isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void aPolicyOfAnOperator() {
    AlarmPolicy own =
        new AlarmPolicy(
            world.header(DocumentType.ALARM_POLICY, World.jid("op-1")), 1, List.of(), List.of());

    assertThat(refused("op-1", plant.sealed(own, "op-1"))).isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void aPolicyOfALowerRevision() {
    world.set(plant.session("eng-1"), plant.sealed(plant.policy(2), "eng-1"));

    assertThat(refused("eng-1", plant.sealed(plant.policy(1), "eng-1")))
        .isEqualTo(Reason.SUPERSEDED);
    assertThat(refused("eng-1", plant.sealed(plant.policy(2), "eng-1")))
        .isEqualTo(Reason.SUPERSEDED);
  }

  @Test
  void theSamePolicyAgainIsAnsweredAsBefore() {
    Payload policy = plant.sealed(plant.policy(2), "eng-1");
    Payload first = world.set(plant.session("eng-1"), policy);

    assertThat(world.set(plant.session("eng-1"), policy)).isEqualTo(first);
  }

  @Test
  void thePolicyForWhoeverDoesNotAnswerForIt() {
    assertThatThrownBy(() -> world.get(plant.session("op-1"), Payload.empty(Wire.POLICY)))
        .isInstanceOf(Refused.class);
  }

  @Test
  void anAlarmForADeviceThatOnlyThePolicyNames() {
    world.set(
        plant.session("eng-1"),
        plant.sealed(
            plant.policy(
                1, Plant.course(Duration.ofMinutes(1), Plant.step(10, "person:op-9@grid.example"))),
            "eng-1"));

    assertThat(plant.offered("op-9")).isEmpty();
  }
}
