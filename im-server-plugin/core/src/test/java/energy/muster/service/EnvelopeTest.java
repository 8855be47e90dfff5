// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.identity.FullJid;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.presence.Restriction;
import energy.muster.presence.RestrictionReason;
import energy.muster.presence.Show;
import energy.muster.refusal.Reason;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.service.fixture.World.Draft;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A generator has announced that it takes at most 100 kW for the next hour. */
class EnvelopeTest {
  private final World world = new World();
  private final SigningIdentity operator = world.pki.operator("op-1", "branch-60");
  private final FullJid person = world.prove(operator, "console");
  private final FullJid generator = world.prove(world.pki.device("gen-2", "branch-60"), "agent");

  @BeforeEach
  void itIsDerated() {
    says(
        Optional.of(
            new Restriction(
                RestrictionReason.MAINTENANCE,
                Set.of(Verb.SET_POINT),
                Optional.of(Power.kilowatts(100)),
                "one of two fans is out",
                Optional.of(world.clock.in(Duration.ofHours(1))))));
  }

  private void says(Optional<Restriction> restriction) {
    DevicePresence word =
        new DevicePresence(
            1,
            DeviceKind.GENERATOR,
            Operating.ON,
            restriction,
            Optional.empty(),
            Map.of(),
            List.of(),
            Duration.ofHours(6));
    world
        .service()
        .presence(
            generator, true, Show.DND, "", Optional.of(Payload.of(Wire.DEVICE, word.write())));
  }

  private Draft setPoint(int kilowatts, Optional<Instant> executeAt) {
    Draft draft = setPoint(operator, kilowatts);
    return executeAt.map(at -> draft.but(order -> order.executeAt(at))).orElse(draft);
  }

  private Draft setPoint(SigningIdentity issuer, int kilowatts) {
    return world
        .draft(issuer, Verb.START, "gen-2")
        .but(order -> order.instruction(new Instruction.SetPoint(Power.kilowatts(kilowatts))));
  }

  private List<Payload> delivered() {
    return world.network.to(generator, Wire.DELIVER);
  }

  @Test
  void aSetPointAboveItIsRefusedWithoutAskingTheDevice() {
    assertThat(world.refusal(person, setPoint(120, Optional.empty()).submit()))
        .isEqualTo(Reason.OUT_OF_ENVELOPE);
    assertThat(delivered()).isEmpty();
  }

  @Test
  void oneWithinItIsTaken() {
    world.set(person, setPoint(100, Optional.empty()).submit());

    assertThat(delivered()).hasSize(1);
  }

  @Test
  void whatWaitsForItsTimeIsForTheDeviceToJudge() {
    Instant later = world.clock.in(Duration.ofMinutes(1));

    world.set(person, setPoint(120, Optional.of(later)).submit());

    assertThat(delivered()).hasSize(1);
  }

  @Test
  void onceItsTimeIsOverTheDeviceIsAskedAfterAll() {
    world.pass(Duration.ofHours(1));

    world.set(person, setPoint(120, Optional.empty()).submit());

    assertThat(delivered()).hasSize(1);
  }

  @Test
  void ofADeviceThatIsNotThereNothingIsRefused() {
    world.cut(generator);

    world.set(person, setPoint(120, Optional.empty()).submit());
  }

  @Test
  void whoHasNoSuchDeviceDoesNotLearnOfIt() {
    SigningIdentity elsewhere = world.pki.operator("op-2", "branch-18");
    FullJid stranger = world.prove(elsewhere, "console");

    assertThat(world.refusal(stranger, setPoint(elsewhere, 120).submit()))
        .isEqualTo(Reason.UNKNOWN);
  }
}
