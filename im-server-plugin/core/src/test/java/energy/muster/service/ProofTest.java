// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.fixture.TestPki;
import energy.muster.identity.Area;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.pki.Subject;
import energy.muster.refusal.Reason;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.service.journal.Entry;
import energy.muster.session.SessionProof;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ProofTest {
  private static final Payload VIEW = Payload.of(Wire.VIEW, Json.object().put("id", "v"));

  private final World world = new World();
  private final SigningIdentity operator = world.pki.operator("op-1", "*");
  private final SigningIdentity load = world.pki.device("load-48", "branch-60");

  private static Payload sealed(SessionProof proof, SigningIdentity identity) {
    return Payload.of(Wire.PROOF, Sealer.seal(proof.write(), identity));
  }

  @Test
  void aProvenSessionMayAsk() {
    FullJid session = world.prove(operator, "a");

    assertThat(world.set(session, VIEW).wire()).isEqualTo(Wire.VIEW);
  }

  @Test
  void theAnswerNamesSiteLeaseAndRevocationList() {
    FullJid session = world.open("op-1", "a");

    Payload answer =
        world.set(session, sealed(world.proof(session, world.nonce(session), 0), operator));

    assertThat(answer.requireJson())
        .isEqualTo(
            Json.parse("{\"site\":\"" + TestPki.SITE + "\",\"leaseSeconds\":60,\"crlNumber\":1}"));
  }

  @Test
  void aRightPasswordWithoutTheKeyMayAskNothing() {
    FullJid session = world.open("op-1", "a");

    assertThat(world.refusal(session, VIEW)).isEqualTo(Reason.NOT_PROVEN);
    assertThat(world.refusal(session, world.draft(operator, Verb.SHED, "load-48").submit()))
        .isEqualTo(Reason.NOT_PROVEN);
  }

  @Test
  void aNonceServesOnce() {
    FullJid session = world.open("op-1", "a");
    Payload proof = sealed(world.proof(session, world.nonce(session), 0), operator);
    world.set(session, proof);

    assertThat(world.refusal(session, proof)).isEqualTo(Reason.NOT_PROVEN);
  }

  @Test
  void aNonceIsUsedUpByABadProof() {
    FullJid session = world.open("op-1", "a");
    SessionProof proof = world.proof(session, world.nonce(session), 0);
    world.refusal(session, sealed(proof, load));

    assertThat(world.refusal(session, sealed(proof, operator))).isEqualTo(Reason.NOT_PROVEN);
  }

  @Test
  void aNonceIsGoodForAMinute() {
    FullJid session = world.open("op-1", "a");
    SessionProof proof = world.proof(session, world.nonce(session), 0);
    world.pass(Duration.ofMinutes(1));

    assertThat(world.refusal(session, sealed(proof, operator))).isEqualTo(Reason.NOT_PROVEN);
  }

  @Test
  void anotherSessionsNonceProvesNothing() {
    FullJid session = world.open("op-1", "a");
    FullJid other = world.open("op-1", "b");
    world.nonce(session);

    assertThat(
            world.refusal(session, sealed(world.proof(session, world.nonce(other), 0), operator)))
        .isEqualTo(Reason.REPLAYED);
  }

  @Test
  void aProofIsForOneSession() {
    FullJid session = world.open("op-1", "a");
    FullJid other = world.open("op-1", "b");

    assertThat(
            world.refusal(session, sealed(world.proof(other, world.nonce(session), 0), operator)))
        .isEqualTo(Reason.WRONG_TARGET);
  }

  @Test
  void anotherAccountsKeyProvesNothing() {
    FullJid session = world.open("op-1", "a");

    assertThat(world.refusal(session, sealed(world.proof(session, world.nonce(session), 0), load)))
        .isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void aProofForAnotherSiteIsRefused() {
    FullJid session = world.open("op-1", "a");
    Header header =
        new Header(
            DocumentType.SESSION,
            "elsewhere",
            DocumentId.next(world.clock.instant()),
            session.bare(),
            world.clock.instant());
    SessionProof proof = new SessionProof(header, world.nonce(session), session, 1, 0);

    assertThat(world.refusal(session, sealed(proof, operator))).isEqualTo(Reason.WRONG_TARGET);
  }

  @Test
  void aProofFromTheFutureIsRefused() {
    FullJid session = world.open("op-1", "a");
    Header header =
        new Header(
            DocumentType.SESSION,
            TestPki.SITE,
            DocumentId.next(world.clock.instant()),
            session.bare(),
            world.clock.in(Duration.ofSeconds(31)));
    SessionProof proof = new SessionProof(header, world.nonce(session), session, 1, 0);

    assertThat(world.refusal(session, sealed(proof, operator))).isEqualTo(Reason.STALE);
  }

  @Test
  void aForeignAuthorityIsNotTrusted() {
    FullJid session = world.open("op-1", "a");
    SigningIdentity foreign = new TestPki(world.clock).operator("op-1", "*");

    assertThat(
            world.refusal(session, sealed(world.proof(session, world.nonce(session), 0), foreign)))
        .isEqualTo(Reason.UNTRUSTED);
  }

  @Test
  void aRevokedKeyProvesNothing() {
    world.service().replaceTrust(world.pki.revoke(operator).trust());
    FullJid session = world.open("op-1", "a");

    assertThat(
            world.refusal(session, sealed(world.proof(session, world.nonce(session), 0), operator)))
        .isEqualTo(Reason.REVOKED);
  }

  @Test
  void theNewestProvenSessionOfAnAccountWins() {
    FullJid older = world.prove(operator, "a");
    FullJid newer = world.prove(operator, "b");

    assertThat(world.refusal(older, VIEW)).isEqualTo(Reason.NOT_PROVEN);
    assertThat(world.set(newer, VIEW).wire()).isEqualTo(Wire.VIEW);
  }

  @Test
  void anUnprovenSecondSessionTakesNothingFromTheFirst() {
    FullJid first = world.prove(operator, "a");
    world.open("op-1", "b");

    assertThat(world.set(first, VIEW).wire()).isEqualTo(Wire.VIEW);
  }

  @Test
  void theEndOfAnOlderStreamOfTheSameAddressIsNotTheEndOfTheNewer() {
    FullJid session = world.prove(operator, "a");

    world.service().sessionClosed(session, "an older stream");

    assertThat(world.set(session, VIEW).wire()).isEqualTo(Wire.VIEW);
  }

  @Test
  void aRevocationEndsTheProofAndAsksForAnother() {
    FullJid session = world.prove(operator, "a");

    world.service().replaceTrust(world.pki.revoke(operator).trust());

    assertThat(world.refusal(session, VIEW)).isEqualTo(Reason.NOT_PROVEN);
    assertThat(world.network.to(session, Wire.REQUIRED)).hasSize(1);
  }

  @Test
  void aProofLapsesWithItsCertificate() {
    SigningIdentity brief =
        world.pki.issue(
            Subject.of(World.jid("op-2"), Role.OPERATOR, Area.ALL).validFor(Duration.ofHours(1)));
    FullJid session = world.prove(brief, "a");
    assertThat(world.set(session, VIEW).wire()).isEqualTo(Wire.VIEW);

    world.pass(Duration.ofMinutes(61));

    assertThat(world.refusal(session, VIEW)).isEqualTo(Reason.NOT_PROVEN);
    assertThat(world.network.to(session, Wire.REQUIRED)).hasSize(1);
  }

  @Test
  void revocationListsAreGivenAtTheStartOfASessionAndOnChange() {
    FullJid device = world.prove(load, "a");
    assertThat(world.network.to(device, Wire.CRL)).hasSize(1);

    world.service().replaceTrust(world.pki.trust());

    assertThat(world.network.to(device, Wire.CRL)).hasSize(2);
  }

  @Test
  void aSecurityAdminBringsARevocationListThatSurvivesARestart() {
    FullJid admin = world.prove(world.pki.identity("sec-1", Role.SECURITY_ADMIN), "a");
    String crl = Base64.getEncoder().encodeToString(world.pki.revoke(operator).crl());

    world.set(admin, Payload.of(Wire.CRL, Json.object().put("crl", crl)));
    world.killAndRestart();
    FullJid session = world.open("op-1", "a");

    assertThat(
            world.refusal(session, sealed(world.proof(session, world.nonce(session), 0), operator)))
        .isEqualTo(Reason.REVOKED);
  }

  @Test
  void aRevocationListThatTheDiskDidNotTakeIsInForceAndKeptWhenItIsBroughtAgain() {
    FullJid admin = world.prove(world.pki.identity("sec-1", Role.SECURITY_ADMIN), "a");
    String crl = Base64.getEncoder().encodeToString(world.pki.revoke(operator).crl());
    Payload list = Payload.of(Wire.CRL, Json.object().put("crl", crl));
    world.journal.breakDown(true);
    assertThat(bring(admin, list)).isCompletedExceptionally();
    assertThat(bring(admin, list)).isCompletedExceptionally();
    assertThat(revoked("a")).isEqualTo(Reason.REVOKED);

    world.journal.breakDown(false);
    assertThat(bring(admin, list)).isCompleted();
    assertThat(bring(admin, list)).isCompleted();
    assertThat(world.journal.entries(Entry.CrlTaken.class)).hasSize(1);
    world.killAndRestart();

    assertThat(revoked("b")).isEqualTo(Reason.REVOKED);
  }

  @Test
  void aRevocationListThatIsBeingWrittenIsAnsweredNoSoonerWhenItComesAgain() {
    FullJid admin = world.prove(world.pki.identity("sec-1", Role.SECURITY_ADMIN), "a");
    String crl = Base64.getEncoder().encodeToString(world.pki.revoke(operator).crl());
    Payload list = Payload.of(Wire.CRL, Json.object().put("crl", crl));
    world.journal.hold();
    CompletableFuture<Payload> first = bring(admin, list);
    CompletableFuture<Payload> again = bring(admin, list);
    assertThat(first).isNotDone();
    assertThat(again).isNotDone();

    world.journal.sync();

    assertThat(first).isCompleted();
    assertThat(again).isCompleted();
    assertThat(world.journal.entries(Entry.CrlTaken.class)).hasSize(1);
  }

  private CompletableFuture<Payload> bring(FullJid admin, Payload list) {
    return world.service().request(admin, true, list).toCompletableFuture();
  }

  private Reason revoked(String resource) {
    FullJid session = world.open("op-1", resource);
    return world.refusal(session, sealed(world.proof(session, world.nonce(session), 0), operator));
  }

  @Test
  void nobodyElseBringsARevocationList() {
    FullJid session = world.prove(operator, "a");

    assertThat(world.refusal(session, Payload.of(Wire.CRL, Json.object().put("crl", "MAA="))))
        .isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void aSetWhereAGetBelongsIsMalformed() {
    FullJid session = world.open("op-1", "a");

    assertThat(world.refusal(session, Payload.empty(Wire.CHALLENGE))).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void whatNobodyAsksTheServiceIsUnsupported() {
    FullJid session = world.prove(operator, "a");

    assertThat(world.refusal(session, Payload.empty(Wire.DELIVER))).isEqualTo(Reason.UNSUPPORTED);
  }

  @Test
  void anAccountIsADevicesOnceItHasProvenADevicesKeyAndAfterARestart() {
    world.open("load-48", "k1");
    assertThat(world.service().sight().isDevice(World.jid("load-48"))).isFalse();

    world.prove(world.pki.device("load-48", "branch-60"), "k2");
    world.prove(world.pki.operator("op-1", "branch-60"), "c");
    assertThat(world.service().sight().isDevice(World.jid("load-48"))).isTrue();
    assertThat(world.service().sight().isDevice(World.jid("op-1"))).isFalse();

    world.pass(Timing.defaults().registryInterval());
    world.killAndRestart();
    assertThat(world.service().sight().isDevice(World.jid("load-48"))).isTrue();
    assertThat(world.service().sight().isDevice(World.jid("op-1"))).isFalse();
  }
}
