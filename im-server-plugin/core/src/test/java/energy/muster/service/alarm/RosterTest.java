// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import static energy.muster.service.alarm.Plant.course;
import static energy.muster.service.alarm.Plant.step;
import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.document.DocumentType;
import energy.muster.duty.DutyOverride;
import energy.muster.duty.DutyRoster;
import energy.muster.duty.Team;
import energy.muster.identity.BareJid;
import energy.muster.refusal.Reason;
import energy.muster.seal.Sealer;
import energy.muster.service.fixture.World;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An alarm finds whoever the signed roster has on duty, now and when the shift changes. */
final class RosterTest {
  private static final Duration SHIFT = Duration.ofMinutes(10);

  private final Plant plant = new Plant();
  private final World world = plant.world;

  @BeforeEach
  void aPlantWithTwoOnDutyOneAfterTheOther() {
    plant.device("load-1", "branch-60");
    plant.operator("op-1", "branch-60");
    plant.operator("op-2", "branch-60");
    plant.publish(course(Duration.ofMinutes(30), step(60, "duty:plant-3")));
    plant.come("eng-1");
    world.set(plant.session("eng-1"), roster(2));
    plant.leave("eng-1");
  }

  private Payload roster(long revision) {
    Instant now = world.clock.instant();
    Instant change = now.plus(SHIFT);
    Team team =
        new Team(
            "plant-3",
            ZoneOffset.UTC,
            List.of(),
            List.of(
                new DutyOverride(World.jid("op-1"), now, change),
                new DutyOverride(World.jid("op-2"), change, change.plus(SHIFT))));
    DutyRoster document =
        new DutyRoster(
            world.header(DocumentType.DUTY_ROSTER, World.jid("eng-1")), revision, List.of(team));
    return Payload.of(Wire.ROSTER, Sealer.seal(document.write(), plant.identity("eng-1")));
  }

  private List<String> asked(long number) {
    return plant.entry(number).search().orElseThrow().to().stream().map(BareJid::local).toList();
  }

  @Test
  void whoIsOnDutyByTheRosterIsAskedAndNobodyElse() {
    plant.come("op-1");
    plant.come("op-2");

    assertThat(asked(plant.onset("load-1", "too-hot"))).containsExactly("op-1");
  }

  @Test
  void whenTheShiftChangesAnAlarmThatHadNobodyIsOfferedAtOnce() {
    plant.come("op-2");
    long number = plant.onset("load-1", "too-hot");
    plant.pass(SHIFT.minusSeconds(1));
    assertThat(plant.offered("op-2")).isEmpty();

    plant.pass(Duration.ofSeconds(1));

    assertThat(plant.offered("op-2")).containsExactly(number);
  }

  @Test
  void theRosterHoldsOverARestart() {
    plant.restart();
    plant.come("load-1");
    plant.come("op-1");
    plant.come("op-2");
    long number = plant.onset("load-1", "too-hot");
    assertThat(asked(number)).containsExactly("op-1");

    plant.pass(SHIFT);

    assertThat(asked(number)).containsExactly("op-2");
  }

  @Test
  void aRosterOfALowerRevisionIsRefused() {
    plant.come("eng-1");

    assertThat(world.refusal(plant.session("eng-1"), roster(1))).isEqualTo(Reason.SUPERSEDED);
  }

  private CompletableFuture<Payload> brings(Payload roster) {
    return world.service().request(plant.session("eng-1"), true, roster).toCompletableFuture();
  }

  @Test
  void aRosterThatTheDiskDidNotTakeIsNotInForceAndTakenWhenItIsSentAgain() {
    plant.come("op-1");
    plant.come("eng-1");
    Payload next = roster(3);
    world.journal.breakDown(true);
    assertThat(brings(next)).isCompletedExceptionally();
    assertThat(brings(next)).isCompletedExceptionally();
    assertThat(revision()).isEqualTo(2);

    world.journal.breakDown(false);
    assertThat(brings(next)).isCompleted();
    plant.restart();
    plant.come("op-1");

    assertThat(revision()).isEqualTo(3);
  }

  private long revision() {
    Payload answer = world.get(plant.session("op-1"), Payload.empty(Wire.DUTY));
    return DutyRoster.read(answer.requireSealed().unverified()).revision();
  }

  @Test
  void aRosterThatIsBeingWrittenIsAnsweredNoSoonerWhenItComesAgainAndAnEarlierIsRefused() {
    plant.come("eng-1");
    Payload next = roster(4);
    world.journal.hold();
    CompletableFuture<Payload> first = brings(next);
    CompletableFuture<Payload> again = brings(next);
    assertThat(first).isNotDone();
    assertThat(again).isNotDone();
    assertThat(world.refusal(plant.session("eng-1"), roster(3))).isEqualTo(Reason.SUPERSEDED);

    world.journal.sync();

    assertThat(first).isCompleted();
    assertThat(again).isCompleted();
  }

  @Test
  void theShiftChangesAlsoAfterARosterThatTheDiskDidNotTake() {
    plant.come("op-2");
    plant.come("eng-1");
    world.journal.breakDown(true);
    assertThat(brings(roster(3))).isCompletedExceptionally();
    world.journal.breakDown(false);
    long number = plant.onset("load-1", "too-hot");
    assertThat(plant.offered("op-2")).isEmpty();

    plant.pass(SHIFT);

    assertThat(plant.offered("op-2")).containsExactly(number);
  }

  @Test
  void whoeverRunsThePlantIsGivenTheDocumentItself() {
    plant.come("op-1");

    assertThat(revision()).isEqualTo(2);
  }
}
