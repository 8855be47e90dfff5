// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.identity.FullJid;
import energy.muster.presence.Operating;
import energy.muster.service.fixture.World;
import energy.muster.session.LeaseTerm;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One renewal a second in all; five devices of 5 s each would renew twice a second. */
final class LeaseBudgetTest {
  private static final Duration OWN = Duration.ofSeconds(5);

  private final World world =
      new World(new Limits(20, 100, 100, 10_000, Duration.ofMinutes(10), 100, 10, 64, 4, 1));
  private final List<FullJid> devices = new ArrayList<>();

  @BeforeEach
  void fiveDevicesWithShortLeases() {
    for (int i = 0; i < 5; i++) {
      FullJid device = world.prove(world.pki.device("load-" + i, "branch-60"), "k");
      devices.add(device);
      world.says(device, 1, Operating.ON, OWN);
    }
  }

  private List<Duration> wishes(FullJid device) {
    return world.network.to(device, Wire.LEASE).stream()
        .filter(each -> each.json().isPresent())
        .map(each -> LeaseTerm.read(each).lease())
        .toList();
  }

  @Test
  void thoseThatRenewTooOftenAreAskedOnceForTheShortestLeaseThatFits() {
    world.pass(Duration.ofMinutes(3));

    for (FullJid device : devices) {
      assertThat(wishes(device)).containsExactly(Duration.ofSeconds(10));
    }
  }

  @Test
  void whenThereIsRoomAgainTheyAreAskedForTheirOwn() {
    for (FullJid device : devices) {
      world
          .network
          .delay(device, Wire.LEASE)
          .complete(new LeaseTerm(Duration.ofSeconds(10)).payload());
    }
    world.pass(Duration.ofMinutes(1));
    devices.forEach(device -> world.says(device, 2, Operating.ON, Duration.ofSeconds(10)));
    devices.subList(1, 5).forEach(world::cut);
    world.pass(Duration.ofMinutes(1));

    assertThat(wishes(devices.get(0))).containsExactly(Duration.ofSeconds(10), OWN);
  }

  @Test
  void oneThatIsThereWithALongLeaseIsLeftAlone() {
    FullJid patient = world.prove(world.pki.device("meter-1", "branch-60"), "k");
    world.says(patient, 1, Operating.NONE, Duration.ofMinutes(5));
    world.pass(Duration.ofMinutes(2));

    assertThat(wishes(patient)).isEmpty();
    assertThat(world.network.to(patient, Wire.LEASE)).isEqualTo(List.<Payload>of());
  }
}
