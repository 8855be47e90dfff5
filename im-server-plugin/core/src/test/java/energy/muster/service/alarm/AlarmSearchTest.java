// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.alarm.Alarm;
import energy.muster.alarm.Alarm.Event;
import energy.muster.alarm.AlarmAct;
import energy.muster.alarm.AlarmState;
import energy.muster.alarm.AlarmTransition.Kind;
import energy.muster.identity.FullJid;
import energy.muster.presence.Duty;
import energy.muster.refusal.Reason;
import energy.muster.service.Unanswered;
import energy.muster.service.fixture.World;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom an alarm is brought to, and who has it. */
final class AlarmSearchTest {
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

  private List<String> asked(long number) {
    return plant.entry(number).search().orElseThrow().to().stream()
        .map(person -> person.local())
        .toList();
  }

  @Test
  void anAlarmMovesOnAlsoWhenTheClockWasSetBackOverARestart() {
    plant.come("op-1");
    long number = plant.onset("load-1", "too-hot");
    plant.pass(Duration.ofSeconds(6));
    int step = plant.entry(number).search().orElseThrow().step();
    world.clock.set(world.clock.in(Duration.ofMinutes(-4)));
    plant.restart();
    plant.come("op-1");
    plant.pass(Duration.ofSeconds(61));

    assertThat(plant.entry(number).search().orElseThrow().round()).isEqualTo(2);
    assertThat(plant.entry(number).search().orElseThrow().step()).isEqualTo(step);
  }

  @Test
  void whoIsBusyIsPassedOverAndTakesNoTime() {
    plant.come("op-1");
    plant.come("op-2");
    plant.says("op-1", Duty.DND);
    long number = plant.onset("load-1", "too-hot");

    assertThat(asked(number)).containsExactly("op-2");
  }

  @Test
  void anAlarmWithoutAnybodyIsOfferedAtOnceToWhoeverComes() {
    long number = plant.onset("load-1", "too-hot");
    assertThat(asked(number)).isEmpty();
    assertThat(plant.kinds(number)).contains(Kind.NOBODY);

    plant.come("op-1");

    assertThat(plant.offered("op-1")).containsExactly(number);
  }

  @Test
  void aConsoleThatDoesNotAnswerIsNobody() {
    FullJid silent = plant.come("op-1");
    plant.come("op-2");
    world.network.fail(silent, Wire.ALARM, new Unanswered("no answer in 10 s"));
    long number = plant.onset("load-1", "too-hot");

    assertThat(asked(number)).containsExactly("op-2");
    assertThat(plant.kinds(number)).contains(Kind.UNREACHED);

    world.network.heal(silent, Wire.ALARM);
    plant.pass(Duration.ofSeconds(1));
    world.service().heard(silent);
    plant.pass(Duration.ofSeconds(16));
    assertThat(asked(number)).containsExactly("op-1", "op-2");
  }

  @Test
  void aConsoleThatIsAllThereIsAndDoesNotAnswerIsNotAskedOverAndOver() {
    FullJid silent = plant.come("op-1");
    world.network.fail(silent, Wire.ALARM, new Unanswered("no answer in 10 s"));
    long number = plant.onset("load-1", "too-hot");
    plant.pass(Duration.ofMinutes(10));

    assertThat(plant.offered("op-1")).hasSize(1);
    assertThat(asked(number)).isEmpty();
  }

  @Test
  void anOfferFollowsItsPersonToAnotherSession() {
    plant.come("op-1");
    long number = plant.onset("load-1", "too-hot");
    FullJid first = plant.session("op-1");
    plant.come("op-1");

    assertThat(plant.session("op-1")).isNotEqualTo(first);
    assertThat(plant.offered("op-1")).containsExactly(number);
    assertThat(asked(number)).containsExactly("op-1");
  }

  @Test
  void anAcknowledgementLapsesWhenItsHolderLeavesAndTheNextIsAsked() {
    plant.come("op-1");
    plant.come("op-2");
    long number = plant.onset("load-1", "too-hot");
    plant.does("op-1", AlarmAct.Kind.ACKNOWLEDGE, number);
    plant.pass(Duration.ofMinutes(5));
    assertThat(plant.offered("op-2")).hasSize(1);

    plant.leave("op-1");

    assertThat(plant.kinds(number)).contains(Kind.LAPSED);
    assertThat(plant.offered("op-2")).hasSize(2);
    assertThat(state(number)).isEqualTo(AlarmState.UNACKNOWLEDGED);
  }

  @Test
  void aCommentKeepsAnAcknowledgementAlive() {
    plant.come("op-1");
    long number = plant.onset("load-1", "too-hot");
    plant.does("op-1", AlarmAct.Kind.ACKNOWLEDGE, number);
    plant.pass(Duration.ofMinutes(29));
    plant.does("op-1", AlarmAct.Kind.COMMENT, number);
    plant.pass(Duration.ofMinutes(29));
    assertThat(state(number)).isEqualTo(AlarmState.ACKNOWLEDGED);

    plant.pass(Duration.ofMinutes(2));

    assertThat(state(number)).isEqualTo(AlarmState.UNACKNOWLEDGED);
  }

  @Test
  void anAcknowledgementLapsesInTimeAlsoAfterARestart() {
    plant.come("op-1");
    long number = plant.onset("load-1", "too-hot");
    plant.does("op-1", AlarmAct.Kind.ACKNOWLEDGE, number);
    plant.restart();
    plant.come("op-1");
    plant.pass(Duration.ofMinutes(29));
    assertThat(state(number)).isEqualTo(AlarmState.ACKNOWLEDGED);

    plant.pass(Duration.ofMinutes(2));

    assertThat(state(number)).isEqualTo(AlarmState.UNACKNOWLEDGED);
  }

  @Test
  void whatOneHasTakenOnNobodyElseTakes() {
    plant.come("op-1");
    plant.come("op-2");
    long number = plant.onset("load-1", "too-hot");
    plant.does("op-1", AlarmAct.Kind.ACKNOWLEDGE, number);

    assertThat(
            world.refusal(
                plant.session("op-2"), plant.act("op-2", AlarmAct.Kind.ACKNOWLEDGE, number)))
        .isEqualTo(Reason.ALREADY_THERE);
  }

  @Test
  void anActIsAnsweredOnlyOnceItIsOnDisk() {
    plant.come("op-1");
    long number = plant.onset("load-1", "too-hot");
    Payload act = plant.act("op-1", AlarmAct.Kind.ACKNOWLEDGE, number);
    world.journal.hold();
    CompletableFuture<Payload> answer =
        world.service().request(plant.session("op-1"), true, act).toCompletableFuture();
    assertThat(answer).isNotDone();

    world.journal.sync();

    assertThat(answer.join().requireJson().get("done").get(0).asLong()).isEqualTo(number);
  }

  @Test
  void theWordOfTheDeviceComesWithTheOffer() {
    plant.come("op-1");
    Alarm alarm = plant.alarm("load-1", "too-hot", Event.ONSET, false);
    plant.bring("load-1", alarm);

    Payload offer = world.network.to(plant.session("op-1"), Wire.ALARM).get(0);
    assertThat(Alarm.read(offer.requireSealed().unverified())).isEqualTo(alarm);
  }

  @Test
  void theWordOfTheDeviceComesWithTheOfferAlsoAfterARestart() {
    Alarm alarm = plant.alarm("load-1", "too-hot", Event.ONSET, false);
    plant.bring("load-1", alarm);
    plant.restart();
    plant.come("op-1");

    Payload offer = world.network.to(plant.session("op-1"), Wire.ALARM).get(0);
    assertThat(Alarm.read(offer.requireSealed().unverified())).isEqualTo(alarm);
  }

  @Test
  void whoHasNotSaidHowTheyAreIsNotAskedYet() {
    FullJid session = world.prove(plant.identity("op-1"), "quiet");
    long number = plant.onset("load-1", "too-hot");

    assertThat(asked(number)).isEmpty();
    assertThat(world.network.to(session, Wire.ALARM)).isEmpty();
  }

  @Test
  void changesAreToldToThoseWhoCoverTheDeviceAndToNobodyElse() {
    plant.come("op-1");
    plant.come("op-9");
    plant.onset("load-1", "too-hot");
    plant.pass(Duration.ofSeconds(1));

    assertThat(world.network.to(plant.session("op-1"), Wire.ALARM_CHANGES)).isNotEmpty();
    assertThat(world.network.to(plant.session("op-9"), Wire.ALARM_CHANGES)).isEmpty();
    assertThat(world.network.to(plant.session("op-9"), Wire.ALARM)).isEmpty();
    assertThat(plant.seenBy("op-9", "open")).isEmpty();
  }
}
