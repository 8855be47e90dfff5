// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Leaf;
import energy.muster.command.Verb;
import energy.muster.document.Header;
import energy.muster.fixture.TestPki;
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
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Why an order is refused before anything of it is kept or sent. */
final class RefusedSubmissionTest extends Submitting {
  private static Draft issuedAt(Draft order, Instant at) {
    Header was = order.command().header();
    Header header = new Header(was.type(), was.site(), was.id(), was.issuer(), at);
    return order.but(
        draft ->
            draft
                .header(header)
                .deliverBy(at.plus(Duration.ofMinutes(2)))
                .executeBy(at.plus(Duration.ofMinutes(5))));
  }

  private static byte[] edited(Draft draft, String field, String value) {
    ObjectNode object = Json.parse(draft.command().write());
    return Json.bytes(object.put(field, value));
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

    assertThat(refused(issuedAt(order, ahead).submit())).isEqualTo(Reason.STALE);
  }

  @Test
  void thirtySecondsAheadAreTaken() {
    Draft order = shed();
    Instant ahead = world.clock.in(Duration.ofSeconds(30));

    world.set(person, issuedAt(order, ahead).submit());

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
}
