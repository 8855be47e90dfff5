// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Instruction;
import energy.muster.command.Priority;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.service.fixture.World.Draft;
import energy.muster.service.journal.Entry;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DeliveryTest {
  private static final BareJid LOAD = World.jid("load-48");

  private final World world = new World();
  private final SigningIdentity operator = world.pki.operator("op-1", "*");
  private final SigningIdentity load = world.pki.device("load-48", "branch-60");
  private FullJid person;
  private FullJid device;

  @BeforeEach
  void bothAreThere() {
    person = world.prove(operator, "console");
    device = world.prove(load, "k1");
  }

  private Draft shed() {
    return world.draft(operator, Verb.SHED, "load-48");
  }

  private Draft submitted() {
    Draft order = shed();
    world.set(person, order.submit());
    return order;
  }

  private Draft with(Instruction instruction, Optional<DocumentId> supersedes, Priority priority) {
    Draft draft = shed().but(order -> order.instruction(instruction).priority(priority));
    return supersedes.map(id -> draft.but(order -> order.supersedes(id))).orElse(draft);
  }

  private DeliveryState state(Draft order) {
    return world.journal.state(order.id(), LOAD);
  }

  private List<Payload> delivered(FullJid session) {
    return world.network.to(session, Wire.DELIVER);
  }

  @Test
  void anOrderForAnAbsentDeviceIsHeldAndDeliveredWhenItReturns() {
    world.cut(device);
    Draft order = submitted();
    assertThat(state(order)).isEqualTo(DeliveryState.HELD);

    device = world.prove(load, "k2");

    assertThat(delivered(device)).hasSize(1);
    assertThat(world.journal.history(order.id(), LOAD))
        .containsExactly(DeliveryState.HELD, DeliveryState.SENT, DeliveryState.RECEIVED);
  }

  @Test
  void aHeldOrderIsOnDiskAsSentBeforeItGoesOut() {
    world.cut(device);
    Draft order = submitted();
    world.journal.hold();
    device = world.prove(load, "k2");
    assertThat(delivered(device)).isEmpty();
    assertThat(state(order)).isEqualTo(DeliveryState.SENT);

    world.journal.sync();

    assertThat(delivered(device)).hasSize(1);
  }

  @Test
  void ofManyTargetsTheAbsentOnesAreHeld() {
    world.cut(world.prove(world.pki.device("load-1"), "k"));
    Draft order = world.draft(operator, Verb.SHED, "load-48", "load-1");

    Payload accepted = world.set(person, order.submit());

    assertThat(accepted.requireJson().at("/deliveries/0/state").asText()).isEqualTo("sent");
    assertThat(accepted.requireJson().at("/deliveries/1/state").asText()).isEqualTo("held");
  }

  @Test
  void aHeldOrderExpiresAtItsTimeAndIsNeverDelivered() {
    world.cut(device);
    Draft order = submitted();
    world.pass(Duration.ofMinutes(2));
    assertThat(state(order)).isEqualTo(DeliveryState.EXPIRED);
    assertThat(world.notices(person)).contains("expired");

    device = world.prove(load, "k2");

    assertThat(delivered(device)).isEmpty();
  }

  @Test
  void ofASessionThatIsGoneTheOrderIsHeldAgain() {
    world.network.fail(device, Wire.DELIVER, new Undeliverable("gone"));
    Draft order = submitted();

    assertThat(state(order)).isEqualTo(DeliveryState.HELD);
    world.cut(device);
    device = world.prove(load, "k2");
    assertThat(state(order)).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void anUnansweredDeliveryIsSentAgainWithTheSameIdAndNotHeldAgain() {
    world.network.fail(device, Wire.DELIVER, new Unanswered("silence"));
    Draft order = submitted();
    world.pass(Duration.ofMillis(799));
    assertThat(delivered(device)).hasSize(1);
    world.pass(Duration.ofMillis(401));
    assertThat(delivered(device)).hasSize(2);
    world.network.fail(device, Wire.DELIVER, new Undeliverable("gone"));
    world.pass(Duration.ofMillis(2_400));
    assertThat(delivered(device)).hasSize(3);

    assertThat(state(order)).isEqualTo(DeliveryState.SENT);
    assertThat(delivered(device).stream().map(Payload::sealed).distinct()).hasSize(1);
  }

  @Test
  void retriesEndAtDeliverByAndTheOrderIsUnconfirmedPastExecuteBy() {
    world.network.fail(device, Wire.DELIVER, new Unanswered("silence"));
    Draft order = submitted();
    world.pass(Duration.ofMinutes(2));
    int sent = delivered(device).size();
    // 1, 2, 4, 8, 16, 32, 60 s: about seven in two minutes.
    assertThat(sent).isBetween(6, 9);

    world.pass(Duration.ofMinutes(3));

    assertThat(delivered(device)).hasSize(sent);
    assertThat(state(order)).isEqualTo(DeliveryState.UNCONFIRMED);
    assertThat(world.notices(person)).contains("unconfirmed");
  }

  @Test
  void anUnconfirmedOrderEndsWithTheDevicesWordHoweverLate() {
    Draft order = submitted();
    world.pass(Duration.ofMinutes(10));
    assertThat(state(order)).isEqualTo(DeliveryState.UNCONFIRMED);

    world.set(device, world.outcome(load, order, new Result.Executed("done")));

    assertThat(state(order)).isEqualTo(DeliveryState.EXECUTED);
    assertThat(world.network.to(person, Wire.OUTCOME)).hasSize(1);
  }

  @Test
  void anUnsignedNoOfTheDevicesSessionIsShownAndEndsNothing() {
    world.network.fail(
        device, Wire.DELIVER, new Refused(new Refusal(Reason.UNSUPPORTED, "not me")));
    Draft order = submitted();
    world.pass(Duration.ofMinutes(1));

    assertThat(delivered(device)).hasSize(1);
    assertThat(state(order)).isEqualTo(DeliveryState.SENT);
    assertThat(world.journal.entries(Entry.Moved.class))
        .anySatisfy(moved -> assertThat(moved.text()).contains("unsigned").contains("not me"));
  }

  @Test
  void aBusyDeviceIsAskedAgain() {
    world.network.fail(device, Wire.DELIVER, new Refused(new Refusal(Reason.BUSY, "wait")));
    Draft order = submitted();
    world.network.heal(device, Wire.DELIVER);
    world.pass(Duration.ofSeconds(2));

    assertThat(state(order)).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void ordersForOneDeviceGoOneAtATimeInOrder() {
    CompletableFuture<Payload> first = world.network.delay(device, Wire.DELIVER);
    Draft one = submitted();
    Draft two = submitted();
    assertThat(delivered(device)).hasSize(1);

    first.complete(Payload.empty(Wire.RECEIVED));

    assertThat(delivered(device).stream().map(Payload::requireSealed).distinct()).hasSize(2);
    assertThat(state(one)).isEqualTo(DeliveryState.RECEIVED);
    assertThat(state(two)).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void anEmergencyGoesBeforeWhatWaits() {
    world.cut(device);
    submitted();
    Draft urgent = with(Instruction.plain(Verb.SHED), Optional.empty(), Priority.EMERGENCY);
    Payload submission = urgent.submit();
    world.set(person, submission);

    device = world.prove(load, "k2");

    assertThat(delivered(device).get(0).sealed()).isEqualTo(submission.sealed());
    assertThat(delivered(device)).hasSize(2);
  }

  @Test
  void aNewSessionIsTriedAtOnceThoughTheOldOneHasNotAnswered() {
    CompletableFuture<Payload> never = world.network.delay(device, Wire.DELIVER);
    Draft order = submitted();
    FullJid second = world.prove(load, "k2");
    assertThat(delivered(second)).hasSize(1);
    assertThat(state(order)).isEqualTo(DeliveryState.RECEIVED);

    never.completeExceptionally(new Undeliverable("gone"));

    assertThat(state(order)).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void anUnprovenSessionOfTheDeviceGetsNothing() {
    world.cut(device);
    Draft order = submitted();
    FullJid thief = world.open("load-48", "k2");
    world.pass(Duration.ofSeconds(1));

    assertThat(delivered(thief)).isEmpty();
    assertThat(state(order)).isEqualTo(DeliveryState.HELD);
  }

  @Test
  void aHeldOrderOutlivesARestart() {
    world.cut(device);
    Draft order = submitted();
    world.killAndRestart();

    device = world.prove(load, "k2");

    assertThat(delivered(device)).hasSize(1);
    assertThat(state(order)).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void whatMayHaveGoneOutBeforeAKillIsSentAgainAndNeverVoidedByTheService() {
    world.network.fail(device, Wire.DELIVER, new Unanswered("killed"));
    Draft order = submitted();
    world.killAndRestart();
    world.pass(Duration.ofMinutes(2));
    assertThat(state(order)).isEqualTo(DeliveryState.SENT);

    world.pass(Duration.ofMinutes(3));

    assertThat(state(order)).isEqualTo(DeliveryState.UNCONFIRMED);
  }

  @Test
  void afterARestartASentOrderReachesTheDeviceAgain() {
    world.network.fail(device, Wire.DELIVER, new Unanswered("killed"));
    Draft order = submitted();
    world.killAndRestart();

    device = world.prove(load, "k2");

    assertThat(delivered(device)).hasSize(1);
    assertThat(state(order)).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void aHeldOrderIsCancelledBeforeItsFirstSend() {
    world.cut(device);
    Draft order = submitted();

    world.set(
        person,
        with(new Instruction.Cancel(order.id()), Optional.empty(), Priority.ROUTINE).submit());

    assertThat(state(order)).isEqualTo(DeliveryState.CANCELLED);
  }

  @Test
  void aSentOrderIsNotCancelledByTheServiceAlone() {
    Draft order = submitted();

    world.set(
        person,
        with(new Instruction.Cancel(order.id()), Optional.empty(), Priority.ROUTINE).submit());

    assertThat(state(order)).isEqualTo(DeliveryState.RECEIVED);
    assertThat(delivered(device)).hasSize(2);
  }

  @Test
  void aHeldOrderIsSupersededByItsIssuersNext() {
    world.cut(device);
    Draft order = submitted();

    world.set(
        person,
        with(Instruction.plain(Verb.RESTORE), Optional.of(order.id()), Priority.ROUTINE).submit());

    assertThat(state(order)).isEqualTo(DeliveryState.SUPERSEDED);
    device = world.prove(load, "k2");
    assertThat(delivered(device)).hasSize(1);
  }

  @Test
  void anotherIssuerCancelsNothing() {
    world.cut(device);
    Draft order = submitted();
    SigningIdentity other = world.pki.operator("op-2", "*");
    FullJid console = world.prove(other, "console");
    Draft mine = world.draft(other, Verb.SHED, "load-48");

    world.set(
        console, mine.but(draft -> draft.instruction(new Instruction.Cancel(order.id()))).submit());

    assertThat(state(order)).isEqualTo(DeliveryState.HELD);
  }
}
