// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.identity.FullJid;
import energy.muster.json.Json;
import energy.muster.presence.Contact;
import energy.muster.refusal.Reason;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Devices that say when they will be back. */
final class GoodbyeTest {
  private final World world = new World();
  private final SigningIdentity meter = world.pki.device("meter-1", "branch-60");
  private final SigningIdentity operator = world.pki.operator("op-1", "branch-60");
  private FullJid device = world.prove(meter, "k1");

  private static Payload goodbye(String next) {
    return Payload.of(Wire.GOODBYE, Json.object().put("reason", "asleep").put("nextContact", next));
  }

  private Contact contact(FullJid person) {
    return world.seen(person, "meter-1").orElseThrow();
  }

  /** The device was to be back while there was no service; somebody looks at the next one. */
  private FullJid awayWhileTheServiceIs() {
    world.set(device, goodbye(world.clock.in(Duration.ofMinutes(10)).toString()));
    world.cut(device);
    world.pass(Duration.ofSeconds(6));
    world.clock.set(world.clock.in(Duration.ofMinutes(12)));
    world.killAndRestart();
    return world.prove(operator, "console");
  }

  @Test
  void aTimeThatNobodyLivesToSeeIsRefusedAndStopsNoStart() {
    assertThat(world.refusal(device, goodbye("+1000000000-12-31T23:59:59Z")))
        .isEqualTo(Reason.MALFORMED);
    assertThat(world.refusal(device, goodbye("9999-12-31T23:59:59Z")))
        .isEqualTo(Reason.INVALID_ARGUMENT);
    assertThat(world.refusal(device, goodbye(world.clock.in(Duration.ofDays(401)).toString())))
        .isEqualTo(Reason.INVALID_ARGUMENT);
    world.pass(Duration.ofSeconds(6));
    world.killAndRestart();

    assertThat(contact(world.prove(operator, "console")).absence()).isEmpty();
  }

  @Test
  void whatTheServiceItselfMissedIsNoFaultUntilTheDeviceHadItsLease() {
    FullJid person = awayWhileTheServiceIs();
    world.pass(Duration.ofSeconds(74));
    assertThat(contact(person).fault()).isFalse();
    device = world.prove(meter, "k2");
    world.pass(Duration.ofMinutes(1));

    assertThat(world.notices(person)).isEmpty();
  }

  @Test
  void oneThatDoesNotReturnToTheNextServiceIsAFault() {
    FullJid person = awayWhileTheServiceIs();
    world.pass(Duration.ofSeconds(75));

    assertThat(contact(person).fault()).isTrue();
    assertThat(world.notices(person)).containsExactly("fault");
  }
}
