// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.fixture.World;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RefusalTest {
  private static final Payload ASKED = Payload.of(Wire.REFUSALS, Json.object().put("limit", 50));

  private final World world = new World();
  private final FullJid guest = world.open("guest", "phone");

  private void refusedTimes(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(world.refusal(guest, Payload.empty(Wire.LEASE))).isEqualTo(Reason.NOT_PROVEN);
    }
  }

  private JsonNode asked(Role role) {
    FullJid reader = world.prove(world.pki.identity("reader-1", role), "c");
    return world.get(reader, ASKED).requireLargeJson();
  }

  @Test
  void anAuditorReadsWhoWasToldNoAndWhy() {
    refusedTimes(1);
    JsonNode refusal = asked(Role.AUDITOR).at("/refusals/0");
    assertThat(refusal.at("/sender").asText()).isEqualTo(World.jid("guest").toString());
    assertThat(refusal.at("/reason").asText()).isEqualTo("not-proven");
    assertThat(refusal.at("/at").asText()).isEqualTo(world.clock.instant().toString());
    assertThat(refusal.at("/text").asText()).isNotEmpty();
  }

  @Test
  void whatIsAboveTheLimitIsReadAsANumberOnceItsMinuteIsOver() {
    refusedTimes(25);
    assertThat(asked(Role.SECURITY_ADMIN).path("counted")).isEmpty();
    world.pass(Duration.ofMinutes(1));
    JsonNode found = asked(Role.SECURITY_ADMIN);
    assertThat(found.path("refusals")).hasSize(10);
    assertThat(found.at("/counted/0/count").asLong()).isEqualTo(15);
    assertThat(found.at("/counted/0/kind").asText()).isEqualTo("refusals");
  }

  @Test
  void theNewestComeFirstUpToTheLimitAsked() {
    refusedTimes(2);
    FullJid reader = world.prove(world.pki.identity("reader-1", Role.AUDITOR), "c");
    assertRefused(
        Reason.INVALID_ARGUMENT, reader, Payload.of(Wire.REFUSALS, Json.object().put("limit", 0)));
    JsonNode one =
        world
            .get(reader, Payload.of(Wire.REFUSALS, Json.object().put("limit", 1)))
            .requireLargeJson();
    assertThat(one.path("refusals")).hasSize(1);
    assertThat(one.at("/refusals/0/sender").asText()).isEqualTo(World.jid("reader-1").toString());
  }

  @Test
  void nobodyElseReadsThem() {
    assertRefused(Reason.NOT_AUTHORISED, world.prove(world.pki.operator("op-1", "*"), "c"), ASKED);
    assertRefused(
        Reason.NOT_AUTHORISED,
        world.prove(world.pki.identity("aud-1", Role.AUDITOR, "branch-60"), "c"),
        ASKED);
    assertRefused(Reason.NOT_PROVEN, guest, ASKED);
  }

  private void assertRefused(Reason reason, FullJid from, Payload request) {
    assertThatThrownBy(() -> world.get(from, request))
        .isInstanceOfSatisfying(
            Refused.class, no -> assertThat(no.refusal().reason()).isEqualTo(reason));
  }
}
