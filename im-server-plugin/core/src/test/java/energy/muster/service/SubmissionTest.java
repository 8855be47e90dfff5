// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Command;
import energy.muster.command.Leaf;
import energy.muster.command.Verb;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.fixture.TestPki;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.service.fixture.World.Draft;
import energy.muster.service.journal.Entry;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SubmissionTest {
  private final World world = new World();
  private final SigningIdentity operator = world.pki.operator("op-1", "branch-60");
  private FullJid person;
  private FullJid device;

  @BeforeEach
  void peopleAndDevicesAreThere() {
    person = world.prove(operator, "console");
    device = world.prove(world.pki.device("load-48", "branch-60"), "k1");
    world.prove(world.pki.device("load-1", "branch-7"), "k1");
  }

  private Draft shed() {
    return world.draft(operator, Verb.SHED, "load-48");
  }

  private Reason refused(Payload submission) {
    Reason reason = world.refusal(person, submission);
    assertThat(world.network.to(device, Wire.DELIVER)).isEmpty();
    assertThat(world.journal.ids()).isEmpty();
    return reason;
  }

  private static Command issuedAt(Draft draft, Instant at) {
    Command was = draft.command();
    Header header =
        new Header(DocumentType.COMMAND, TestPki.SITE, was.id(), was.header().issuer(), at);
    return new Command(
        header,
        was.instruction(),
        was.targets(),
        at.plus(Duration.ofMinutes(2)),
        at.plus(Duration.ofMinutes(5)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        was.priority(),
        Optional.empty(),
        Optional.empty());
  }

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

  @Test
  void anUnsignedOrderIsMalformed() {
    Payload submission = shed().submit();

    assertThat(refused(new Payload(Wire.SUBMIT, Optional.empty(), submission.json())))
        .isEqualTo(Reason.MALFORMED);
  }

  @Test
  void anAlteredOrderHasABadSignature() {
    Draft order = shed();
    byte[] cms = order.submit().requireSealed().cms();
    byte[] verb = "\"shed\"".getBytes(UTF_8);
    cms[indexOf(cms, verb) + 2] = 'x';

    Payload altered = new Payload(Wire.SUBMIT, Optional.of(new Sealed(cms)), order.submit().json());
    assertThat(refused(altered)).isEqualTo(Reason.BAD_SIGNATURE);
  }

  private static int indexOf(byte[] where, byte[] what) {
    for (int i = 0; i + what.length <= where.length; i++) {
      if (Arrays.equals(where, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    throw new AssertionError("not found");
  }

  @Test
  void anotherPersonsOrderIsNotTheSenders() {
    SigningIdentity other = world.pki.operator("op-2", "*");

    assertThat(refused(world.draft(other, Verb.SHED, "load-48").submit()))
        .isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void anOrderThatItsIssuerDidNotSignIsNotAuthorised() {
    SigningIdentity other = world.pki.operator("op-2", "*");

    assertThat(refused(shed().signedBy(other).submit())).isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void aForeignAuthoritysSignatureIsNotTrusted() {
    SigningIdentity foreign = new TestPki(world.clock).operator("op-1", "*");

    assertThat(refused(shed().signedBy(foreign).submit())).isEqualTo(Reason.UNTRUSTED);
  }

  @Test
  void aRevokedSignersOrderIsRefused() {
    SigningIdentity lost = world.pki.operator("op-1", "*");
    world.service().replaceTrust(world.pki.revoke(lost).trust());

    assertThat(refused(shed().signedBy(lost).submit())).isEqualTo(Reason.REVOKED);
  }

  @Test
  void anOrderForAnotherSiteIsMisdirected() {
    Draft order = shed();

    assertThat(refused(order.submit(edited(order, "site", "elsewhere"))))
        .isEqualTo(Reason.WRONG_TARGET);
  }

  @Test
  void leavesThatWereNotSignedAreRefused() {
    Draft order = shed();
    Leaf other = Leaf.salted(World.jid("load-48"), 0, Optional.empty());

    assertThat(refused(order.submit(order.command().write(), List.of(other))))
        .isEqualTo(Reason.WRONG_TARGET);
  }

  @Test
  void aViewerMayNotShed() {
    SigningIdentity viewer = world.pki.viewer("view-1", "*");
    person = world.prove(viewer, "console");

    assertThat(refused(world.draft(viewer, Verb.SHED, "load-48").submit()))
        .isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void whatIsOutsideTheAreaIsRefusedInTheWordsForWhatDoesNotExist() {
    Draft outside = world.draft(operator, Verb.SHED, "load-1");
    Draft nowhere = world.draft(operator, Verb.SHED, "load-9");

    assertThat(refused(outside.submit())).isEqualTo(Reason.UNKNOWN);
    assertThat(text(outside)).isEqualTo(text(nowhere).replace("load-9", "load-1"));
  }

  private String text(Draft order) {
    try {
      world.set(person, order.submit());
      throw new AssertionError("not refused");
    } catch (Refused no) {
      return no.refusal().toString();
    }
  }

  @Test
  void oneDeviceThatIsNotTheirsRefusesTheWholeOrder() {
    assertThat(refused(world.draft(operator, Verb.SHED, "load-48", "load-1").submit()))
        .isEqualTo(Reason.UNKNOWN);
  }

  @Test
  void aSecondSignerWithoutTheRightRefusesTheOrder() {
    SigningIdentity viewer = world.pki.viewer("view-1", "*");

    assertThat(refused(shed().signedBy(operator, viewer).submit()))
        .isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void anOrderPastItsTimeIsStale() {
    Draft order = shed();
    world.pass(Duration.ofMinutes(2));

    assertThat(refused(order.submit())).isEqualTo(Reason.STALE);
  }

  @Test
  void anOrderFromTheFutureIsStale() {
    Draft order = shed();
    Instant ahead = world.clock.in(Duration.ofSeconds(31));

    assertThat(refused(order.with(issuedAt(order, ahead)).submit())).isEqualTo(Reason.STALE);
  }

  @Test
  void thirtySecondsAheadAreTaken() {
    Draft order = shed();
    Instant ahead = world.clock.in(Duration.ofSeconds(30));

    world.set(person, order.with(issuedAt(order, ahead)).submit());

    assertThat(world.network.to(device, Wire.DELIVER)).hasSize(1);
  }

  @Test
  void withAStaleRevocationListOnlyReadGoesOn() {
    world.pass(Duration.ofHours(25));

    assertThat(refused(shed().submit())).isEqualTo(Reason.TRUST_STALE);
    world.set(person, world.draft(operator, Verb.READ, "load-48").submit());
  }

  @Test
  void anUnknownVerbIsUnsupported() {
    Draft order = shed();

    assertThat(refused(order.submit(edited(order, "verb", "explode"))))
        .isEqualTo(Reason.UNSUPPORTED);
  }

  @Test
  void anUnknownSignedFieldIsMalformed() {
    Draft order = shed();

    assertThat(refused(order.submit(edited(order, "unless", "raining"))))
        .isEqualTo(Reason.MALFORMED);
  }

  @Test
  void badJsonIsMalformed() {
    assertThat(refused(shed().submit("{\"type\":\"command\"".getBytes(UTF_8))))
        .isEqualTo(Reason.MALFORMED);
  }

  @Test
  void anOutcomeIsNoOrder() {
    Draft order = shed();
    Payload outcome = world.outcome(operator, order, new Result.Executed("done"));

    assertThat(refused(new Payload(Wire.SUBMIT, outcome.sealed(), order.submit().json())))
        .isEqualTo(Reason.MALFORMED);
  }

  @Test
  void moreDevicesThanOnePersonMayAddressNeedASecondOne() {
    World tight = new World(new Limits(20, 100, 100, 1, Duration.ofMinutes(10), 10, 64));
    SigningIdentity first = tight.pki.operator("op-1", "*");
    SigningIdentity second = tight.pki.operator("op-2", "*");
    tight.prove(tight.pki.device("load-48"), "k");
    FullJid console = tight.prove(first, "console");
    tight.set(console, tight.draft(first, Verb.SHED, "load-48").submit());

    assertThat(tight.refusal(console, tight.draft(first, Verb.SHED, "load-48").submit()))
        .isEqualTo(Reason.RATE_LIMITED);
    tight.set(console, tight.draft(first, Verb.SHED, "load-48").signedBy(first, second).submit());
    tight.pass(Duration.ofMinutes(10));
    tight.set(console, tight.draft(first, Verb.SHED, "load-48").submit());
  }

  @Test
  void tooManyOrdersForOneAbsentDeviceAreRefusedAsBusy() {
    World tight = new World(new Limits(20, 100, 2, 100, Duration.ofMinutes(10), 10, 64));
    SigningIdentity first = tight.pki.operator("op-1", "*");
    tight.cut(tight.prove(tight.pki.device("load-48"), "k"));
    FullJid console = tight.prove(first, "console");
    tight.set(console, tight.draft(first, Verb.SHED, "load-48").submit());
    tight.set(console, tight.draft(first, Verb.SHED, "load-48").submit());

    assertThat(tight.refusal(console, tight.draft(first, Verb.SHED, "load-48").submit()))
        .isEqualTo(Reason.BUSY);
  }

  @Test
  void refusalsAreRecordedOneByOneUpToTheLimitAndThenCounted() {
    FullJid admin = world.prove(world.pki.identity("sec-1", Role.SECURITY_ADMIN), "s");
    for (int i = 0; i < 25; i++) {
      world.refusal(person, world.draft(operator, Verb.SHED, "load-9").submit());
    }
    assertThat(world.journal.entries(Entry.RefusalNoted.class)).hasSize(10);
    assertThat(world.notices(admin)).containsExactly("limit");

    world.pass(Duration.ofMinutes(1));

    assertThat(world.journal.entries(Entry.ExcessCounted.class))
        .singleElement()
        .satisfies(excess -> assertThat(excess.count()).isEqualTo(15))
        .satisfies(excess -> assertThat(excess.sender()).isEqualTo(World.jid("op-1")));
  }

  @Test
  void aFloodIsTurnedAwayAfterItsBurstAndCounted() {
    int admitted = 0;
    for (int i = 0; i < 250; i++) {
      admitted += world.service().admit(device) ? 1 : 0;
    }
    assertThat(admitted).isEqualTo(100);
    world.pass(Duration.ofSeconds(1));
    for (int i = 0; i < 50; i++) {
      admitted += world.service().admit(device) ? 1 : 0;
    }
    assertThat(admitted).isEqualTo(120);

    world.pass(Duration.ofMinutes(1));

    assertThat(world.journal.entries(Entry.ExcessCounted.class))
        .singleElement()
        .satisfies(excess -> assertThat(excess.count()).isEqualTo(180))
        .satisfies(excess -> assertThat(excess.kind()).isEqualTo(Entry.Excess.STANZAS));
  }
}
