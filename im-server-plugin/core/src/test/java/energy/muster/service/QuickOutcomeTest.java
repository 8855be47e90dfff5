// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Verb;
import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.KeptOutcomes;
import energy.muster.outcome.Result;
import energy.muster.seal.Digest;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.service.fixture.World.Draft;
import energy.muster.service.journal.Entry;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device that answers a delivery with its outcome. */
final class QuickOutcomeTest {
  private static final BareJid LOAD = World.jid("load-48");
  private static final Result DONE = new Result.Executed("shed, 0 kW");
  private static final Duration GATHERED_FOR = Duration.ofSeconds(10);

  private final World world = new World();
  private final SigningIdentity operator = world.pki.operator("op-1", "*");
  private final SigningIdentity load = world.pki.device("load-48", "branch-60");
  private final SigningIdentity other = world.pki.device("load-1", "branch-60");
  private FullJid person;
  private FullJid device;
  private Payload outcome;

  @BeforeEach
  void bothAreThere() {
    person = world.prove(operator, "console");
    device = world.prove(load, "k1");
  }

  /** An order that the device answers with the outcome of this signer. */
  private Draft answeredBy(SigningIdentity signer) {
    CompletableFuture<Payload> answer = world.network.delay(device, Wire.DELIVER);
    Draft order = world.draft(operator, Verb.SHED, "load-48");
    world.set(person, order.submit());
    outcome = world.outcome(signer, order, DONE);
    answer.complete(outcome);
    return order;
  }

  private DeliveryState state(Draft order) {
    return world.journal.state(order.id(), LOAD);
  }

  private List<Set<Digest>> kept() {
    return world.network.to(device, Wire.KEPT).stream()
        .map(said -> KeptOutcomes.read(said).outcomes())
        .toList();
  }

  @Test
  void itEndsTheDeliveryAndReachesTheIssuer() {
    Draft order = answeredBy(load);

    assertThat(state(order)).isEqualTo(DeliveryState.EXECUTED);
    assertThat(world.network.to(person, Wire.OUTCOME))
        .singleElement()
        .satisfies(report -> assertThat(report.sealed()).isEqualTo(outcome.sealed()));
    assertThat(world.journal.entries(Entry.Moved.class))
        .noneMatch(moved -> moved.state() == DeliveryState.RECEIVED);
  }

  @Test
  void theDeviceIsToldThatItIsKeptOnceItIsOnDisk() {
    world.journal.hold();
    Draft order = world.draft(operator, Verb.SHED, "load-48");
    CompletableFuture<Payload> answer = world.network.delay(device, Wire.DELIVER);
    world.service().request(person, true, order.submit());
    world.journal.sync();
    world.journal.hold();
    outcome = world.outcome(load, order, DONE);
    answer.complete(outcome);
    world.pass(GATHERED_FOR.multipliedBy(2));
    assertThat(kept()).isEmpty();

    world.journal.sync();
    world.pass(GATHERED_FOR);

    assertThat(kept()).containsExactly(Set.of(outcome.requireSealed().digest()));
  }

  @Test
  void severalAreAcknowledgedTogether() {
    Set<Digest> all = new HashSet<>();
    for (int count = 0; count < 3; count++) {
      answeredBy(load);
      all.add(outcome.requireSealed().digest());
    }
    assertThat(kept()).isEmpty();

    world.pass(GATHERED_FOR);

    assertThat(kept()).containsExactly(all);
  }

  @Test
  void asManyAsOneAcknowledgementHoldsDoNotWait() {
    for (int count = 0; count < KeptOutcomes.MOST; count++) {
      answeredBy(load);
    }

    assertThat(kept()).singleElement().satisfies(said -> assertThat(said).hasSize(64));
    world.pass(GATHERED_FOR);
    assertThat(kept()).hasSize(1);
  }

  @Test
  void aDeviceThatRenewsItsLeaseIsToldAtOnce() {
    answeredBy(load);

    world.set(device, Payload.empty(Wire.LEASE));

    assertThat(kept()).containsExactly(Set.of(outcome.requireSealed().digest()));
  }

  @Test
  void oneThatIsNotItsOwnIsTakenForAReceiptAndNotKept() {
    Draft order = answeredBy(other);
    world.pass(GATHERED_FOR);

    assertThat(state(order)).isEqualTo(DeliveryState.RECEIVED);
    assertThat(world.network.to(person, Wire.OUTCOME)).isEmpty();
    assertThat(kept()).isEmpty();

    world.set(device, world.outcome(load, order, DONE));
    assertThat(state(order)).isEqualTo(DeliveryState.EXECUTED);
  }

  @Test
  void oneThatIsNoDocumentAtAllIsTakenForAReceipt() {
    CompletableFuture<Payload> answer = world.network.delay(device, Wire.DELIVER);
    Draft order = world.draft(operator, Verb.SHED, "load-48");
    world.set(person, order.submit());

    answer.complete(Payload.empty(Wire.OUTCOME));

    assertThat(state(order)).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void oneThatCouldNotBeKeptIsNotAcknowledgedAndTakenTheNextTime() {
    Draft order = world.draft(operator, Verb.SHED, "load-48");
    CompletableFuture<Payload> answer = world.network.delay(device, Wire.DELIVER);
    world.set(person, order.submit());
    outcome = world.outcome(load, order, DONE);
    world.journal.breakDown(true);
    answer.complete(outcome);
    world.journal.breakDown(false);
    world.pass(GATHERED_FOR);
    assertThat(kept()).isEmpty();

    world.set(device, outcome);

    assertThat(state(order)).isEqualTo(DeliveryState.EXECUTED);
  }

  @Test
  void sentAgainAfterARestartItIsKeptOnce() {
    answeredBy(load);
    world.killAndRestart();
    device = world.prove(load, "k2");

    assertThat(world.set(device, outcome)).isEqualTo(Payload.empty(Wire.OUTCOME));

    assertThat(world.journal.entries(Entry.Concluded.class)).hasSize(1);
  }

  @Test
  void theNextOrderGoesOutWhenTheFirstIsAnswered() {
    List<Draft> orders = new ArrayList<>();
    CompletableFuture<Payload> first = world.network.delay(device, Wire.DELIVER);
    for (int count = 0; count < 2; count++) {
      orders.add(world.draft(operator, Verb.SHED, "load-48"));
      world.set(person, orders.get(count).submit());
    }
    assertThat(world.network.to(device, Wire.DELIVER)).hasSize(1);
    world.network.heal(device, Wire.DELIVER);

    first.complete(world.outcome(load, orders.get(0), DONE));

    assertThat(world.network.to(device, Wire.DELIVER)).hasSize(2);
  }
}
