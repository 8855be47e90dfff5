// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.alarm.AlarmAct;
import energy.muster.alarm.AlarmEntry.Heir;
import energy.muster.alarm.AlarmState;
import energy.muster.alarm.AlarmTransition.Kind;
import energy.muster.identity.FullJid;
import energy.muster.presence.Duty;
import energy.muster.refusal.Reason;
import energy.muster.service.fixture.World;
import energy.muster.wire.Payload;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose an alarm is between somebody who leaves and a colleague who may take over. */
final class HandOverTest {
  private static final Duration MOMENT = Duration.ofSeconds(1);

  private final Plant plant = new Plant();
  private final World world = plant.world;
  private long number;

  @BeforeEach
  void anOperatorWhoHasAnAlarmAndTwoColleagues() {
    plant.device("load-1", "branch-60");
    plant.device("load-2", "branch-61");
    plant.operator("op-1", "branch-60", "branch-61");
    plant.operator("op-2", "branch-60");
    plant.operator("op-3", "branch-60");
    plant.come("op-1");
    plant.come("op-2");
    plant.come("op-3");
    number = plant.onset("load-1", "too-hot");
    plant.does("op-1", AlarmAct.Kind.ACKNOWLEDGE, number);
  }

  private AlarmState state() {
    return plant.entry(number).state();
  }

  private String owner() {
    return plant.entry(number).owner().map(known -> known.person().local()).orElse("nobody");
  }

  private void signsOff() {
    plant.handOver("op-1", "op-2");
    plant.says("op-1", Duty.OFF_DUTY);
    plant.leave("op-1");
  }

  private int asked() {
    return plant.offered("op-2").size() + plant.offered("op-3").size();
  }

  @Test
  void anAlarmThatIsOfferedWaitsAndSaysSo() {
    int before = asked();
    signsOff();
    plant.pass(Duration.ofMinutes(10));

    assertThat(state()).isEqualTo(AlarmState.ACKNOWLEDGED);
    assertThat(plant.entry(number).owner().orElseThrow().heir().map(Heir::person))
        .contains(World.jid("op-2"));
    assertThat(asked()).isEqualTo(before);
    assertThat(plant.kinds(number)).contains(Kind.HANDING_OVER).doesNotContain(Kind.LAPSED);
  }

  @Test
  void whoeverAcceptsHasIt() {
    signsOff();

    assertThat(plant.accept("op-2", "op-1").get("alarms").get(0).asLong()).isEqualTo(number);

    assertThat(owner()).isEqualTo("op-2");
    assertThat(plant.entry(number).owner().orElseThrow().heir()).isEmpty();
    assertThat(plant.kinds(number)).contains(Kind.HANDED_OVER).doesNotContain(Kind.LAPSED);
  }

  @Test
  void whoeverAcceptsHasItThoughTheServiceIsKilledAtOnce() {
    signsOff();
    world.journal.hold();
    CompletableFuture<Payload> answer = accepts();
    world.journal.breakDown(true);
    world.journal.sync();
    assertThat(answer).isCompleted();

    world.journal.breakDown(false);
    plant.restart();

    assertThat(owner()).isEqualTo("op-2");
    assertThat(plant.kinds(number)).contains(Kind.HANDED_OVER);
  }

  @Test
  void whatTheDiskDidNotTakeOfAHandOverIsAcceptedAgainWithItsAlarms() {
    signsOff();
    world.journal.breakDown(true);
    assertThat(accepts()).isCompletedExceptionally();
    world.journal.breakDown(false);

    assertThat(plant.accept("op-2", "op-1").get("alarms").get(0).asLong()).isEqualTo(number);

    plant.restart();
    assertThat(owner()).isEqualTo("op-2");
    assertThat(plant.kinds(number)).containsOnlyOnce(Kind.HANDED_OVER);
  }

  private CompletableFuture<Payload> accepts() {
    return world
        .service()
        .request(plant.session("op-2"), true, Plant.accepting("op-1"))
        .toCompletableFuture();
  }

  @Test
  void theLineToTheHeirNamesTheAlarms() {
    long other = plant.onset("load-1", "too-cold");
    plant.does("op-1", AlarmAct.Kind.ACKNOWLEDGE, other);
    plant.handOver("op-1", "op-2");

    assertThat(world.network.said(plant.session("op-2")))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .contains("alarms %d, %d".formatted(number, other))
                    .doesNotContain("0 orders"));
  }

  @Test
  void onlyWhatTheHeirMayTakeOnIsOffered() {
    long elsewhere = plant.onset("load-2", "too-hot");
    plant.does("op-1", AlarmAct.Kind.ACKNOWLEDGE, elsewhere);

    assertThat(plant.handOver("op-1", "op-2").get("alarms")).hasSize(1);
    plant.says("op-1", Duty.OFF_DUTY);

    assertThat(state()).isEqualTo(AlarmState.ACKNOWLEDGED);
    assertThat(plant.entry(elsewhere).owner()).isEmpty();
  }

  @Test
  void whatIsDeclinedLooksForSomebodyAtOnce() {
    signsOff();
    int before = asked();

    plant.decline("op-2", "op-1");

    assertThat(state()).isEqualTo(AlarmState.UNACKNOWLEDGED);
    assertThat(asked()).isGreaterThan(before);
    assertThat(plant.kinds(number)).contains(Kind.LAPSED);
  }

  @Test
  void whatIsDeclinedWhileItsOwnerIsThereStaysTheirs() {
    plant.handOver("op-1", "op-2");
    plant.decline("op-2", "op-1");

    assertThat(owner()).isEqualTo("op-1");
    assertThat(plant.entry(number).owner().orElseThrow().heir()).isEmpty();
  }

  @Test
  void anHeirWhoLeavesLeavesItToTheOthersAtOnce() {
    signsOff();
    int before = plant.offered("op-3").size();

    plant.leave("op-2");

    assertThat(state()).isEqualTo(AlarmState.UNACKNOWLEDGED);
    assertThat(plant.offered("op-3").size()).isGreaterThan(before);
  }

  @Test
  void anOfferToSomebodyWhoIsNotThereHoldsNothing() {
    plant.leave("op-2");
    signsOff();

    assertThat(state()).isEqualTo(AlarmState.UNACKNOWLEDGED);
  }

  @Test
  void anHeirWhoComesBackCanStillAcceptWhatNobodyHasTakenOn() {
    plant.leave("op-2");
    signsOff();
    plant.come("op-2");
    plant.accept("op-2", "op-1");

    assertThat(owner()).isEqualTo("op-2");
  }

  @Test
  void anOfferThatLapsesEndsItAtThatMoment() {
    signsOff();
    plant.pass(Duration.ofMinutes(15).minus(MOMENT));
    assertThat(state()).isEqualTo(AlarmState.ACKNOWLEDGED);

    plant.pass(MOMENT);

    assertThat(state()).isEqualTo(AlarmState.UNACKNOWLEDGED);
    assertThat(world.refusal(plant.session("op-2"), Plant.accepting("op-1")))
        .isEqualTo(Reason.UNKNOWN);
  }

  @Test
  void itWaitsAlsoOverAKilledService() {
    signsOff();
    plant.restart();
    plant.come("op-2");
    plant.pass(Duration.ofSeconds(40));
    assertThat(state()).isEqualTo(AlarmState.ACKNOWLEDGED);

    plant.accept("op-2", "op-1");

    assertThat(owner()).isEqualTo("op-2");
    assertThat(plant.kinds(number)).doesNotContain(Kind.LAPSED);
  }

  @Test
  void anOfferThatLapsedWhileTheServiceWasAwayEndsIt() {
    signsOff();
    world.clock.set(world.clock.in(Duration.ofMinutes(20)));
    plant.restart();
    plant.come("op-2");
    plant.pass(Duration.ofSeconds(40));

    assertThat(state()).isEqualTo(AlarmState.UNACKNOWLEDGED);
  }

  @Test
  void anHeirWhoDoesNotComeBackAfterARestartHoldsNothing() {
    signsOff();
    plant.restart();
    plant.pass(Duration.ofSeconds(40));

    assertThat(state()).isEqualTo(AlarmState.UNACKNOWLEDGED);
  }

  @Test
  void anotherOfferTakesTheFirstOnesPlace() {
    plant.handOver("op-1", "op-2");
    plant.handOver("op-1", "op-3");
    plant.leave("op-1");
    plant.leave("op-2");

    assertThat(plant.entry(number).owner().orElseThrow().heir().map(Heir::person))
        .contains(World.jid("op-3"));
    assertThat(state()).isEqualTo(AlarmState.ACKNOWLEDGED);
  }

  @Test
  void whatItsOwnerHasLeftAnybodyWhoMayCanTakeOn() {
    assertThat(refusedOf("op-3")).isEqualTo(Reason.ALREADY_THERE);
    signsOff();

    plant.does("op-3", AlarmAct.Kind.ACKNOWLEDGE, number);
    assertThat(owner()).isEqualTo("op-3");

    assertThat(plant.accept("op-2", "op-1").get("alarms")).isEmpty();
    assertThat(owner()).isEqualTo("op-3");
  }

  @Test
  void anHeirWhoAcknowledgesHasIt() {
    plant.handOver("op-1", "op-2");
    plant.does("op-2", AlarmAct.Kind.ACKNOWLEDGE, number);

    assertThat(owner()).isEqualTo("op-2");
  }

  @Test
  void anOfferIsSeenAmongTheHeirsOwn() {
    plant.handOver("op-1", "op-2");

    assertThat(plant.seenBy("op-2", "mine")).containsOnlyKeys(number);
    assertThat(plant.seenBy("op-3", "mine")).isEmpty();
  }

  @Test
  void whoIsOffDutyTakesNothingOn() {
    long other = plant.onset("load-1", "too-cold");
    plant.handOver("op-1", "op-2");
    plant.says("op-2", Duty.OFF_DUTY);
    number = other;

    assertThat(refusedOf("op-2")).isEqualTo(Reason.PRECONDITION);
    assertThat(plant.accept("op-2", "op-1").get("alarms")).isEmpty();
  }

  private Reason refusedOf(String person) {
    FullJid session = plant.session(person);
    return world.refusal(session, plant.act(person, AlarmAct.Kind.ACKNOWLEDGE, number));
  }

  @Test
  void nothingIsHandedOverTwice() {
    signsOff();
    plant.accept("op-2", "op-1");

    assertThat(world.refusal(plant.session("op-2"), Plant.accepting("op-1")))
        .isEqualTo(Reason.UNKNOWN);
    assertThat(plant.kinds(number).stream().filter(Kind.HANDED_OVER::equals)).hasSize(1);
  }
}
