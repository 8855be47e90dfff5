// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Command;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Result;
import energy.muster.outcome.WriteOff;
import energy.muster.refusal.Reason;
import energy.muster.seal.Sealer;
import energy.muster.service.fixture.World.Draft;
import energy.muster.service.journal.OrderHistory;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What could not be journaled has not happened, whatever went on while that was not known. */
final class FailedAppendTest extends OneLoadAndItsOperator {
  private static final Duration RETRIED = Duration.ofSeconds(2);
  private static final Duration LOOKED_UP = Duration.ofSeconds(5);

  private int delivered() {
    return world.network.to(device, Wire.DELIVER).size();
  }

  private Draft heldOrder() {
    world.cut(device);
    Draft order = shed();
    assertThat(state(order)).isEqualTo(DeliveryState.HELD);
    return order;
  }

  @Test
  void aHeldOrderWaitsUntilItIsOnDiskThatItIsSent() {
    Draft order = heldOrder();
    world.journal.breakDown(true);
    device = world.prove(load, "k2");
    world.pass(RETRIED);
    world.pass(RETRIED);
    assertThat(delivered()).isZero();

    world.journal.breakDown(false);
    world.pass(Duration.ofSeconds(10));

    assertThat(delivered()).isEqualTo(1);
    assertThat(world.journal.history(order.id(), LOAD))
        .containsExactly(DeliveryState.HELD, DeliveryState.SENT, DeliveryState.RECEIVED);
  }

  @Test
  void whatCouldNotBeJournaledAsSentIsCancelledAsNeverSent() {
    Draft order = heldOrder();
    world.journal.breakDown(true);
    device = world.prove(load, "k2");
    world.journal.breakDown(false);

    Draft cancel = submitted(cancelOf(order.id(), "load-48"));

    assertThat(state(order)).isEqualTo(DeliveryState.CANCELLED);
    assertThat(state(cancel)).isEqualTo(DeliveryState.CANCELLED);
    world.pass(RETRIED);
    assertThat(delivered()).isZero();
  }

  @Test
  void aNewSessionDoesNotGetWhatIsNotOnDiskAsSentYet() {
    Draft order = heldOrder();
    world.journal.hold();
    world.prove(load, "k2");
    device = world.prove(load, "k3");
    assertThat(delivered()).isZero();

    world.journal.sync();

    assertThat(delivered()).isEqualTo(1);
    assertThat(state(order)).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void aNewSessionWhileItIsJournaledAsSentDoesNotMakeItUncertain() {
    Draft order = heldOrder();
    world.journal.hold();
    world.journal.breakDown(true);
    world.prove(load, "k2");
    device = world.prove(load, "k3");
    world.journal.sync();
    world.cut(device);
    world.journal.breakDown(false);
    world.pass(AFTER_DELIVER_BY);

    assertThat(state(order)).isEqualTo(DeliveryState.EXPIRED);
    assertThat(delivered()).isZero();
  }

  /** What is appended while this runs fails when the journal is synced. */
  private void failing(Runnable appends) {
    world.journal.hold();
    world.journal.breakDown(true);
    appends.run();
    world.journal.breakDown(false);
  }

  private CompletableFuture<Payload> request(Payload payload) {
    return world.service().request(person, true, payload).toCompletableFuture();
  }

  private List<DocumentId> deliveredIds() {
    return world.network.to(device, Wire.DELIVER).stream()
        .map(each -> Command.read(each.requireSealed().unverified()).id())
        .toList();
  }

  @Test
  void anOrderWhoseCancelFailsIsDeliveredThoughItsDeviceCameBackMeanwhile() {
    Draft order = heldOrder();
    Draft cancel = cancelOf(order.id(), "load-48");
    failing(() -> assertThat(request(cancel.submit())).isNotDone());
    device = world.prove(load, "k2");
    assertThat(delivered()).isZero();

    world.journal.sync();
    world.pass(LOOKED_UP);

    assertThat(deliveredIds()).containsExactly(order.id());
    assertThat(state(order)).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void aLaterOrderDoesNotOvertakeOneWhoseCancelMayFail() {
    Draft first = heldOrder();
    Draft second = submitted(world.draft(operator, Verb.RESTORE, "load-48"));
    Draft cancel = cancelOf(first.id(), "load-48");
    failing(() -> assertThat(request(cancel.submit())).isNotDone());
    device = world.prove(load, "k2");

    world.journal.sync();
    world.pass(LOOKED_UP);

    assertThat(deliveredIds()).containsExactly(first.id(), second.id());
  }

  @Test
  void aLaterOrderGoesOutOnceTheCancelOfTheFirstIsOnDisk() {
    Draft first = heldOrder();
    Draft second = submitted(world.draft(operator, Verb.RESTORE, "load-48"));
    world.journal.hold();
    assertThat(request(cancelOf(first.id(), "load-48").submit())).isNotDone();
    device = world.prove(load, "k2");

    world.journal.sync();

    assertThat(deliveredIds()).containsExactly(second.id());
    assertThat(state(first)).isEqualTo(DeliveryState.CANCELLED);
  }

  @Test
  void anOrderWhoseCancelFailsAfterItsTimeIsVoidAndNotUncertain() {
    Draft order = heldOrder();
    Draft cancel = cancelOf(order.id(), "load-48");
    failing(() -> assertThat(request(cancel.submit())).isNotDone());
    world.pass(AFTER_EXECUTE_BY);

    world.journal.sync();
    world.pass(LOOKED_UP);

    assertThat(state(order)).isEqualTo(DeliveryState.EXPIRED);
    assertThat(noticed("expired")).hasSize(1);
    assertThat(noticed("unconfirmed")).isEmpty();
  }

  @Test
  void anOutcomeThatFailsAfterItsTimeIsTakenWhenTheDeviceRepeatsIt() {
    Draft order = shed();
    Payload outcome = world.outcome(load, order, new Result.Executed("shed"));
    failing(() -> assertThat(world.service().request(device, true, outcome)).isNotDone());
    world.pass(AFTER_EXECUTE_BY);
    world.journal.sync();
    assertThat(state(order)).isEqualTo(DeliveryState.UNCONFIRMED);
    assertThat(noticed("unconfirmed")).hasSize(1);

    world.set(device, outcome);

    assertThat(state(order)).isEqualTo(DeliveryState.EXECUTED);
  }

  @Test
  void anOutcomeThatAnswersItsDeliveryAndFailsAfterItsTimeIsNotTakenForNeverSent() {
    CompletableFuture<Payload> answer = world.network.delay(device, Wire.DELIVER);
    Draft order = shed();
    Payload outcome = world.outcome(load, order, new Result.Executed("shed"));
    world.pass(AFTER_EXECUTE_BY);
    world.journal.breakDown(true);
    answer.complete(outcome);
    world.journal.breakDown(false);
    world.pass(RETRIED);

    world.set(device, outcome);

    assertThat(noticed("expired")).isEmpty();
    assertThat(state(order)).isEqualTo(DeliveryState.EXECUTED);
  }

  private Draft unconfirmed() {
    Draft order = shed();
    stayWithoutAnswer(AFTER_EXECUTE_BY);
    assertThat(state(order)).isEqualTo(DeliveryState.UNCONFIRMED);
    return order;
  }

  private Payload writeOff(Draft order) {
    WriteOff given =
        new WriteOff(
            world.header(DocumentType.WRITE_OFF, operator.certified().jid()),
            order.id(),
            order.digest(),
            LOAD,
            "seen on site");
    return Payload.of(Wire.WRITE_OFF, Sealer.seal(given.write(), operator));
  }

  @Test
  void whatAWriteOffThatFailsWouldHaveEndedIsAskedForAsBefore() {
    Draft order = unconfirmed();
    failing(() -> assertThat(request(writeOff(order))).isNotDone());
    device = world.prove(load, "k2");
    assertThat(asked(device)).isEmpty();

    world.journal.sync();

    assertThat(asked(device)).hasSize(1);
    assertThat(state(order)).isEqualTo(DeliveryState.UNCONFIRMED);
  }

  @Test
  void anOutcomeThatComesWhileItsDeliveryIsWrittenOffIsSaidAgain() {
    Draft order = unconfirmed();
    Payload outcome = world.outcome(load, order, new Result.Executed("shed"));
    world.journal.hold();
    assertThat(request(writeOff(order))).isNotDone();
    assertThat(world.refusal(device, outcome)).isEqualTo(Reason.BUSY);
    world.journal.sync();

    world.set(device, outcome);

    assertThat(state(order)).isEqualTo(DeliveryState.UNCERTAIN);
    assertThat(history(order).evidence())
        .extracting(OrderHistory.Evidence::kind)
        .containsExactly(OrderHistory.Kind.WRITE_OFF, OrderHistory.Kind.OUTCOME);
  }

  @Test
  void anOutcomeThatComesWhileAWriteOffFailsEndsItsDelivery() {
    Draft order = unconfirmed();
    Payload outcome = world.outcome(load, order, new Result.Executed("shed"));
    failing(() -> assertThat(request(writeOff(order))).isNotDone());
    assertThat(world.refusal(device, outcome)).isEqualTo(Reason.BUSY);
    world.journal.sync();

    world.set(device, outcome);

    assertThat(state(order)).isEqualTo(DeliveryState.EXECUTED);
  }
}
