// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.alarm.Alarm;
import energy.muster.alarm.Alarm.Event;
import energy.muster.alarm.AlarmAct;
import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.AlarmState;
import energy.muster.alarm.AlarmTransition.Kind;
import energy.muster.document.DocumentType;
import energy.muster.presence.Restriction;
import energy.muster.presence.RestrictionReason;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.fixture.World;
import energy.muster.wire.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life of an alarm, as a device and people see it. */
final class AlarmTest {
  private final Plant plant = new Plant();
  private final World world = plant.world;

  @BeforeEach
  void aLoadAndTwoOperators() {
    plant.device("load-1", "branch-60");
    plant.operator("op-1", "branch-60");
    plant.operator("op-2", "branch-60");
    plant.operator("op-9", "branch-99");
  }

  private AlarmState state(long number) {
    return plant.entry(number).state();
  }

  private AlarmAct shelving(long number, Duration time, boolean oneShot) {
    return AlarmAct.shelve(
        world.header(DocumentType.ALARM_ACT, World.jid("op-1")),
        List.of(plant.entry(number).occurrence()),
        world.clock.in(time),
        oneShot,
        "is being changed");
  }

  @Test
  void anOnsetIsAnsweredOnlyOnceItIsOnDisk() {
    world.journal.hold();
    Alarm alarm = plant.alarm("load-1", "too-hot", Event.ONSET, false);
    CompletableFuture<Payload> answer =
        world
            .service()
            .request(plant.session("load-1"), true, plant.sealed(alarm, "load-1"))
            .toCompletableFuture();
    assertThat(answer).isNotDone();

    world.journal.sync();

    assertThat(Plant.number(answer.join())).isEqualTo(1);
  }

  @Test
  void nobodyIsOfferedAnAlarmThatIsNotOnDisk() {
    plant.come("op-1");
    world.journal.hold();
    Alarm alarm = plant.alarm("load-1", "too-hot", Event.ONSET, false);
    var unused =
        world.service().request(plant.session("load-1"), true, plant.sealed(alarm, "load-1"));

    assertThat(plant.offered("op-1")).isEmpty();
    world.journal.sync();
    assertThat(plant.offered("op-1")).containsExactly(1L);
  }

  @Test
  void theSameOnsetAgainHasTheSameNumberAlsoAfterARestart() {
    Alarm alarm = plant.alarm("load-1", "too-hot", Event.ONSET, false);
    Payload sealed = plant.sealed(alarm, "load-1");
    long number = Plant.number(world.set(plant.session("load-1"), sealed));
    plant.restart();
    plant.come("load-1");

    assertThat(Plant.number(world.set(plant.session("load-1"), sealed))).isEqualTo(number);
    assertThat(plant.entry(number).folded()).isZero();
  }

  @Test
  void aReturnThatCameWithoutItsOnsetStillFindsSomebody() {
    plant.come("op-1");
    plant.alarm("load-1", "too-hot", Event.ONSET, false);
    long number = plant.returned("load-1", "too-hot");

    assertThat(state(number)).isEqualTo(AlarmState.RETURNED_UNACKNOWLEDGED);
    assertThat(plant.offered("op-1")).containsExactly(number);
  }

  @Test
  void anAlarmThatIsTakenOnAndOverIsNormal() {
    plant.come("op-1");
    long number = plant.onset("load-1", "too-hot");
    plant.does("op-1", AlarmAct.Kind.ACKNOWLEDGE, number);
    assertThat(state(number)).isEqualTo(AlarmState.ACKNOWLEDGED);

    plant.returned("load-1", "too-hot");

    assertThat(state(number)).isEqualTo(AlarmState.NORMAL);
    assertThat(plant.seenBy("op-1", "open")).isEmpty();
    assertThat(plant.kinds(number))
        .containsExactly(Kind.RAISED, Kind.OFFERED, Kind.ACKNOWLEDGED, Kind.RETURNED, Kind.CLOSED);
  }

  @Test
  void aLatchedAlarmStaysUntilSomebodyResetsIt() {
    plant.come("op-1");
    long number = plant.latching("load-1", "tripped");
    plant.does("op-1", AlarmAct.Kind.ACKNOWLEDGE, number);
    assertThat(world.refusal(plant.session("op-1"), plant.act("op-1", AlarmAct.Kind.RESET, number)))
        .isEqualTo(Reason.PRECONDITION);
    plant.bring("load-1", plant.alarm("load-1", "tripped", Event.RETURN, true));
    assertThat(state(number)).isEqualTo(AlarmState.LATCHED);

    plant.does("op-1", AlarmAct.Kind.RESET, number);

    assertThat(state(number)).isEqualTo(AlarmState.NORMAL);
  }

  @Test
  void nobodyIsPagedWhileADeviceIsInMaintenanceAndSomebodyIsAfterwards() {
    plant.come("op-1");
    plant.restricted(
        "load-1",
        Optional.of(Restriction.of(RestrictionReason.MAINTENANCE, "oil change", Optional.empty())));
    long number = plant.onset("load-1", "too-hot");
    plant.pass(Duration.ofMinutes(5));
    assertThat(plant.offered("op-1")).isEmpty();
    assertThat(state(number)).isEqualTo(AlarmState.UNACKNOWLEDGED);

    plant.restricted("load-1", Optional.empty());

    assertThat(plant.offered("op-1")).containsExactly(number);
  }

  @Test
  void maintenanceThatBeginsStopsTheSearch() {
    plant.come("op-1");
    long number = plant.onset("load-1", "too-hot");
    plant.restricted(
        "load-1",
        Optional.of(Restriction.of(RestrictionReason.MAINTENANCE, "oil change", Optional.empty())));
    plant.pass(Duration.ofMinutes(5));

    assertThat(plant.offered("op-1")).containsExactly(number);
    assertThat(plant.entry(number).search()).isEmpty();
    assertThat(plant.entry(number).aside().orElseThrow().reason()).contains("maintenance");
  }

  @Test
  void aShelvedAlarmComesBackWhenItsTimeIsOverAlsoAfterARestart() {
    plant.come("op-1");
    long number = plant.onset("load-1", "too-hot");
    world.set(
        plant.session("op-1"),
        plant.sealed(shelving(number, Duration.ofMinutes(30), false), "op-1"));
    assertThat(state(number)).isEqualTo(AlarmState.SHELVED);
    plant.restart();
    plant.come("op-1");
    assertThat(plant.offered("op-1")).isEmpty();

    plant.pass(Duration.ofMinutes(31));

    assertThat(state(number)).isEqualTo(AlarmState.UNACKNOWLEDGED);
    assertThat(plant.offered("op-1")).contains(number);
  }

  @Test
  void aShelvedPointKeepsWhatItRaisesMeanwhileAside() {
    plant.come("op-1");
    long number = plant.onset("load-1", "too-hot");
    plant.does("op-1", AlarmAct.Kind.SHELVE, number);
    plant.returned("load-1", "too-hot");

    assertThat(plant.onset("load-1", "too-hot")).isEqualTo(number);
    assertThat(state(number)).isEqualTo(AlarmState.SHELVED);
    assertThat(plant.offered("op-1")).hasSize(1);
  }

  @Test
  void aOneShotShelvingEndsWithTheReturn() {
    plant.come("op-1");
    long number = plant.onset("load-1", "too-hot");
    world.set(
        plant.session("op-1"),
        plant.sealed(shelving(number, Duration.ofMinutes(30), true), "op-1"));
    plant.returned("load-1", "too-hot");
    assertThat(state(number)).isEqualTo(AlarmState.NORMAL);

    long next = plant.onset("load-1", "too-hot");

    assertThat(state(next)).isEqualTo(AlarmState.UNACKNOWLEDGED);
  }

  @Test
  void aPointOutOfServiceAsksNobodyUntilAnEngineerPutsItBack() {
    plant.come("op-1");
    plant.engineer("eng-2", "branch-60");
    plant.come("eng-2");
    long number = plant.onset("load-1", "too-hot");
    plant.does("eng-2", AlarmAct.Kind.OUT_OF_SERVICE, number);
    plant.returned("load-1", "too-hot");
    plant.onset("load-1", "too-hot");
    assertThat(state(number)).isEqualTo(AlarmState.OUT_OF_SERVICE);
    assertThat(plant.offered("op-1")).hasSize(1);

    plant.does("eng-2", AlarmAct.Kind.IN_SERVICE, number);

    assertThat(plant.offered("op-1")).hasSize(2);
  }

  @Test
  void whatComesAgainWhileItIsOpenFolds() {
    plant.come("op-1");
    long number = plant.onset("load-1", "too-hot");
    plant.returned("load-1", "too-hot");

    assertThat(plant.onset("load-1", "too-hot")).isEqualTo(number);
    assertThat(plant.entry(number).folded()).isEqualTo(1);
    assertThat(state(number)).isEqualTo(AlarmState.UNACKNOWLEDGED);
    assertThat(plant.offered("op-1")).hasSize(1);
  }

  @Test
  void aPointThatChattersIsToldOnceAndStaysWithWhoeverHasIt() {
    plant.come("op-1");
    for (int i = 0; i < 5; i++) {
      long each = plant.onset("load-1", "too-hot");
      plant.does("op-1", AlarmAct.Kind.ACKNOWLEDGE, each);
      plant.returned("load-1", "too-hot");
    }
    long fifth = plant.onset("load-1", "too-hot");
    int offers = plant.offered("op-1").size();

    assertThat(fifth).isEqualTo(5);
    assertThat(plant.entry(fifth).chattering()).isTrue();
    assertThat(state(fifth)).isEqualTo(AlarmState.ACKNOWLEDGED);
    assertThat(offers).isEqualTo(5);
    plant.pass(Duration.ofSeconds(61));
    assertThat(plant.entry(fifth).chattering()).isFalse();
  }

  @Test
  void theTenthAndFollowingAlarmsInTenMinutesComeBehindTheFirst() {
    plant.come("op-1");
    for (int i = 0; i < 12; i++) {
      plant.onset("load-1", "rule-" + (char) ('a' + i));
    }
    List<AlarmEntry> list = plant.list("op-1", "open");

    assertThat(list.get(0).number()).isEqualTo(1);
    assertThat(list.stream().filter(entry -> entry.group().isPresent()).map(AlarmEntry::number))
        .containsExactly(11L, 12L);
    assertThat(plant.entry(12).group()).isEmpty();
  }

  @Test
  void aDiskThatFailsLeavesTheDeviceToSayItAgain() {
    Alarm alarm = plant.alarm("load-1", "too-hot", Event.ONSET, false);
    world.journal.breakDown(true);
    CompletableFuture<Payload> answer =
        world
            .service()
            .request(plant.session("load-1"), true, plant.sealed(alarm, "load-1"))
            .toCompletableFuture();
    assertThat(answer).isCompletedExceptionally();
    world.journal.breakDown(false);
    plant.restart();
    plant.come("load-1");

    assertThat(plant.bring("load-1", alarm)).isEqualTo(1);
  }

  @Test
  void anActOnSeveralIsDoneForThoseForWhichItCanBe() {
    plant.come("op-1");
    long one = plant.onset("load-1", "too-hot");
    plant.device("load-9", "branch-99");
    long hidden = plant.onset("load-9", "too-hot");
    Payload answer =
        world.set(plant.session("op-1"), plant.act("op-1", AlarmAct.Kind.ACKNOWLEDGE, one, hidden));

    assertThat(answer.requireJson().get("done").get(0).asLong()).isEqualTo(one);
    assertThat(answer.requireJson().get("refused").get(0).get("reason").asText())
        .isEqualTo(Reason.UNKNOWN.wire());
  }

  @Test
  void anActSaidAgainIsDoneOnce() {
    plant.come("op-1");
    long number = plant.onset("load-1", "too-hot");
    Payload act = plant.act("op-1", AlarmAct.Kind.ACKNOWLEDGE, number);
    Payload first = world.set(plant.session("op-1"), act);
    plant.leave("op-1");
    plant.come("op-1");

    assertThat(world.set(plant.session("op-1"), act)).isEqualTo(first);
    assertThat(state(number)).isEqualTo(AlarmState.UNACKNOWLEDGED);
  }

  @Test
  void aRefusedDocumentLeavesNothingBehind() {
    Alarm alarm = plant.alarm("load-1", "too-hot", Event.ONSET, false);
    plant.device("load-2", "branch-60");
    try {
      world.set(plant.session("load-2"), plant.sealed(alarm, "load-1"));
    } catch (Refused no) {
      assertThat(no.refusal().reason()).isEqualTo(Reason.NOT_AUTHORISED);
    }
    assertThat(plant.seenBy("watcher", "all")).isEmpty();
  }
}
