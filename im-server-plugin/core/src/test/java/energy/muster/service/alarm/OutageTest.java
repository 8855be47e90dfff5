// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.AlarmEntry.Source;
import energy.muster.alarm.AlarmState;
import energy.muster.presence.DeviceKind;
import energy.muster.service.fixture.World;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One alarm for a dead branch. */
final class OutageTest {
  private final Plant plant = new Plant();

  @BeforeEach
  void aBranchOfSix() {
    for (int i = 1; i <= 6; i++) {
      plant.device("load-" + i, "branch-60");
    }
    plant.device("sw6", "branch-60");
    plant.says("sw6", DeviceKind.BREAKER, Optional.empty());
    plant.operator("op-1", "branch-60");
    plant.operator("op-2", "device:load-1");
    plant.come("op-1");
  }

  /** Once what happened to a branch was looked at as a whole. */
  private Collection<AlarmEntry> open() {
    plant.pass(Outages.JUDGING);
    return plant.seenBy("watcher", "open").values();
  }

  private List<AlarmEntry> in(AlarmState state) {
    return open().stream().filter(entry -> entry.state() == state).toList();
  }

  private void outages(int devices) {
    for (int i = 1; i <= devices; i++) {
      plant.onset("load-" + i, "outage");
    }
    plant.pass(Duration.ofSeconds(3));
  }

  @Test
  void mostOfABranchIsOneAlarmOfTheService() {
    outages(6);
    AlarmEntry branch = in(AlarmState.UNACKNOWLEDGED).get(0);

    assertThat(in(AlarmState.UNACKNOWLEDGED)).hasSize(1);
    assertThat(branch.source()).isEqualTo(Source.SERVICE);
    assertThat(branch.branch().orElseThrow().name()).isEqualTo("branch-60");
    assertThat(branch.children()).isEqualTo(6);
    assertThat(branch.text()).contains("6 of 7");
    assertThat(in(AlarmState.SUPPRESSED_BY_DESIGN))
        .hasSize(6)
        .allSatisfy(child -> assertThat(child.parent()).hasValue(branch.number()));
    assertThat(plant.offered("op-1")).containsExactly(branch.number());
  }

  @Test
  void oneDeviceOfABranchIsItsOwnAlarmAfterAMoment() {
    long number = plant.onset("load-1", "outage");
    assertThat(plant.offered("op-1")).isEmpty();

    plant.pass(Duration.ofSeconds(3));

    assertThat(plant.offered("op-1")).containsExactly(number);
  }

  @Test
  void anOpenBreakerExplainsWhatHangsOnIt() {
    long breaker = plant.onset("sw6", "breaker-tripped");
    outages(6);

    assertThat(in(AlarmState.SUPPRESSED_BY_DESIGN))
        .hasSize(6)
        .allSatisfy(child -> assertThat(child.parent()).hasValue(breaker));
    assertThat(plant.offered("op-1")).containsExactly(breaker);
    assertThat(plant.entry(breaker).children()).isEqualTo(6);
  }

  @Test
  void aBreakerWhoseWordComesLateTakesTheBranchsPlace() {
    outages(6);
    long breaker = plant.onset("sw6", "breaker-tripped");

    assertThat(in(AlarmState.SUPPRESSED_BY_DESIGN))
        .allSatisfy(child -> assertThat(child.parent()).hasValue(breaker));
  }

  @Test
  void whatStaysOutWhenTheBranchIsBackIsAnAlarmOfItsOwn() {
    long breaker = plant.onset("sw6", "breaker-tripped");
    outages(6);
    plant.returned("sw6", "breaker-tripped");
    for (int i = 2; i <= 6; i++) {
      plant.returned("load-" + i, "outage");
    }
    plant.pass(Duration.ofSeconds(30));
    assertThat(plant.offered("op-1")).containsExactly(breaker);

    plant.pass(Duration.ofSeconds(33));

    assertThat(new HashSet<>(plant.offered("op-1"))).hasSize(2);
    assertThat(in(AlarmState.UNACKNOWLEDGED))
        .singleElement()
        .satisfies(alarm -> assertThat(alarm.device()).isEqualTo(World.jid("load-1")));
  }

  @Test
  void aBranchThatStaysDeadAfterItsBreakerIsClosedIsOneAlarmAgain() {
    plant.onset("sw6", "breaker-tripped");
    outages(6);
    plant.returned("sw6", "breaker-tripped");
    plant.pass(Duration.ofSeconds(70));

    assertThat(in(AlarmState.UNACKNOWLEDGED))
        .singleElement()
        .satisfies(alarm -> assertThat(alarm.branch()).isPresent());
    assertThat(new HashSet<>(plant.offered("op-1"))).hasSize(2);
  }

  @Test
  void childrenThatComeBackAreOverWithoutAnybody() {
    outages(6);
    for (int i = 1; i <= 6; i++) {
      plant.returned("load-" + i, "outage");
    }

    assertThat(open())
        .singleElement()
        .satisfies(
            branch -> assertThat(branch.state()).isEqualTo(AlarmState.RETURNED_UNACKNOWLEDGED));
  }

  @Test
  void whoeverCoversOneDeviceAloneIsNotToldOfTheBranch() {
    plant.come("op-2");
    outages(6);

    assertThat(plant.seenBy("op-2", "open").values())
        .singleElement()
        .satisfies(own -> assertThat(own.device()).isEqualTo(World.jid("load-1")));
    assertThat(plant.offered("op-2")).isEmpty();
  }

  @Test
  void anotherAlarmOfADeadBranchLooksForSomebodyAllTheSame() {
    outages(6);
    long hot = plant.onset("load-1", "too-hot");

    assertThat(plant.offered("op-1")).contains(hot);
  }

  @Test
  void aDeviceThatIsGoneWithoutAReasonIsAnAlarmOfTheServiceUntilItIsBack() {
    plant.leave("load-1");
    plant.pass(Duration.ofMinutes(2));
    AlarmEntry gone = in(AlarmState.UNACKNOWLEDGED).get(0);
    assertThat(gone.rule()).isEqualTo(Outages.LEASE_MISSED);
    assertThat(gone.source()).isEqualTo(Source.SERVICE);
    assertThat(plant.offered("op-1")).contains(gone.number());

    plant.come("load-1");

    assertThat(plant.entry(gone.number()).state()).isEqualTo(AlarmState.RETURNED_UNACKNOWLEDGED);
  }
}
