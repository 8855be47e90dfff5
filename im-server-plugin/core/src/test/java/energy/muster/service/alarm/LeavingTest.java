// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import static energy.muster.service.alarm.Plant.step;
import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.alarm.AlarmAct;
import energy.muster.alarm.AlarmCourse;
import energy.muster.alarm.AlarmCourse.Whose;
import energy.muster.identity.FullJid;
import energy.muster.service.fixture.World;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Letter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An alarm leaves the network once for each time that nobody takes it on, whatever happens. */
final class LeavingTest {
  private static final String OFFICE = "night@plant.example";
  private static final Duration HELD = Duration.ofMinutes(10);
  private static final Duration ROUND = Duration.ofSeconds(61);

  private final Plant plant = new Plant();
  private final World world = plant.world;
  private long revision;

  @BeforeEach
  void aLoadAndAnOperator() {
    plant.device("load-1", "branch-60");
    plant.operator("op-1", "branch-60");
    plant.engineer("eng-1", "*");
    plant.come("op-1");
    mailIsTaken(true);
    policy(OFFICE);
  }

  private void mailIsTaken(boolean taken) {
    world
        .service()
        .alarmsThrough(
            (to, errand) ->
                taken
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.failedFuture(new IllegalStateException("down")),
            (to, errand) -> CompletableFuture.completedFuture(null));
  }

  private void policy(String... mail) {
    FullJid engineer = plant.come("eng-1");
    AlarmCourse course =
        new AlarmCourse(
            "test", Whose.ALL, List.of(step(60, "role:operator")), HELD, List.of(mail), List.of());
    world.set(engineer, plant.sealed(plant.policy(++revision, course), "eng-1"));
    plant.leave("eng-1");
  }

  private void restart(boolean mailIsTaken) {
    plant.pass(Duration.ofSeconds(6));
    plant.restart();
    mailIsTaken(mailIsTaken);
    plant.come("load-1");
    plant.come("op-1");
  }

  /** How often it left for there. */
  private long left(String to) {
    return world.journal.entries(Entry.LetterNoted.class).stream()
        .map(Entry.LetterNoted::letter)
        .filter(letter -> letter.to().equals(to))
        .map(Letter::id)
        .distinct()
        .count();
  }

  @Test
  void oneThatLapsedLeavesAgainAlsoAfterARestart() {
    long number = plant.onset("load-1", "too-hot");
    plant.pass(ROUND);
    assertThat(left(OFFICE)).isEqualTo(1);
    plant.does("op-1", AlarmAct.Kind.ACKNOWLEDGE, number);
    plant.pass(HELD.plusSeconds(1));
    assertThat(plant.entry(number).owner()).isEmpty();

    restart(true);
    plant.pass(ROUND);

    assertThat(left(OFFICE)).isEqualTo(2);
  }

  @Test
  void oneWhosePolicyHadNoAddressLeavesUnderTheNext() {
    policy();
    plant.onset("load-1", "too-hot");
    plant.pass(ROUND);

    policy(OFFICE);
    plant.pass(ROUND);

    assertThat(left(OFFICE)).isEqualTo(1);
  }

  @Test
  void theNextPolicyAddsItsAddressAndRepeatsNone() {
    plant.onset("load-1", "too-hot");
    plant.pass(ROUND);

    policy(OFFICE, "day@plant.example");
    plant.pass(ROUND);

    assertThat(left("day@plant.example")).isEqualTo(1);
    assertThat(left(OFFICE)).isEqualTo(1);
  }

  @Test
  void oneWhoseMailIsUnderWayDoesNotLeaveTwiceBecauseOfARestart() {
    mailIsTaken(false);
    plant.onset("load-1", "too-hot");
    plant.pass(ROUND);
    assertThat(left(OFFICE)).isEqualTo(1);

    restart(false);
    plant.pass(ROUND.multipliedBy(2));

    assertThat(left(OFFICE)).isEqualTo(1);
  }

  @Test
  void oneLeavesWhileTheDiskFailsAndOnceOnly() {
    List<String> mailed = new ArrayList<>();
    world
        .service()
        .alarmsThrough(
            (to, errand) -> {
              mailed.add(to);
              return CompletableFuture.completedFuture(null);
            },
            (to, errand) -> CompletableFuture.completedFuture(null));
    plant.onset("load-1", "too-hot");
    plant.onset("load-1", "too-cold");
    world.journal.breakDown(true);
    plant.pass(ROUND);
    assertThat(mailed).containsExactly(OFFICE, OFFICE);

    world.journal.breakDown(false);
    plant.pass(AlarmBook.AGAIN.plusSeconds(1));
    plant.pass(ROUND);
    assertThat(mailed).hasSize(2);
  }

  @Test
  void oneThatWasPutAsideWhileItsMailWasUnderWayLeavesWhenItIsBack() {
    mailIsTaken(false);
    long number = plant.onset("load-1", "too-hot");
    plant.pass(ROUND);
    plant.does("op-1", AlarmAct.Kind.SHELVE, number);
    plant.pass(Duration.ofMinutes(20));
    mailIsTaken(true);

    plant.does("op-1", AlarmAct.Kind.UNSHELVE, number);
    plant.pass(ROUND);

    assertThat(plant.entry(number).sentOut()).hasSize(1);
  }
}
