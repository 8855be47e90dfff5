// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Verb;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.outcome.Result;
import energy.muster.pki.Subject;
import energy.muster.presence.Certainty;
import energy.muster.presence.Colleague;
import energy.muster.presence.Duty;
import energy.muster.presence.PersonPresence;
import energy.muster.presence.Show;
import energy.muster.refusal.Reason;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.Disk;
import energy.muster.service.fixture.World;
import energy.muster.service.fixture.World.Draft;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is on duty, what they say to each other and what they hand over. */
final class StaffTest {
  private static final BareJid OP_2 = World.jid("op-2");
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  private final World world = new World();
  private final SigningIdentity first = world.pki.operator("op-1", "branch-60");
  private final SigningIdentity second = world.pki.operator("op-2", "feeder-123");
  private final SigningIdentity load = world.pki.device("load-48", "branch-60", "feeder-123");
  private FullJid device;
  private FullJid op1;
  private FullJid op2;

  @BeforeEach
  void everybodyIsThere() {
    device = world.prove(load, "k1");
    op1 = onDuty(first);
    op2 = onDuty(second);
  }

  private FullJid onDuty(SigningIdentity identity) {
    FullJid session = world.prove(identity, "console");
    world.service().person(session, PersonPresence.of(Duty.ON_DUTY, ""), true);
    return session;
  }

  private List<Colleague> people(FullJid asker) {
    ObjectNode answer = world.get(asker, Payload.empty(Wire.PEOPLE)).requireLargeJson();
    return Fields.of(answer).objects("people").stream().map(Colleague::read).toList();
  }

  private Optional<Colleague> seen(FullJid asker, String person) {
    return people(asker).stream().filter(each -> each.person().local().equals(person)).findFirst();
  }

  private static Payload tell(String to, String text) {
    return Payload.of(
        Wire.TELL, Json.object().put("to", World.jid(to).toString()).put("text", text));
  }

  private Payload handOver(String to) {
    ObjectNode json = Json.object().put("to", World.jid(to).toString());
    json.putArray("watches").add("load-48@" + World.jid(to).domain());
    return Payload.of(Wire.HAND_OVER, json);
  }

  private static Payload accept() {
    return Payload.of(Wire.ACCEPT, Json.object());
  }

  private FullJid plain(String person, String status) {
    FullJid session = world.open(person, "phone");
    world
        .service()
        .person(session, PersonPresence.said(Show.AVAILABLE, status, Optional.empty()), false);
    return session;
  }

  @Test
  void whoseAreasHaveADeviceInCommonSeeEachOther() {
    assertThat(people(op1))
        .extracting(each -> each.person().local())
        .containsExactly("op-1", "op-2");
    assertThat(seen(op1, "op-2").orElseThrow().certainty()).isEqualTo(Certainty.REAL);
    assertThat(seen(op1, "op-2").orElseThrow().duty()).isEqualTo(Duty.ON_DUTY);
  }

  @Test
  void whoHasNoAreaInCommonLearnsOfNobodyAndIsAnsweredAsForNobody() {
    FullJid stranger = onDuty(world.pki.operator("op-3", "branch-13"));

    assertThat(people(stranger)).extracting(each -> each.person().local()).containsExactly("op-3");
    assertThat(world.refusal(stranger, tell("op-1", "hello"))).isEqualTo(Reason.UNKNOWN);
    assertThat(world.refusal(stranger, tell("op-9", "hello"))).isEqualTo(Reason.UNKNOWN);
    assertThat(world.refusal(stranger, handOver("op-1"))).isEqualTo(Reason.UNKNOWN);
  }

  @Test
  void theServerMayPassBetweenThoseWhoKnowOfEachOtherAndNobodyElse() {
    onDuty(world.pki.operator("op-3", "branch-13"));
    BareJid one = World.jid("op-1");
    assertThat(world.service().sight().acquainted(one, OP_2)).isTrue();
    assertThat(world.service().sight().acquainted(OP_2, one)).isTrue();
    for (String other : List.of("op-1", "op-3", "op-9", "load-48", "visitor")) {
      assertThat(world.service().sight().acquainted(one, World.jid(other))).as(other).isFalse();
      assertThat(world.service().sight().acquainted(World.jid(other), one)).as(other).isFalse();
    }

    world.prove(world.pki.device("load-13", "branch-13", "feeder-123"), "k1");
    assertThat(world.service().sight().acquainted(OP_2, World.jid("op-3"))).isTrue();
    assertThat(world.service().sight().acquainted(one, World.jid("op-3"))).isFalse();
  }

  @Test
  void aPublisherOfEverythingSeesNobody() {
    FullJid publisher = onDuty(world.pki.identity("tariffs", Role.TARIFF_PUBLISHER, "*"));

    assertThat(people(publisher))
        .extracting(each -> each.person().local())
        .containsExactly("tariffs");
  }

  @Test
  void ofAColleaguesGrantsOnlyThoseSharedAreTold() {
    onDuty(
        world.pki.issue(
            Subject.of(World.jid("op-4"), Role.OPERATOR, new Area("branch-60"))
                .with(Role.ENGINEER, new Area("branch-13"))));

    assertThat(seen(op1, "op-4").orElseThrow().grants())
        .extracting(grant -> grant.role())
        .containsExactly(Role.OPERATOR);
  }

  @Test
  void aPlainSessionShowsThePersonWithoutAProof() {
    plain("op-2", "in the field");
    world.cut(op2);

    Colleague away = seen(op1, "op-2").orElseThrow();
    assertThat(away.certainty()).isEqualTo(Certainty.NETWORK);
    assertThat(away.presence().orElseThrow().note()).isEqualTo("in the field");
  }

  @Test
  void whoSignedOffIsNotCalledBackByATelephoneThatIsThere() {
    world.service().person(op2, PersonPresence.of(Duty.OFF_DUTY, ""), true);
    FullJid phone = plain("op-2", "hello");
    assertThat(seen(op1, "op-2").orElseThrow().duty()).isEqualTo(Duty.OFF_DUTY);

    world
        .service()
        .person(phone, PersonPresence.said(Show.AVAILABLE, "on duty", Optional.empty()), false);
    assertThat(seen(op1, "op-2").orElseThrow().duty()).isEqualTo(Duty.ON_DUTY);
  }

  @Test
  void whoIsGoneIsTemporaryAndWhoSaidWhenTheyComeBackIsPredicted() {
    world.cut(op2);
    assertThat(seen(op1, "op-2").orElseThrow().certainty()).isEqualTo(Certainty.TEMPORARY);
    op2 = world.prove(second, "console");
    world
        .service()
        .person(
            op2,
            new PersonPresence(
                Duty.OFF_DUTY, "", Optional.of(world.clock.in(A_MINUTE)), Optional.empty()),
            true);
    world.cut(op2);

    assertThat(seen(op1, "op-2").orElseThrow().certainty()).isEqualTo(Certainty.PREDICTED);
  }

  @Test
  void whatIsKnownOfPeopleOutlivesARestart() {
    world.service().person(op2, PersonPresence.of(Duty.OFF_DUTY, "home"), true);
    world.pass(A_MINUTE);
    world.killAndRestart();
    op1 = onDuty(first);

    Colleague away = seen(op1, "op-2").orElseThrow();
    assertThat(away.presence().orElseThrow().note()).isEqualTo("home");
    assertThat(away.certainty()).isEqualTo(Certainty.TEMPORARY);
  }

  @Test
  void aLineIsChatFromThePersonAndCountsOnceTheyAreHeardOf() {
    world.set(op1, tell("op-2", "stop gen-2"));
    assertThat(world.network.said(op2)).containsExactly("op-1: stop gen-2");

    world.pass(Duration.ofSeconds(1));
    world.service().heard(op2);
    world.pass(Duration.ofSeconds(6));
    world.cut(op2);
    op2 = onDuty(second);

    assertThat(world.network.said(op2)).containsExactly("op-1: stop gen-2");
  }

  @Test
  void aLineThatASessionTookToItsEndIsSentToTheNext() {
    world.set(op1, tell("op-2", "hello"));
    world.cut(op2);
    world.killAndRestart();
    FullJid phone = world.open("op-2", "phone");
    world.service().person(phone, PersonPresence.said(Show.AWAY, "", Optional.empty()), false);

    assertThat(world.network.said(phone)).containsExactly("op-1: hello");
  }

  @Test
  void whatAnyClientSaysIsKeptForAColleagueWhoIsNotThereAndForNobodyElse() {
    FullJid phone = plain("op-1", "");
    assertThat(world.service().keep(phone, OP_2, "now")).as("who is there").isEmpty();
    world.cut(op2);

    assertThat(world.service().keep(phone, OP_2, "later").orElseThrow()).isCompleted();
    assertThat(world.service().keep(phone, World.jid("nobody"), "later")).isEmpty();
    op2 = onDuty(second);
    assertThat(world.network.said(op2)).containsExactly("op-1: later");
  }

  @Test
  void whatAnyClientSaysIsNotKeptWhereTheDiskTakesNothing() {
    FullJid phone = plain("op-1", "");
    world.cut(op2);
    world.journal.disk(Disk.FULL);

    assertThat(world.service().keep(phone, OP_2, "later").orElseThrow()).isCompletedExceptionally();
  }

  private Draft shed() {
    Draft order = world.draft(first, Verb.SHED, "load-48");
    world.set(op1, order.submit());
    return order;
  }

  @Test
  void onceAcceptedOutcomesGoToTheHeirAlsoAfterARestart() {
    Draft order = shed();
    ObjectNode offer = world.set(op1, handOver("op-2")).requireJson();
    assertThat(offer.get("orders")).hasSize(1);
    assertThat(offer.get("left").asInt()).isZero();
    ObjectNode taken = world.set(op2, accept()).requireJson();
    assertThat(taken.get("orders").get(0).asText()).isEqualTo(order.id().text());
    assertThat(taken.get("watches")).hasSize(1);

    world.killAndRestart();
    device = world.prove(load, "k2");
    op1 = onDuty(first);
    op2 = onDuty(second);
    world.set(device, world.outcome(load, order, new Result.Executed("off")));

    assertThat(world.network.to(op2, Wire.OUTCOME)).hasSize(1);
    assertThat(world.network.to(op1, Wire.OUTCOME)).isEmpty();
  }

  @Test
  void whatAlreadyWaitsForWhoLeftGoesToTheHeirToo() {
    Draft order = shed();
    world.set(op1, handOver("op-2"));
    world.cut(op1);
    world.set(device, world.outcome(load, order, new Result.Executed("off")));
    assertThat(world.network.to(op2, Wire.OUTCOME)).isEmpty();

    world.set(op2, accept());

    assertThat(world.network.to(op2, Wire.OUTCOME)).hasSize(1);
  }

  @Test
  void untilItIsAcceptedItStaysWithWhoeverOffers() {
    Draft order = shed();
    world.set(op1, handOver("op-2"));
    world.set(device, world.outcome(load, order, new Result.Executed("off")));

    assertThat(world.network.to(op1, Wire.OUTCOME)).hasSize(1);
    assertThat(world.network.to(op2, Wire.OUTCOME)).isEmpty();
  }

  @Test
  void anOfferLapsesAndThoseWhoWorkThereAreTold() {
    shed();
    world.set(op1, handOver("op-2"));
    world.pass(Duration.ofMinutes(16));

    assertThat(world.refusal(op2, accept())).isEqualTo(Reason.UNKNOWN);
    assertThat(world.notices(op2)).contains("hand-over");
  }

  @Test
  void anOrderToADeviceThatTheHeirDoesNotCoverStays() {
    world.prove(world.pki.device("load-50", "branch-60"), "k1");
    world.set(op1, world.draft(first, Verb.SHED, "load-48", "load-50").submit());

    ObjectNode offer = world.set(op1, handOver("op-2")).requireJson();

    assertThat(offer.get("orders")).isEmpty();
    assertThat(offer.get("left").asInt()).isEqualTo(1);
  }
}
