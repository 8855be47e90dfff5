// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.command.Precondition;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Inquiry;
import energy.muster.outcome.Result;
import energy.muster.outcome.WriteOff;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.presence.Restriction;
import energy.muster.presence.RestrictionReason;
import energy.muster.presence.Show;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.service.fixture.World.Draft;
import energy.muster.service.journal.OrderHistory;
import energy.muster.session.LeaseAnswer;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a delivery when the device is not simply there and answers. */
final class PromisesTest {
  private static final BareJid LOAD = World.jid("load-48");
  private static final Duration AFTER_DELIVER_BY = Duration.ofSeconds(125);
  private static final Duration AFTER_EXECUTE_BY = Duration.ofSeconds(305);

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

  private Draft submitted(Draft order) {
    world.set(person, order.submit());
    return order;
  }

  private Draft shed() {
    return submitted(world.draft(operator, Verb.SHED, "load-48"));
  }

  private Draft with(Draft draft, Instruction instruction, Optional<Precondition> when) {
    Command was = draft.command();
    return draft.with(
        new Command(
            was.header(),
            instruction,
            was.targets(),
            was.deliverBy(),
            was.executeBy(),
            Optional.empty(),
            Optional.empty(),
            when,
            Optional.empty(),
            was.priority(),
            Optional.empty(),
            Optional.empty()));
  }

  private Draft cancelOf(DocumentId id, String... devices) {
    return with(
        world.draft(operator, Verb.SHED, devices), new Instruction.Cancel(id), Optional.empty());
  }

  private DeliveryState state(Draft order) {
    return world.journal.state(order.id(), LOAD);
  }

  private String text(Draft order) {
    return history(order).order().deliveries().get(0).text();
  }

  private OrderHistory history(Draft order) {
    return world.journal.order(order.id()).toCompletableFuture().join().orElseThrow();
  }

  private void says(Operating operating, Optional<Restriction> restriction, long revision) {
    DevicePresence word =
        new DevicePresence(
            revision,
            DeviceKind.LOAD,
            operating,
            restriction,
            Optional.empty(),
            Map.of(),
            List.of(),
            Duration.ofSeconds(60));
    world
        .service()
        .presence(
            device, true, Show.AVAILABLE, "", Optional.of(Payload.of(Wire.DEVICE, word.write())));
  }

  private static Restriction upgrading(String note) {
    return new Restriction(
        RestrictionReason.UPGRADING, Set.of(), Optional.empty(), note, Optional.empty());
  }

  private List<String> noticed(String kind) {
    return world.network.to(person, Wire.NOTICE).stream()
        .map(Payload::requireJson)
        .filter(notice -> notice.get("kind").asText().equals(kind))
        .map(notice -> notice.get("text").asText())
        .toList();
  }

  private List<Inquiry> asked(FullJid session) {
    return world.network.to(session, Wire.INQUIRE).stream()
        .map(each -> Inquiry.read(each.requireJson()))
        .toList();
  }

  private void stayWithoutAnswer(Duration time) {
    // A device that is there renews its lease all the while.
    for (long passed = 0; passed < time.toSeconds(); passed += 5) {
      world.pass(Duration.ofSeconds(5));
      world.service().heard(device);
    }
  }

  @Test
  void whatWasTakenAndNotAnsweredIsAskedForAndNeverCarriedAgain() {
    Draft order = shed();
    stayWithoutAnswer(AFTER_EXECUTE_BY);

    assertThat(state(order)).isEqualTo(DeliveryState.UNCONFIRMED);
    assertThat(noticed("unconfirmed")).hasSize(1);
    assertThat(asked(device))
        .containsExactly(new Inquiry(operator.certified().jid(), order.id(), order.digest()));
    assertThat(world.network.to(device, Wire.DELIVER)).hasSize(1);

    world.set(device, world.outcome(load, order, new Result.Executed("shed")));
    assertThat(state(order)).isEqualTo(DeliveryState.EXECUTED);
  }

  @Test
  void whatMayHaveArrivedIsAskedForOnTheNextSessionOnceItsTimeIsOver() {
    world.network.fail(device, Wire.DELIVER, new Unanswered("lost"));
    Draft order = shed();
    world.cut(device);
    world.pass(AFTER_DELIVER_BY);
    assertThat(state(order)).isEqualTo(DeliveryState.SENT);

    device = world.prove(load, "k2");

    assertThat(asked(device)).hasSize(1);
    assertThat(world.network.to(device, Wire.DELIVER)).isEmpty();
    Refusal never = new Refusal(Reason.STALE, "never received");
    world.set(device, world.outcome(load, order, new Result.Declined(never)));
    assertThat(state(order)).isEqualTo(DeliveryState.REFUSED);
  }

  @Test
  void anUnconfirmedDeliveryIsAskedForAfterARestartOfTheService() {
    Draft order = shed();
    world.cut(device);
    world.pass(AFTER_EXECUTE_BY);
    assertThat(state(order)).isEqualTo(DeliveryState.UNCONFIRMED);

    world.killAndRestart();
    person = world.prove(operator, "console");
    device = world.prove(load, "k2");

    assertThat(asked(device)).hasSize(1);
  }

  @Test
  void aSettingsOrderWaitsForARestrictedDeviceAndAnOrderToItsProcessDoesNot() {
    says(Operating.ON, Optional.of(upgrading("firmware until 13:03")), 2);
    SigningIdentity engineer = world.pki.identity("eng-1", Role.ENGINEER, "*");
    Draft configure =
        with(
            world.draft(engineer, Verb.SHED, "load-48"),
            new Instruction.Configure(1, Json.object()),
            Optional.empty());
    world.set(world.prove(engineer, "desk"), configure.submit());
    assertThat(state(configure)).isEqualTo(DeliveryState.HELD);
    assertThat(text(configure)).contains("unavailable to receive commands", "firmware until 13:03");

    Draft urgent = shed();
    assertThat(state(urgent)).isEqualTo(DeliveryState.RECEIVED);

    says(Operating.ON, Optional.empty(), 3);
    assertThat(state(configure)).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void aReadPassesAnOrderThatAFullDevicePutsOffAndALaterOrderDoesNot() {
    Refusal full = new Refusal(Reason.NO_SPACE, "free its disk");
    world.network.fail(device, Wire.DELIVER, new Refused(full));
    Draft first = shed();
    assertThat(state(first)).isEqualTo(DeliveryState.SENT);
    world.network.heal(device, Wire.DELIVER);

    Draft read = submitted(world.draft(operator, Verb.READ, "load-48"));
    Draft second = submitted(world.draft(operator, Verb.RESTORE, "load-48"));
    assertThat(state(read)).isEqualTo(DeliveryState.RECEIVED);
    assertThat(state(second)).isEqualTo(DeliveryState.SENT);

    world.pass(Duration.ofSeconds(2));
    assertThat(state(first)).isEqualTo(DeliveryState.RECEIVED);
    assertThat(state(second)).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void anOrderThatWaitsForAStateGoesOutWhenPresenceMeetsIt() {
    says(Operating.STARTING, Optional.empty(), 2);
    Precondition whenOn =
        new Precondition(
            OptionalLong.empty(), Optional.of(Operating.ON), Optional.empty(), false, true);
    Draft order =
        submitted(
            with(
                world.draft(operator, Verb.SHED, "load-48"),
                Instruction.plain(Verb.SHED),
                Optional.of(whenOn)));
    assertThat(state(order)).isEqualTo(DeliveryState.HELD);
    assertThat(text(order)).contains("required on, it is starting");

    says(Operating.ON, Optional.empty(), 3);

    assertThat(state(order)).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void whatIsHeldSaysWhyAndWhenTheDeviceIsExpected() {
    world.set(
        device,
        Payload.of(
            Wire.GOODBYE,
            Json.object()
                .put("reason", "contact over")
                .put("nextContact", world.clock.in(Duration.ofHours(6)).toString())));
    Draft order = shed();
    assertThat(text(order)).contains("contact over").contains("expected back at");
  }

  @Test
  void aCancelOfWhatWasNotSentEndsBothWithoutTheDevice() {
    world.cut(device);
    Draft order = shed();
    Draft cancel = submitted(cancelOf(order.id(), "load-48"));

    assertThat(state(order)).isEqualTo(DeliveryState.CANCELLED);
    assertThat(state(cancel)).isEqualTo(DeliveryState.CANCELLED);
    assertThat(noticed("cancelled")).singleElement().asString().contains(order.id().brief());
    device = world.prove(load, "k2");
    assertThat(world.network.to(device, Wire.DELIVER)).isEmpty();
  }

  @Test
  void aCancelOfWhatWasSentGoesToTheDeviceWhichAloneCanTell() {
    Draft order = shed();
    Draft cancel = submitted(cancelOf(order.id(), "load-48"));
    assertThat(state(order)).isEqualTo(DeliveryState.RECEIVED);
    assertThat(state(cancel)).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void aCancelThatCannotBeJournaledHasCancelledNothing() {
    world.cut(device);
    Draft order = shed();
    world.journal.breakDown(true);
    Draft cancel = cancelOf(order.id(), "load-48");
    assertThat(world.service().request(person, true, cancel.submit()).toCompletableFuture())
        .isCompletedExceptionally();
    world.journal.breakDown(false);

    device = world.prove(load, "k2");

    assertThat(state(order)).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void ofSeveralTheIssuerGetsEachAnswerAndThenTheSum() {
    SigningIdentity other = world.pki.device("load-1");
    world.cut(world.prove(other, "k"));
    Draft order = submitted(world.draft(operator, Verb.SHED, "load-48", "load-1"));
    world.set(device, world.outcome(load, order, new Result.Executed("shed")));
    assertThat(world.network.to(person, Wire.OUTCOME)).hasSize(1);
    assertThat(noticed("summary")).isEmpty();

    world.pass(AFTER_DELIVER_BY);

    assertThat(noticed("expired")).hasSize(1);
    assertThat(noticed("summary"))
        .singleElement()
        .asString()
        .contains("2 devices", "1 executed", "1 expired");
  }

  @Test
  void aNoticeForAPersonWhoIsAwayWaitsForThem() {
    world.cut(device);
    Draft order = shed();
    world.cut(person);
    world.pass(AFTER_DELIVER_BY);
    world.killAndRestart();

    person = world.prove(operator, "later");
    assertThat(noticed("expired")).singleElement().asString().contains(order.id().brief());

    world.cut(person);
    world.killAndRestart();
    person = world.prove(operator, "again");
    assertThat(noticed("expired")).as("told once").isEmpty();
  }

  @Test
  void aDeviceThatOnlyCallsInIsToldHowMuchWaits() {
    world.cut(device);
    shed();
    shed();
    device = world.prove(load, "k2");
    assertThat(lease().waiting()).hasValue(0);

    world.cut(device);
    shed();
    var taking = world.network.delay(LOAD.at("k3"), Wire.DELIVER);
    device = world.prove(load, "k3");
    assertThat(lease().waiting()).hasValue(1);
    taking.complete(Payload.empty(Wire.RECEIVED));
    assertThat(lease().waiting()).hasValue(0);
  }

  private LeaseAnswer lease() {
    return LeaseAnswer.read(world.set(device, Payload.empty(Wire.LEASE)));
  }

  private Payload writeOff(SigningIdentity by, Draft order, String reason) {
    WriteOff document =
        new WriteOff(
            world.header(DocumentType.WRITE_OFF, by.certified().jid()),
            order.id(),
            order.digest(),
            LOAD,
            reason);
    return Payload.of(Wire.WRITE_OFF, Sealer.seal(document.write(), by));
  }

  private Draft unconfirmed() {
    Draft order = shed();
    world.cut(device);
    world.pass(AFTER_EXECUTE_BY);
    return order;
  }

  @Test
  void aPersonGivesUpWhatNobodyWillEverKnowAndLaterEvidenceIsAdded() {
    Draft order = unconfirmed();
    world.set(person, writeOff(operator, order, "burnt out"));
    assertThat(state(order)).isEqualTo(DeliveryState.UNCERTAIN);
    assertThat(text(order)).isEqualTo("written off by op-1: burnt out");

    world.killAndRestart();
    person = world.prove(operator, "console");
    device = world.prove(load, "k2");
    world.set(device, world.outcome(load, order, new Result.Executed("shed")));

    assertThat(state(order)).isEqualTo(DeliveryState.UNCERTAIN);
    assertThat(history(order).evidence())
        .extracting(OrderHistory.Evidence::kind)
        .containsExactly(OrderHistory.Kind.WRITE_OFF, OrderHistory.Kind.OUTCOME);
    assertThat(world.network.to(person, Wire.OUTCOME)).hasSize(1);
    assertThat(
            world.refusal(device, world.outcome(load, order, new Result.Uncertain("another word"))))
        .isEqualTo(Reason.ID_CONFLICT);
  }

  @Test
  void onlyAnUnconfirmedDeliveryIsGivenUpAndOnlyByWhoMay() {
    Draft open = shed();
    assertThat(world.refusal(person, writeOff(operator, open, "impatient")))
        .isEqualTo(Reason.PRECONDITION);
    world.set(device, world.outcome(load, open, new Result.Executed("shed")));
    assertThat(world.refusal(person, writeOff(operator, open, "too late")))
        .isEqualTo(Reason.ALREADY_THERE);

    Draft order = unconfirmed();
    SigningIdentity viewer = world.pki.viewer("viewer-1", "*");
    FullJid looking = world.prove(viewer, "v");
    assertThat(world.refusal(looking, writeOff(viewer, order, "me too")))
        .isEqualTo(Reason.NOT_AUTHORISED);
    SigningIdentity stranger = world.pki.operator("op-2", "branch-7");
    FullJid outside = world.prove(stranger, "o");
    assertThat(world.refusal(outside, writeOff(stranger, order, "not mine")))
        .isEqualTo(Reason.UNKNOWN);
    assertThat(world.refusal(person, writeOff(stranger, order, "borrowed")))
        .isEqualTo(Reason.NOT_AUTHORISED);
  }
}
