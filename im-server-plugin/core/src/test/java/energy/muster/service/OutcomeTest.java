// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Verb;
import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.seal.Digest;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.service.fixture.World.Draft;
import energy.muster.service.journal.Entry;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OutcomeTest {
  private static final BareJid LOAD = World.jid("load-48");
  private static final Result DONE = new Result.Executed("shed, 0 kW");

  private final World world = new World();
  private final SigningIdentity operator = world.pki.operator("op-1", "*");
  private final SigningIdentity load = world.pki.device("load-48", "branch-60");
  private final SigningIdentity other = world.pki.device("load-1", "branch-60");
  private FullJid person;
  private FullJid device;
  private Draft order;

  @BeforeEach
  void anOrderWasDelivered() {
    person = world.prove(operator, "console");
    device = world.prove(load, "k1");
    order = world.draft(operator, Verb.SHED, "load-48");
    world.set(person, order.submit());
  }

  private DeliveryState state() {
    return world.journal.state(order.id(), LOAD);
  }

  @Test
  void theSignedOutcomeEndsTheDeliveryAndReachesTheIssuerAsItWasSigned() {
    Payload outcome = world.outcome(load, order, DONE);

    Payload answer = world.set(device, outcome);

    assertThat(answer).isEqualTo(Payload.empty(Wire.OUTCOME));
    assertThat(state()).isEqualTo(DeliveryState.EXECUTED);
    assertThat(world.network.to(person, Wire.OUTCOME))
        .singleElement()
        .satisfies(report -> assertThat(report.sealed()).isEqualTo(outcome.sealed()));
    assertThat(world.journal.entries(Entry.Reported.class)).hasSize(1);
  }

  @Test
  void aRefusalByTheDeviceIsTerminalWithItsReason() {
    world.set(
        device,
        world.outcome(
            load, order, new Result.Declined(new Refusal(Reason.CRITICAL_PROCESS, "online"))));

    assertThat(state()).isEqualTo(DeliveryState.REFUSED);
    assertThat(world.journal.entries(Entry.Concluded.class))
        .singleElement()
        .satisfies(end -> assertThat(end.text()).isEqualTo("critical-process: online"));
  }

  @Test
  void theIssuerHearsOfItAtOnceAndTheDeviceWhenItIsOnDisk() {
    world.journal.hold();
    CompletableFuture<Payload> answer =
        world
            .service()
            .request(device, true, world.outcome(load, order, DONE))
            .toCompletableFuture();
    assertThat(world.network.to(person, Wire.OUTCOME)).hasSize(1);
    assertThat(answer).isNotDone();

    world.journal.sync();

    assertThat(answer).isCompleted();
    assertThat(world.network.to(person, Wire.OUTCOME)).hasSize(1);
  }

  @Test
  void aRepeatedOutcomeIsAnsweredAgainAndKeptOnce() {
    Payload outcome = world.outcome(load, order, DONE);
    world.set(device, outcome);

    assertThat(world.set(device, outcome)).isEqualTo(Payload.empty(Wire.OUTCOME));
    assertThat(world.journal.entries(Entry.Concluded.class)).hasSize(1);
    assertThat(world.network.to(person, Wire.OUTCOME)).hasSize(1);
  }

  @Test
  void aRepeatedOutcomeWhileTheFirstIsBeingSyncedIsKeptOnce() {
    world.journal.hold();
    Payload outcome = world.outcome(load, order, DONE);
    world.service().request(device, true, outcome);
    CompletableFuture<Payload> again =
        world.service().request(device, true, outcome).toCompletableFuture();

    world.journal.sync();

    assertThat(again).isCompleted();
    assertThat(world.journal.entries(Entry.Concluded.class)).hasSize(1);
  }

  @Test
  void aRepeatedOutcomeOfAnOrderLongOverIsStillAnswered() {
    Payload outcome = world.outcome(load, order, DONE);
    world.set(device, outcome);
    world.pass(Duration.ofMinutes(6));
    world.killAndRestart();
    device = world.prove(load, "k2");

    assertThat(world.set(device, outcome)).isEqualTo(Payload.empty(Wire.OUTCOME));
  }

  @Test
  void aSecondDifferentOutcomeIsAConflictAndReplacesNothing() {
    world.set(device, world.outcome(load, order, DONE));

    assertThat(world.refusal(device, world.outcome(load, order, new Result.Uncertain("who knows"))))
        .isEqualTo(Reason.ID_CONFLICT);
    assertThat(state()).isEqualTo(DeliveryState.EXECUTED);
  }

  @Test
  void anotherDeviceCannotAnswerInItsPlace() {
    FullJid second = world.prove(other, "k1");
    Payload forged = world.outcome(other, LOAD, order.command(), order.digest(), DONE);

    assertThat(world.refusal(second, forged)).isEqualTo(Reason.NOT_AUTHORISED);
    assertThat(state()).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void anotherDevicesOwnAnswerToAnOrderItNeverGotIsUnknown() {
    FullJid second = world.prove(other, "k1");

    assertThat(world.refusal(second, world.outcome(other, order, DONE))).isEqualTo(Reason.UNKNOWN);
  }

  @Test
  void aStolenOutcomeIsNotTakenFromAnotherSession() {
    FullJid second = world.prove(other, "k1");

    assertThat(world.refusal(second, world.outcome(load, order, DONE)))
        .isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void aPersonsSignatureIsNoOutcome() {
    assertThat(world.refusal(person, world.outcome(operator, order, DONE)))
        .isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void anOutcomeOfOtherContentUnderTheSameIdIsAConflict() {
    Payload outcome = world.outcome(load, LOAD, order.command(), Digest.of(new byte[] {1}), DONE);

    assertThat(world.refusal(device, outcome)).isEqualTo(Reason.ID_CONFLICT);
    assertThat(state()).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void anOutcomeOfAnOrderThatWasNeverTakenIsUnknown() {
    Draft never = world.draft(operator, Verb.SHED, "load-48");

    assertThat(world.refusal(device, world.outcome(load, never, DONE))).isEqualTo(Reason.UNKNOWN);
  }

  @Test
  void anOutcomeOfAnOrderThatWasNeverSentIsUnknown() {
    world.cut(device);
    Draft held = world.draft(operator, Verb.SHED, "load-48");
    world.set(person, held.submit());
    world.network.fail(World.jid("load-48").at("k2"), Wire.DELIVER, new Undeliverable("gone"));
    device = world.prove(load, "k2");

    assertThat(world.refusal(device, world.outcome(load, held, DONE))).isEqualTo(Reason.UNKNOWN);
  }

  @Test
  void theReportWaitsForTheIssuersNextProof() {
    world.cut(person);
    world.set(device, world.outcome(load, order, DONE));
    assertThat(world.journal.entries(Entry.Reported.class)).isEmpty();

    person = world.prove(operator, "later");

    assertThat(world.network.to(person, Wire.OUTCOME)).hasSize(1);
    assertThat(world.journal.entries(Entry.Reported.class)).hasSize(1);
  }

  @Test
  void theReportOutlivesARestart() {
    world.cut(person);
    world.set(device, world.outcome(load, order, DONE));
    world.killAndRestart();

    person = world.prove(operator, "later");

    assertThat(world.network.to(person, Wire.OUTCOME)).hasSize(1);
  }

  @Test
  void anUnansweredReportIsMadeAgain() {
    world.network.fail(person, Wire.OUTCOME, new Unanswered("silence"));
    world.set(device, world.outcome(load, order, DONE));
    world.network.heal(person, Wire.OUTCOME);
    world.pass(Duration.ofMillis(1_200));

    assertThat(world.network.to(person, Wire.OUTCOME)).hasSize(2);
    assertThat(world.journal.entries(Entry.Reported.class)).hasSize(1);
  }

  @Test
  void anOutcomeThatOvertakesTheReceiptIsNotUndoneByIt() {
    CompletableFuture<Payload> receipt = world.network.delay(device, Wire.DELIVER);
    order = world.draft(operator, Verb.SHED, "load-48");
    world.set(person, order.submit());
    world.set(device, world.outcome(load, order, DONE));

    receipt.complete(Payload.empty(Wire.RECEIVED));

    assertThat(state()).isEqualTo(DeliveryState.EXECUTED);
  }

  @Test
  void anOutcomeThatCouldNotBeKeptIsTakenTheNextTime() {
    Payload outcome = world.outcome(load, order, DONE);
    world.journal.breakDown(true);
    assertThat(world.service().request(device, true, outcome).toCompletableFuture())
        .isCompletedExceptionally();
    world.journal.breakDown(false);

    world.set(device, outcome);

    assertThat(state()).isEqualTo(DeliveryState.EXECUTED);
  }
}
