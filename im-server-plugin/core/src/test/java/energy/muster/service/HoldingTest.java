// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Instruction;
import energy.muster.command.Precondition;
import energy.muster.command.Verb;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.outcome.DeliveryState;
import energy.muster.presence.Operating;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World.Draft;
import energy.muster.session.LeaseAnswer;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What waits, for whom, and what passes it. */
final class HoldingTest extends OneLoadAndItsOperator {
  @Test
  void aSettingsOrderWaitsForARestrictedDeviceAndAnOrderToItsProcessDoesNot() {
    says(Operating.ON, Optional.of(upgrading("firmware until 13:03")), 2);
    SigningIdentity engineer = world.pki.identity("eng-1", Role.ENGINEER, "*");
    Draft configure =
        with(
            world.draft(engineer, Verb.SHED, "load-48"),
            new Instruction.Configure(1, Json.object()),
            Optional.empty());
    world.set(world.prove(engineer, "desk"), configure.submit());
    assertThat(state(configure)).isEqualTo(DeliveryState.HELD);
    assertThat(text(configure)).contains("unavailable to receive commands", "firmware until 13:03");

    Draft urgent = shed();
    assertThat(state(urgent)).isEqualTo(DeliveryState.RECEIVED);

    says(Operating.ON, Optional.empty(), 3);
    assertThat(state(configure)).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void aReadPassesAnOrderThatAFullDevicePutsOffAndALaterOrderDoesNot() {
    Refusal full = new Refusal(Reason.NO_SPACE, "free its disk");
    world.network.fail(device, Wire.DELIVER, new Refused(full));
    Draft first = shed();
    assertThat(state(first)).isEqualTo(DeliveryState.SENT);
    world.network.heal(device, Wire.DELIVER);

    Draft read = submitted(world.draft(operator, Verb.READ, "load-48"));
    Draft second = submitted(world.draft(operator, Verb.RESTORE, "load-48"));
    assertThat(state(read)).isEqualTo(DeliveryState.RECEIVED);
    assertThat(state(second)).isEqualTo(DeliveryState.SENT);

    world.pass(Duration.ofSeconds(2));
    assertThat(state(first)).isEqualTo(DeliveryState.RECEIVED);
    assertThat(state(second)).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void anOrderThatWaitsForAStateGoesOutWhenPresenceMeetsIt() {
    says(Operating.STARTING, Optional.empty(), 2);
    Precondition whenOn =
        new Precondition(
            OptionalLong.empty(), Optional.of(Operating.ON), Optional.empty(), false, true);
    Draft order =
        submitted(
            with(
                world.draft(operator, Verb.SHED, "load-48"),
                Instruction.plain(Verb.SHED),
                Optional.of(whenOn)));
    assertThat(state(order)).isEqualTo(DeliveryState.HELD);
    assertThat(text(order)).contains("required on, it is starting");

    says(Operating.ON, Optional.empty(), 3);

    assertThat(state(order)).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void whatIsHeldSaysWhyAndWhenTheDeviceIsExpected() {
    world.set(
        device,
        Payload.of(
            Wire.GOODBYE,
            Json.object()
                .put("reason", "contact over")
                .put("nextContact", world.clock.in(Duration.ofHours(6)).toString())));
    Draft order = shed();
    assertThat(text(order)).contains("contact over").contains("expected back at");
  }

  @Test
  void aDeviceThatOnlyCallsInIsToldHowMuchWaits() {
    world.cut(device);
    shed();
    shed();
    device = world.prove(load, "k2");
    assertThat(lease().waiting()).hasValue(0);

    world.cut(device);
    shed();
    var taking = world.network.delay(LOAD.at("k3"), Wire.DELIVER);
    device = world.prove(load, "k3");
    assertThat(lease().waiting()).hasValue(1);
    taking.complete(Payload.empty(Wire.RECEIVED));
    assertThat(lease().waiting()).hasValue(0);
  }

  private LeaseAnswer lease() {
    return LeaseAnswer.read(world.set(device, Payload.empty(Wire.LEASE)));
  }
}
