// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.json.Json;
import energy.muster.outcome.DeliveryState;
import energy.muster.presence.Operating;
import energy.muster.service.fixture.World.Draft;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The clock of the server is set, or its process stands still for a while. */
final class ClockTest extends OneLoadAndItsOperator {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration STOOD_STILL = Duration.ofSeconds(90);
  private static final Duration GRACE_AND_PROBES = Duration.ofSeconds(25);

  private void setBack(Duration by) {
    var unused = world.service().advanceTo(world.clock.instant());
    world.clock.set(world.clock.in(by.negated()));
  }

  private void standStill() {
    world.clock.set(world.clock.in(STOOD_STILL));
    var unused = world.service().advanceTo(world.clock.instant());
  }

  private int changes() {
    return world.network.to(person, Wire.CHANGES).size();
  }

  private int delivered() {
    return world.network.to(device, Wire.DELIVER).size();
  }

  @Test
  void aDeviceThatAnswersIsNoFaultWhenTheProcessStoodStill() {
    standStill();
    world.pass(GRACE_AND_PROBES);

    assertThat(world.network.to(device, Wire.LEASE)).hasSize(1);
    assertThat(world.notices(person)).doesNotContain("fault", "cleared");
  }

  @Test
  void oneThatAnswersNothingIsAFaultAGraceAndItsProbesLater() {
    world.network.fail(device, Wire.LEASE, new Unanswered("nobody"));
    standStill();
    world.pass(GRACE_AND_PROBES.minusSeconds(1));
    assertThat(world.notices(person)).doesNotContain("fault");
    world.pass(Duration.ofSeconds(1));

    assertThat(world.notices(person)).containsExactly("fault");
  }

  @Test
  void leasesAreWatchedWhenTheClockWasSetBack() {
    world.network.fail(device, Wire.LEASE, new Unanswered("nobody"));
    world.pass(Duration.ofSeconds(50));
    setBack(HOUR);
    world.pass(Duration.ofSeconds(60).plus(GRACE_AND_PROBES));

    assertThat(world.notices(person)).containsExactly("fault");
  }

  @Test
  void oneThatIsHeardStaysThereWhenTheClockWasSetBack() {
    setBack(HOUR);
    stayWithoutAnswer(Duration.ofMinutes(5));

    assertThat(world.network.to(device, Wire.LEASE)).isEmpty();
    assertThat(world.notices(person)).isEmpty();
  }

  @Test
  void stanzasAreAdmittedAsBeforeWhenTheClockWasSetBack() {
    setBack(HOUR);
    for (int i = 0; i < 600; i++) {
      assertThat(world.service().admit(device)).isTrue();
      world.clock.set(world.clock.in(Duration.ofMillis(100)));
    }
  }

  @Test
  void whoHadSentTooMuchIsAdmittedAgainSoonWhenTheClockWasSetBack() {
    while (world.service().admit(device)) {
      assertThat(world.notices(person)).isEmpty();
    }
    setBack(HOUR);
    assertThat(world.service().admit(device)).isFalse();
    world.clock.set(world.clock.in(Duration.ofSeconds(1)));

    assertThat(world.service().admit(device)).isTrue();
  }

  @Test
  void aChangeReachesAnOpenViewWhenTheClockWasSetBack() {
    var unused = world.set(person, Payload.of(Wire.VIEW, Json.object().put("id", "v1")));
    says(Operating.ON, Optional.empty(), 1);
    setBack(HOUR);
    world.pass(Duration.ofMillis(250));
    assertThat(changes()).isEqualTo(1);

    says(Operating.OFF, Optional.empty(), 2);
    world.pass(Duration.ofMillis(250));

    assertThat(changes()).isEqualTo(2);
  }

  @Test
  void aDeliveryIsTriedAgainWhenTheClockWasSetBack() {
    world.network.fail(device, Wire.DELIVER, new Unanswered("lost"));
    Draft order = shed();
    setBack(HOUR);
    world.network.heal(device, Wire.DELIVER);
    world.pass(Duration.ofSeconds(2));

    assertThat(delivered()).isEqualTo(2);
    assertThat(state(order)).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void anOrderEndsWhenTheClockShowsItsTimeAlsoWhenItWasSetBack() {
    Draft order = shed();
    setBack(HOUR);
    stayWithoutAnswer(HOUR);
    assertThat(state(order)).isEqualTo(DeliveryState.RECEIVED);
    world.pass(AFTER_EXECUTE_BY);

    assertThat(state(order)).isEqualTo(DeliveryState.UNCONFIRMED);
  }
}
