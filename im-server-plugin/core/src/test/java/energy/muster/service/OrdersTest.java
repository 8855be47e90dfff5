// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import energy.muster.command.Verb;
import energy.muster.identity.FullJid;
import energy.muster.json.Json;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.service.fixture.World.Draft;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OrdersTest {
  private final World world = new World();
  private final SigningIdentity operator = world.pki.operator("op-1", "*");
  private final SigningIdentity load = world.pki.device("load-48", "branch-60");
  private FullJid person;
  private FullJid device;

  @BeforeEach
  void everybodyIsThere() {
    person = world.prove(operator, "console");
    device = world.prove(load, "k1");
    world.cut(world.prove(world.pki.device("load-1", "branch-7"), "k1"));
  }

  private Draft submitted(String... devices) {
    Draft order = world.draft(operator, Verb.SHED, devices);
    world.set(person, order.submit());
    return order;
  }

  private JsonNode orders(FullJid who, String filter) {
    return world
        .get(who, Payload.of(Wire.ORDERS, Json.object().put("filter", filter).put("limit", 50)))
        .requireLargeJson()
        .get("orders");
  }

  private JsonNode order(FullJid who, Draft order) {
    return world
        .get(who, Payload.of(Wire.ORDER, Json.object().put("id", order.id().text())))
        .requireLargeJson();
  }

  @Test
  void theIssuerSeesTheirOrdersAndWhereTheyStand() {
    Draft order = submitted("load-48", "load-1");

    JsonNode mine = orders(person, "mine");

    assertThat(mine).hasSize(1);
    assertThat(mine.at("/0/id").asText()).isEqualTo(order.id().text());
    assertThat(mine.at("/0/verb").asText()).isEqualTo("shed");
    assertThat(mine.at("/0/states/received").asInt()).isEqualTo(1);
    assertThat(mine.at("/0/states/held").asInt()).isEqualTo(1);
  }

  @Test
  void heldAndFailedAreFiltered() {
    submitted("load-1");
    Draft failed = submitted("load-48");
    world.set(device, world.outcome(load, failed, new Result.Uncertain("lost power")));

    assertThat(orders(person, "held")).hasSize(1);
    assertThat(orders(person, "failed").at("/0/id").asText()).isEqualTo(failed.id().text());
    assertThat(orders(person, "all")).hasSize(2);
  }

  @Test
  void openIsWhatHasNotEndedHoweverFarItHasCome() {
    Draft held = submitted("load-1");
    Draft received = submitted("load-48");
    Draft ended = submitted("load-48");
    world.set(device, world.outcome(load, ended, new Result.Executed("shed")));

    assertThat(orders(person, "open").findValuesAsText("id"))
        .containsExactlyInAnyOrder(held.id().text(), received.id().text());
  }

  @Test
  void othersSeeOnlyTheDeliveriesTheirCertificateCovers() {
    Draft both = submitted("load-48", "load-1");
    submitted("load-1");
    FullJid other = world.prove(world.pki.viewer("view-1", "branch-60"), "c");

    assertThat(orders(other, "mine")).isEmpty();
    assertThat(orders(other, "all")).hasSize(1);
    assertThat(order(other, both).get("deliveries")).hasSize(1);
    assertThat(order(other, both).toString()).doesNotContain("load-1@");
    assertThat(orders(other, "held")).isEmpty();
  }

  @Test
  void anotherPersonsOrderIsUnknownLikeOneThatDoesNotExist() {
    Draft order = submitted("load-1");
    FullJid other = world.prove(world.pki.viewer("view-1", "branch-60"), "c");

    assertThatThrownBy(() -> order(other, order))
        .isInstanceOfSatisfying(
            Refused.class, no -> assertThat(no.refusal().reason()).isEqualTo(Reason.UNKNOWN));
  }

  @Test
  void anOrderComesWithItsHistoryAndItsSealedDocuments() {
    Draft order = submitted("load-48");
    Payload outcome = world.outcome(load, order, new Result.Executed("shed"));
    world.set(device, outcome);

    JsonNode page = order(person, order);

    Sealed command = Sealed.ofBase64(page.get("command").asText());
    assertThat(world.pki.trust().open(command, world.clock.instant()).content())
        .isEqualTo(order.command().write());
    assertThat(Sealed.ofBase64(page.at("/outcomes/0/outcome").asText()))
        .isEqualTo(outcome.requireSealed());
    assertThat(page.get("history").findValuesAsText("state"))
        .containsExactly("sent", "received", "executed");
    assertThat(page.at("/history/0/at").asText()).isEqualTo(world.clock.instant().toString());
  }

  @Test
  void anUnknownFilterIsMalformed() {
    assertThatThrownBy(() -> orders(person, "everything"))
        .isInstanceOfSatisfying(
            Refused.class, no -> assertThat(no.refusal().reason()).isEqualTo(Reason.MALFORMED));
  }
}
