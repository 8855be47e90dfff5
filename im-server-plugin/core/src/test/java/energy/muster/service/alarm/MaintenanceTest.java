// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.alarm.AlarmAct;
import energy.muster.alarm.AlarmState;
import energy.muster.alarm.AlarmTransition.Kind;
import energy.muster.presence.Restriction;
import energy.muster.presence.RestrictionReason;
import energy.muster.refusal.Reason;
import energy.muster.service.fixture.World;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An alarm that somebody has while its device is in maintenance. */
final class MaintenanceTest {
  private final Plant plant = new Plant();
  private final World world = plant.world;
  private long number;

  @BeforeEach
  void anAlarmOfALoadInMaintenanceThatAnOperatorHas() {
    plant.device("load-1", "branch-60");
    plant.operator("op-1", "branch-60");
    plant.operator("op-2", "branch-60");
    plant.come("op-1");
    maintenance(true);
    number = plant.onset("load-1", "too-hot");
    assertThat(plant.kinds(number)).contains(Kind.HELD);
    plant.does("op-1", AlarmAct.Kind.ACKNOWLEDGE, number);
  }

  private void maintenance(boolean is) {
    plant.restricted(
        "load-1",
        is
            ? Optional.of(
                Restriction.of(RestrictionReason.MAINTENANCE, "oil change", Optional.empty()))
            : Optional.empty());
  }

  private Reason escalating() {
    return world.refusal(plant.session("op-1"), plant.act("op-1", AlarmAct.Kind.ESCALATE, number));
  }

  @Test
  void itCanBeEscalatedOnceMaintenanceIsOver() {
    plant.come("op-2");
    maintenance(false);

    plant.does("op-1", AlarmAct.Kind.ESCALATE, number);

    assertThat(plant.entry(number).state()).isEqualTo(AlarmState.UNACKNOWLEDGED);
    assertThat(plant.offered("op-2")).containsExactly(number);
  }

  @Test
  void itIsNotEscalatedAsLongAsMaintenanceGoesOn() {
    assertThat(escalating()).isEqualTo(Reason.PRECONDITION);

    assertThat(plant.entry(number).state()).isEqualTo(AlarmState.ACKNOWLEDGED);
  }

  @Test
  void itIsNotEscalatedWhereMaintenanceBeganAfterItWasAcknowledged() {
    maintenance(false);
    long other = plant.onset("load-1", "too-cold");
    plant.does("op-1", AlarmAct.Kind.ACKNOWLEDGE, other);
    maintenance(true);

    assertThat(
            world.refusal(plant.session("op-1"), plant.act("op-1", AlarmAct.Kind.ESCALATE, other)))
        .isEqualTo(Reason.PRECONDITION);
  }

  @Test
  void itsSearchGoesOnWhenItLapsesAfterMaintenanceAndIsReleasedByNothing() {
    maintenance(false);
    plant.come("op-2");
    plant.leave("op-1");
    var search = plant.entry(number).search();
    assertThat(search).isPresent();
    plant.pass(Duration.ofSeconds(1));

    maintenance(false);

    assertThat(plant.entry(number).search()).isEqualTo(search);
    assertThat(plant.kinds(number)).doesNotContain(Kind.RELEASED);
  }
}
