// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.identity.FullJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Result;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.service.fixture.World.Draft;
import energy.muster.service.journal.Entry;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The same service on four threads: what is true in one must be true in many. */
final class ConcurrencyTest {
  private static final int DEVICES = 10;
  private static final int ORDERS = 200;

  private final ExecutorService workers = Executors.newFixedThreadPool(4);
  private final ExecutorService senders = Executors.newFixedThreadPool(4);
  private final World world = new World(Limits.defaults(), workers);

  @AfterEach
  void stop() throws InterruptedException {
    senders.shutdown();
    workers.shutdown();
    assertThat(workers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void manyOrdersAtOnceAreEachKeptDeliveredAndConcludedOnce() {
    SigningIdentity operator = world.pki.operator("op-1", "*");
    FullJid person = world.prove(operator, "console");
    List<SigningIdentity> devices = new ArrayList<>();
    for (int i = 0; i < DEVICES; i++) {
      devices.add(world.pki.device("load-" + i));
      world.prove(devices.get(i), "k");
    }
    List<Draft> orders = new ArrayList<>();
    List<CompletableFuture<Payload>> answers = new ArrayList<>();
    for (int i = 0; i < ORDERS; i++) {
      Draft order = world.draft(operator, Verb.SHED, "load-" + i % DEVICES);
      Payload submission = order.submit();
      orders.add(order);
      // Twice, as after a time-out.
      answers.add(send(person, submission));
      answers.add(send(person, submission));
    }
    CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
    assertThat(world.journal.entries(Entry.Accepted.class)).hasSize(ORDERS);

    // Lanes deliver after the answer; an outcome that comes first would leave nothing to deliver.
    Awaitility.await().until(() -> delivered(devices) == ORDERS);

    List<CompletableFuture<Payload>> outcomes = new ArrayList<>();
    for (int i = 0; i < ORDERS; i++) {
      SigningIdentity device = devices.get(i % DEVICES);
      Payload outcome = world.outcome(device, orders.get(i), new Result.Executed("shed"));
      outcomes.add(send(device.certified().jid().at("k"), outcome));
      outcomes.add(send(device.certified().jid().at("k"), outcome));
    }
    CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new)).join();
    Awaitility.await().until(() -> world.journal.entries(Entry.Reported.class).size() == ORDERS);

    assertThat(world.journal.entries(Entry.Concluded.class)).hasSize(ORDERS);
    for (int i = 0; i < ORDERS; i++) {
      DocumentId id = orders.get(i).id();
      assertThat(world.journal.state(id, World.jid("load-" + i % DEVICES)))
          .isEqualTo(DeliveryState.EXECUTED);
    }
    assertThat(delivered(devices)).isEqualTo(ORDERS);
  }

  private long delivered(List<SigningIdentity> devices) {
    return devices.stream()
        .mapToLong(
            each ->
                world.network.to(each.certified().jid().at("k"), Wire.DELIVER).stream()
                    .map(Payload::requireSealed)
                    .distinct()
                    .count())
        .sum();
  }

  private CompletableFuture<Payload> send(FullJid from, Payload payload) {
    return CompletableFuture.supplyAsync(
            () -> world.service().request(from, true, payload), senders)
        .thenCompose(answer -> answer);
  }
}
