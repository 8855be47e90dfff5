// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Verb;
import energy.muster.outcome.DeliveryState;
import energy.muster.refusal.Reason;
import energy.muster.service.fixture.Disk;
import energy.muster.service.fixture.World.Draft;
import energy.muster.service.journal.Entry;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** An order of which nobody knows whether it was written down. */
final class DoubtedOrderTest extends OneLoadAndItsOperator {
  private static final Duration LOOKED_UP = Duration.ofSeconds(5);

  private CompletableFuture<Payload> request(Draft order) {
    return world.service().request(person, true, order.submit()).toCompletableFuture();
  }

  private Draft submittedTo(Disk disk, Draft order) {
    world.journal.disk(disk);
    assertThat(request(order)).isCompletedExceptionally();
    world.journal.disk(Disk.WELL);
    return order;
  }

  private Draft draft() {
    return world.draft(operator, Verb.SHED, "load-48");
  }

  private int delivered() {
    return world.network.to(device, Wire.DELIVER).size();
  }

  @Test
  void whatIsOnDiskAfterAllIsCarriedOutWithoutARestart() {
    Draft order = submittedTo(Disk.MUTE, draft());
    assertThat(delivered()).isZero();

    world.pass(LOOKED_UP);

    assertThat(delivered()).isEqualTo(1);
    assertThat(state(order)).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void theJournalIsAskedUntilItCanBeRead() {
    world.journal.disk(Disk.MUTE);
    assertThat(request(draft())).isCompletedExceptionally();
    world.pass(Duration.ofSeconds(12));
    assertThat(delivered()).isZero();

    world.journal.disk(Disk.WELL);
    world.pass(LOOKED_UP);

    assertThat(delivered()).isEqualTo(1);
  }

  @Test
  void whoeverSendsTheSameAgainIsAnsweredOnceItIsKnown() {
    Draft order = submittedTo(Disk.MUTE, draft());
    CompletableFuture<Payload> again = request(order);
    assertThat(again).isNotDone();

    world.pass(LOOKED_UP);

    assertThat(again).isCompleted();
    assertThat(delivered()).isEqualTo(1);
    assertThat(world.journal.entries(Entry.Accepted.class)).hasSize(1);
  }

  @Test
  void whatIsNotOnDiskIsWrittenWhenItComesAgain() {
    Draft order = submittedTo(Disk.BROKEN, draft());
    CompletableFuture<Payload> again = request(order);
    world.pass(LOOKED_UP);
    assertThat(again).isCompletedExceptionally();
    assertThat(delivered()).isZero();

    submitted(order);

    assertThat(delivered()).isEqualTo(1);
  }

  @Test
  void itIsNotCancelledBeforeItIsKnown() {
    world.cut(device);
    Draft order = submittedTo(Disk.MUTE, draft());
    Draft cancel = cancelOf(order.id(), "load-48");
    assertThat(world.refusal(person, cancel.submit())).isEqualTo(Reason.BUSY);
    world.pass(LOOKED_UP);

    submitted(cancel);

    assertThat(state(order)).isEqualTo(DeliveryState.CANCELLED);
  }

  @Test
  void whatItsCancelEndedOnDiskIsNotCarriedMeanwhile() {
    world.cut(device);
    Draft order = submitted(draft());
    Draft cancel = submittedTo(Disk.MUTE, cancelOf(order.id(), "load-48"));
    device = world.prove(load, "k2");
    world.pass(LOOKED_UP);

    assertThat(delivered()).isZero();
    assertThat(state(order)).isEqualTo(DeliveryState.CANCELLED);
    assertThat(state(cancel)).isEqualTo(DeliveryState.CANCELLED);
    assertThat(noticed("cancelled")).hasSize(1);
  }

  @Test
  void whatWasRefusedForWantOfSpaceIsForgottenAtOnce() {
    world.journal.disk(Disk.FULL);
    Draft order = draft();
    assertThat(world.refusal(person, order.submit())).isEqualTo(Reason.NO_SPACE);
    world.journal.disk(Disk.WELL);

    submitted(order);

    assertThat(delivered()).isEqualTo(1);
  }
}
