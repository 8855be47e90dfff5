// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.alarm.Alarm.Event;
import energy.muster.alarm.AlarmAct;
import energy.muster.alarm.AlarmState;
import energy.muster.alarm.AlarmTransition.Kind;
import energy.muster.service.fixture.World;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to an alarm while the disk takes nothing. */
final class UnwrittenAlarmTest {
  private static final Duration TRIED_AGAIN = Duration.ofSeconds(5);

  private final Plant plant = new Plant();
  private final World world = plant.world;

  @BeforeEach
  void aLoadAndAnOperator() {
    plant.device("load-1", "branch-60");
    plant.operator("op-1", "branch-60");
    plant.come("op-1");
  }

  private CompletableFuture<Payload> sends(String who, Payload payload) {
    return world.service().request(plant.session(who), true, payload).toCompletableFuture();
  }

  /** The disk fails while this comes, and has recovered when it comes again. */
  private Payload failsOnce(String who, Payload payload) {
    world.journal.breakDown(true);
    assertThat(sends(who, payload)).isCompletedExceptionally();
    assertThat(sends(who, payload)).isCompletedExceptionally();
    world.journal.breakDown(false);
    return sends(who, payload).join();
  }

  private void restart() {
    plant.pass(Duration.ofSeconds(6));
    plant.restart();
    plant.come("load-1");
    plant.come("op-1");
  }

  @Test
  void anActThatEndsAnAlarmIsTakenWhenItComesAgain() {
    long number = plant.onset("load-1", "too-hot");
    plant.returned("load-1", "too-hot");
    Payload act = plant.act("op-1", AlarmAct.Kind.ACKNOWLEDGE, number);

    Payload answer = failsOnce("op-1", act);

    assertThat(answer.requireJson().get("done").get(0).asLong()).isEqualTo(number);
    assertThat(plant.kinds(number))
        .containsSubsequence(Kind.RETURNED, Kind.ACKNOWLEDGED, Kind.CLOSED)
        .containsOnlyOnce(Kind.ACKNOWLEDGED, Kind.CLOSED);
    restart();
    assertThat(plant.seenBy("op-1", "open")).isEmpty();
  }

  @Test
  void anEndThatADeviceSaysAgainIsOfTheSameAlarm() {
    long number = plant.onset("load-1", "too-hot");
    plant.does("op-1", AlarmAct.Kind.ACKNOWLEDGE, number);
    Payload end = plant.sealed(plant.alarm("load-1", "too-hot", Event.RETURN, false), "load-1");

    assertThat(Plant.number(failsOnce("load-1", end))).isEqualTo(number);

    assertThat(plant.entry(number).state()).isEqualTo(AlarmState.NORMAL);
    restart();
    assertThat(plant.seenBy("op-1", "all")).containsOnlyKeys(number);
    assertThat(plant.seenBy("op-1", "open")).isEmpty();
  }

  @Test
  void anAlarmThatADeviceSaysAgainBeganOnceAndIsOffered() {
    Payload onset = plant.sealed(plant.alarm("load-1", "too-hot", Event.ONSET, false), "load-1");

    long number = Plant.number(failsOnce("load-1", onset));

    assertThat(plant.entry(number).folded()).isZero();
    assertThat(plant.kinds(number)).containsExactly(Kind.RAISED, Kind.OFFERED);
    assertThat(plant.offered("op-1")).containsExactly(number);
  }

  @Test
  void somebodyIsLookedForWhileTheDiskTakesNothing() {
    Payload onset = plant.sealed(plant.alarm("load-1", "too-hot", Event.ONSET, false), "load-1");
    world.journal.breakDown(true);
    assertThat(sends("load-1", onset)).isCompletedExceptionally();
    assertThat(plant.offered("op-1")).hasSize(1);
    assertThat(sends("load-1", onset)).isCompletedExceptionally();
    assertThat(plant.offered("op-1")).hasSize(1);
    world.journal.breakDown(false);
  }

  @Test
  void whatHappensByItselfIsWrittenOnceTheDiskIsBackAndThenTold() {
    long number = plant.onset("load-1", "too-hot");
    plant.does("op-1", AlarmAct.Kind.SHELVE, number);
    plant.returned("load-1", "too-hot");
    world.journal.breakDown(true);
    plant.pass(Duration.ofHours(1));
    assertThat(plant.seenBy("op-1", "open")).isEmpty();
    int told = world.network.to(plant.session("op-1"), Wire.ALARM_CHANGES).size();

    world.journal.breakDown(false);
    plant.pass(TRIED_AGAIN.plusSeconds(1));

    assertThat(world.network.to(plant.session("op-1"), Wire.ALARM_CHANGES))
        .hasSizeGreaterThan(told);
    assertThat(plant.kinds(number)).containsSubsequence(Kind.UNSHELVED, Kind.CLOSED);
    restart();
    assertThat(plant.seenBy("op-1", "open")).isEmpty();
  }
}
