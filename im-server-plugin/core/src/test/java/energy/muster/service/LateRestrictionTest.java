// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.identity.FullJid;
import energy.muster.presence.Contact;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.presence.Restriction;
import energy.muster.presence.RestrictionReason;
import energy.muster.presence.Show;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LateRestrictionTest {
  private final World world = new World();
  private final SigningIdentity load = world.pki.device("load-48", "branch-60");
  private final FullJid person = world.prove(world.pki.operator("op-1", "branch-60"), "console");
  private final FullJid device = world.prove(load, "k1");
  private final Instant end = world.clock.in(Duration.ofSeconds(40));

  @BeforeEach
  void isRestricted() {
    says(word(1, Optional.of(end)));
  }

  private DevicePresence word(long revision, Optional<Instant> until) {
    return new DevicePresence(
        revision,
        DeviceKind.LOAD,
        Operating.ON,
        until.map(
            at -> Restriction.of(RestrictionReason.CRITICAL_PROCESS, "furnace", Optional.of(at))),
        Optional.empty(),
        Map.of(),
        List.of(),
        Duration.ofMinutes(10));
  }

  private void says(DevicePresence word) {
    world
        .service()
        .presence(device, true, Show.DND, "", Optional.of(Payload.of(Wire.DEVICE, word.write())));
  }

  private int asked() {
    return world.network.to(device, Wire.DEVICE).size();
  }

  private Optional<Restriction> restriction() {
    return world
        .seen(person, "load-48")
        .flatMap(Contact::presence)
        .flatMap(DevicePresence::restriction);
  }

  @Test
  void whenItsEndIsOverTheDeviceIsAskedAndNothingIsGuessed() {
    world.pass(Duration.ofMillis(39_999));
    assertThat(asked()).isZero();
    world.pass(Duration.ofMillis(1));

    assertThat(asked()).isEqualTo(1);
    assertThat(restriction()).isPresent();
    assertThat(restriction().orElseThrow().overdue(world.clock.instant())).isTrue();
  }

  @Test
  void itsAnswerIsItsWord() {
    CompletableFuture<Payload> answer = world.network.delay(device, Wire.DEVICE);
    world.pass(Duration.ofSeconds(40));
    answer.complete(Payload.of(Wire.DEVICE, word(2, Optional.empty()).write()));
    world.pass(Duration.ofHours(1));

    assertThat(restriction()).isEmpty();
    assertThat(asked()).isEqualTo(1);
  }

  @Test
  void anAnswerOlderThanWhatItSaidMeanwhileIsForgotten() {
    CompletableFuture<Payload> answer = world.network.delay(device, Wire.DEVICE);
    world.pass(Duration.ofSeconds(40));
    says(word(3, Optional.empty()));
    answer.complete(Payload.of(Wire.DEVICE, word(2, Optional.of(end)).write()));

    assertThat(restriction()).isEmpty();
  }

  @Test
  void oneThatDoesNotAnswerIsAskedAgainLessAndLessOften() {
    world.network.fail(device, Wire.DEVICE, new Unanswered("silence"));
    world.pass(Duration.ofSeconds(40 + 15 + 30 + 60));

    assertThat(asked()).isEqualTo(4);
    assertThat(restriction()).isPresent();
  }

  @Test
  void oneThatHasSaidAnotherEndIsAskedThen() {
    says(word(2, Optional.of(end.plusSeconds(60))));
    world.pass(Duration.ofSeconds(99));
    assertThat(asked()).isZero();
    world.pass(Duration.ofSeconds(1));

    assertThat(asked()).isEqualTo(1);
  }

  @Test
  void oneThatIsGoneIsNotAsked() {
    world.cut(device);
    world.pass(Duration.ofMinutes(5));

    assertThat(asked()).isZero();
  }
}
