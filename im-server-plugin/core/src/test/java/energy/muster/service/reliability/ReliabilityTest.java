// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.FullJid;
import energy.muster.json.Json;
import energy.muster.refusal.Refused;
import energy.muster.service.fixture.World;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** From what devices do to what people are told. */
final class ReliabilityTest {
  private final World world = new World();
  private final FullJid person = world.prove(world.pki.operator("op-1", "branch-60"), "console");

  private FullJid load(String name, String branch, String resource) {
    return world.prove(world.pki.device(name, branch), resource);
  }

  private JsonNode ask(ObjectNode question) {
    return world.get(person, Payload.of(Wire.RELIABILITY, question)).requireLargeJson();
  }

  private void leave(FullJid device, ObjectNode reason) {
    world.set(device, Payload.of(Wire.GOODBYE, reason));
    world.cut(device);
  }

  @Test
  void theLeastReliableIsNamedFirstWithItsCauses() {
    load("load-1", "branch-60", "k");
    FullJid second = load("load-2", "branch-60", "k");
    world.pass(Duration.ofMinutes(50));
    world.cut(second);
    world.pass(Duration.ofMinutes(10));
    load("load-2", "branch-60", "k2");
    world.pass(Duration.ofMinutes(40));

    JsonNode answer = ask(Json.object());
    assertThat(answer.at("/devices/0/device").asText()).startsWith("load-2@");
    assertThat(answer.at("/devices/0/faultSeconds").asLong()).isEqualTo(600);
    assertThat(answer.at("/devices/0/availability").asDouble()).isCloseTo(0.9, within(1e-9));
    assertThat(answer.at("/devices/0/nines").asDouble()).isCloseTo(1, within(1e-9));
    assertThat(answer.at("/areas/0/area").asText()).isEqualTo("branch-60");
    assertThat(answer.at("/areas/0/saifi").asDouble()).isEqualTo(0.5);
    assertThat(answer.at("/all/availability").asDouble()).isCloseTo(0.95, within(1e-9));
  }

  @Test
  void silenceCountsSinceTheLastStanza() {
    FullJid device = load("load-1", "branch-60", "k");
    world.network.fail(device, Wire.LEASE, new energy.muster.service.Unanswered("silence"));
    world.pass(Duration.ofMinutes(10));

    JsonNode one = ask(Json.object().put("device", World.jid("load-1").toString()));
    assertThat(one.at("/all/faultSeconds").asLong()).isEqualTo(600);
  }

  @Test
  void aReturnThatWasNamedIsPlannedUntilItIsMissed() {
    FullJid device = load("meter-1", "branch-60", "k");
    world.pass(Duration.ofMinutes(1));
    String next = world.clock.in(Duration.ofMinutes(10)).toString();
    leave(device, Json.object().put("reason", "asleep").put("nextContact", next));
    world.pass(Duration.ofMinutes(30));

    JsonNode all = ask(Json.object()).get("all");
    assertThat(all.get("plannedSeconds").asLong()).isEqualTo(600);
    assertThat(all.get("faultSeconds").asLong()).isEqualTo(1200);
  }

  @Test
  void aGoodbyeWithoutAReturnIsAnOutageOfItsOwnKind() {
    FullJid device = load("load-1", "branch-60", "k");
    world.pass(Duration.ofMinutes(1));
    leave(device, Json.object().put("reason", "stopped"));
    world.pass(Duration.ofMinutes(9));

    JsonNode all = ask(Json.object()).get("all");
    assertThat(all.get("goodbyeSeconds").asLong()).isEqualTo(540);
    assertThat(all.get("faultSeconds").asLong()).isZero();
  }

  @Test
  void whileTheServiceWasDeadNobodyIsBlamed() {
    load("load-1", "branch-60", "k");
    world.pass(Duration.ofMinutes(10));
    world.killAndRestart();
    FullJid again = world.prove(world.pki.operator("op-1", "branch-60"), "console");
    load("load-1", "branch-60", "k2");
    world.pass(Duration.ofMinutes(10));

    JsonNode all =
        world.get(again, Payload.of(Wire.RELIABILITY, Json.object())).requireJson().get("all");
    assertThat(all.get("availability").asDouble()).isEqualTo(1);
    assertThat(all.get("momentary").asInt()).isZero();
  }

  @Test
  void othersDevicesAreNotEvenUnknown() {
    load("load-9", "branch-18", "k");

    assertThatThrownBy(() -> ask(Json.object().put("device", World.jid("load-9").toString())))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("no such device");
  }

  @Test
  void aTimeThatIsToComeIsRefused() {
    load("load-1", "branch-60", "k");
    String later = world.clock.in(Duration.ofHours(1)).toString();

    assertThatThrownBy(() -> ask(Json.object().put("since", later))).isInstanceOf(Refused.class);
  }
}
