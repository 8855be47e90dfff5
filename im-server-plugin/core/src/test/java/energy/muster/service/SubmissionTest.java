// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Json;
import energy.muster.outcome.DeliveryState;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.fixture.World;
import energy.muster.service.fixture.World.Draft;
import energy.muster.service.journal.Entry;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is accepted is on disk, and the same order counts once. */
final class SubmissionTest extends Submitting {
  private static byte[] edited(Draft draft, String field, String value) {
    ObjectNode object = Json.parse(draft.command().write());
    return Json.bytes(object.put(field, value));
  }

  @Test
  void aGoodOrderIsAcceptedAndDeliveredWithItsProof() {
    Draft order = shed();

    Payload accepted = world.set(person, order.submit());

    assertThat(accepted.requireJson())
        .isEqualTo(
            Json.parse(
                "{\"id\":\""
                    + order.id()
                    + "\",\"deliveries\":[{\"device\":\"load-48@grid.example\",\"state\":\"sent\"}]}"));
    Payload delivery = world.network.to(device, Wire.DELIVER).get(0);
    assertThat(delivery.requireJson().get("leaf")).isEqualTo(order.leaves().get(0).write());
    assertThat(delivery.requireJson().get("index").asInt()).isZero();
    assertThat(world.journal.state(order.id(), World.jid("load-48")))
        .isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void acceptedIsAnsweredAndSentOnlyWhenItIsOnDisk() {
    world.journal.hold();
    CompletableFuture<Payload> answer =
        world.service().request(person, true, shed().submit()).toCompletableFuture();
    assertThat(answer).isNotDone();
    assertThat(world.network.to(device, Wire.DELIVER)).isEmpty();

    world.journal.sync();

    assertThat(answer).isCompleted();
    assertThat(world.network.to(device, Wire.DELIVER)).hasSize(1);
  }

  @Test
  void nothingIsAcceptedOrSentWhenTheDiskFails() {
    world.journal.breakDown(true);
    Draft order = shed();

    assertThatThrownBy(() -> world.set(person, order.submit())).isNotInstanceOf(Refused.class);
    assertThat(world.network.to(device, Wire.DELIVER)).isEmpty();

    world.journal.breakDown(false);
    world.pass(Duration.ofSeconds(5));
    world.set(person, order.submit());
    assertThat(world.network.to(device, Wire.DELIVER)).hasSize(1);
  }

  @Test
  void theSameOrderAgainIsAnsweredAgainAndSentOnce() {
    Draft order = shed();
    world.set(person, order.submit());

    Payload again = world.set(person, order.submit());

    assertThat(again.requireJson().get("id").asText()).isEqualTo(order.id().text());
    assertThat(world.network.to(device, Wire.DELIVER)).hasSize(1);
    assertThat(world.journal.entries(Entry.Accepted.class)).hasSize(1);
  }

  @Test
  void theSameOrderWhileTheFirstIsBeingSyncedWaitsForIt() {
    world.journal.hold();
    Draft order = shed();
    world.service().request(person, true, order.submit());
    CompletableFuture<Payload> again =
        world.service().request(person, true, order.submit()).toCompletableFuture();
    assertThat(again).isNotDone();

    world.journal.sync();

    assertThat(again).isCompleted();
    assertThat(world.journal.entries(Entry.Accepted.class)).hasSize(1);
  }

  @Test
  void theSameOrderAfterItsTimeAndARestartIsStillKnown() {
    Draft order = shed();
    world.set(person, order.submit());
    world.pass(Duration.ofMinutes(6));
    world.killAndRestart();
    person = world.prove(operator, "console");

    assertThat(world.set(person, order.submit()).requireJson().get("id").asText())
        .isEqualTo(order.id().text());
  }

  @Test
  void theSameIdWithOtherContentIsAConflict() {
    Draft order = shed();
    world.set(person, order.submit());

    assertThat(world.refusal(person, order.submit(edited(order, "reason", "other"))))
        .isEqualTo(Reason.ID_CONFLICT);
    assertThat(world.network.to(device, Wire.DELIVER)).hasSize(1);
  }
}
