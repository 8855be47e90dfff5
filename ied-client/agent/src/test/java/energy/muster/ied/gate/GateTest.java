// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.gate;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.branch.MandateBook;
import energy.muster.command.Instruction;
import energy.muster.command.Precondition;
import energy.muster.command.Verb;
import energy.muster.fixture.TestPki;
import energy.muster.identity.Role;
import energy.muster.ied.clock.TrustedClock;
import energy.muster.ied.fixture.Orders;
import energy.muster.json.Json;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.seal.Trust;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each reason to say no, with everything else in order. */
class GateTest {
  private final TestPki pki = new TestPki();
  private final SigningIdentity device = pki.device("load-48", "branch-60");
  private final SigningIdentity operator = pki.operator("op-1", "branch-60");
  private final Gate gate = new Gate(device.certified(), TestPki.SITE);
  private final State state = new State(pki.trust(), pki.now());

  /** A device in order; each test breaks one thing. */
  private static final class State implements Situation {
    private Trust trust;
    private Instant now;
    private boolean sure = true;
    private final MandateBook mandates = new MandateBook();
    private boolean busy;
    private Optional<Digest> remembered = Optional.empty();
    private Optional<Instant> newest = Optional.empty();

    State(Trust trust, Instant now) {
      this.trust = trust;
      this.now = now;
    }

    @Override
    public Set<Verb> twoPersons() {
      return Set.of(Verb.OPEN, Verb.CLOSE);
    }

    @Override
    public Optional<Refusal> endedBefore(CommandKey key) {
      return Optional.empty();
    }

    @Override
    public boolean loosens(Instruction.Configure configure) {
      return false;
    }

    @Override
    public TrustedClock.Reading clock() {
      return new TrustedClock.Reading(now, sure);
    }

    @Override
    public Trust trust() {
      return trust;
    }

    @Override
    public Optional<Digest> remembered(CommandKey key) {
      return remembered;
    }

    @Override
    public Optional<Instant> newest(Point point) {
      return newest;
    }

    @Override
    public MandateBook mandates() {
      return mandates;
    }

    @Override
    public boolean busy() {
      return busy;
    }

    @Override
    public DevicePresence presence() {
      return new DevicePresence(
          7,
          DeviceKind.LOAD,
          Operating.ON,
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          List.of(),
          Duration.ofSeconds(60));
    }
  }

  private Orders order(Verb verb) {
    return Orders.order(operator, TestPki.jid("load-48"), verb, pki.now());
  }

  private Orders orderBy(SigningIdentity issuer, Verb verb) {
    return Orders.order(issuer, TestPki.jid("load-48"), verb, pki.now());
  }

  private void assertAccepted(Payload delivery) {
    assertThat(gate.judge(delivery, state)).isInstanceOf(Verdict.Accepted.class);
  }

  private void assertDeclined(Payload delivery, Reason reason) {
    assertThat(gate.judge(delivery, state))
        .isInstanceOfSatisfying(
            Verdict.Declined.class,
            declined -> assertThat(declined.refusal().reason()).isEqualTo(reason));
  }

  private void assertUnheeded(Payload delivery, Reason reason) {
    assertThat(gate.judge(delivery, state))
        .isInstanceOfSatisfying(
            Verdict.Unheeded.class,
            unheeded -> assertThat(unheeded.refusal().reason()).isEqualTo(reason));
  }

  @Test
  void anOrderInOrderIsAccepted() {
    assertAccepted(order(Verb.SHED).delivery());
  }

  @Test
  void aDeliveryWithoutASealIsMalformed() {
    assertUnheeded(Payload.of(Wire.DELIVER, Json.object()), Reason.MALFORMED);
  }

  @Test
  void aDeliveryWithAnUnknownFieldIsMalformed() {
    Orders order = order(Verb.SHED);
    Payload delivery = order.delivery();
    assertUnheeded(
        Payload.of(Wire.DELIVER, order.sealed(), delivery.requireJson().put("extra", 1)),
        Reason.MALFORMED);
  }

  @Test
  void alteredContentIsABadSignature() {
    Orders order = order(Verb.SHED);
    byte[] cms = order.sealed().cms();
    int at = new String(cms, StandardCharsets.ISO_8859_1).indexOf("\"shed\"") + 1;
    System.arraycopy("stop".getBytes(StandardCharsets.US_ASCII), 0, cms, at, 4);
    assertUnheeded(order.deliver(new Sealed(cms)), Reason.BAD_SIGNATURE);
  }

  @Test
  void anotherAuthoritysOperatorIsUntrusted() {
    SigningIdentity stranger = new TestPki().operator("op-1", "*");
    assertUnheeded(orderBy(stranger, Verb.SHED).delivery(), Reason.UNTRUSTED);
  }

  @Test
  void anExpiredCertificateIsUntrusted() {
    state.now = pki.now().plus(Duration.ofDays(400));
    assertUnheeded(order(Verb.SHED).delivery(), Reason.UNTRUSTED);
  }

  @Test
  void aRevokedOperatorIsRefused() {
    state.trust = pki.revoke(operator).trust();
    assertUnheeded(order(Verb.SHED).delivery(), Reason.REVOKED);
  }

  @Test
  void signedNonsenseIsMalformed() {
    Sealed nonsense = Sealer.seal("{}".getBytes(StandardCharsets.UTF_8), pki.now(), operator);
    assertUnheeded(order(Verb.SHED).deliver(nonsense), Reason.MALFORMED);
  }

  @Test
  void anUnknownSignedFieldIsMalformed() {
    Orders order = order(Verb.SHED);
    byte[] content = Json.bytes(Json.parse(order.command().write()).put("unless", "it rains"));
    assertUnheeded(order.deliver(Sealer.seal(content, pki.now(), operator)), Reason.MALFORMED);
  }

  @Test
  void anUnknownVerbIsUnsupported() {
    Orders order = order(Verb.SHED);
    byte[] content = Json.bytes(Json.parse(order.command().write()).put("verb", "explode"));
    assertUnheeded(order.deliver(Sealer.seal(content, pki.now(), operator)), Reason.UNSUPPORTED);
  }

  @Test
  void anotherSitesCommandIsMisdirected() {
    assertUnheeded(order(Verb.SHED).site("elsewhere").delivery(), Reason.WRONG_TARGET);
  }

  @Test
  void anIssuerWhoHasNotSignedIsABadSignature() {
    SigningIdentity other = pki.operator("op-2", "*");
    assertUnheeded(order(Verb.SHED).signedBy(other).delivery(), Reason.BAD_SIGNATURE);
  }

  @Test
  void anotherDevicesLeafIsMisdirected() {
    Orders order = order(Verb.SHED);
    assertUnheeded(order.deliver(order.sealed(), 0), Reason.WRONG_TARGET);
  }

  @Test
  void aLeafOfAnotherOrderProvesNothing() {
    assertUnheeded(order(Verb.SHED).deliver(order(Verb.SHED).sealed()), Reason.WRONG_TARGET);
  }

  @Test
  void aCommandSeenBeforeIsRepeatedHoweverLate() {
    Orders order = order(Verb.SHED);
    Sealed sealed = order.sealed();
    state.remembered = Optional.of(pki.trust().open(sealed, pki.now()).digest());
    state.now = pki.now().plus(Duration.ofHours(1));
    assertThat(gate.judge(order.deliver(sealed), state)).isInstanceOf(Verdict.Repeated.class);
  }

  @Test
  void theSameIdWithOtherContentIsAConflict() {
    state.remembered = Optional.of(Digest.of(new byte[0]));
    assertUnheeded(order(Verb.SHED).delivery(), Reason.ID_CONFLICT);
  }

  @Test
  void withoutACurrentRevocationListOnlyReadsRun() {
    state.trust = pki.trustWithoutCrl();
    assertDeclined(order(Verb.SHED).delivery(), Reason.TRUST_STALE);
    assertAccepted(order(Verb.READ).delivery());
  }

  @Test
  void withAnUnsureClockOnlyReadAndSyncTimeRun() {
    SigningIdentity authority = pki.identity("time-1", Role.TIME_AUTHORITY, "*");
    state.sure = false;
    assertDeclined(order(Verb.SHED).delivery(), Reason.CLOCK_UNSURE);
    assertAccepted(order(Verb.READ).delivery());
    assertAccepted(
        Orders.order(
                authority,
                TestPki.jid("load-48"),
                new Instruction.SyncTime("nonce", pki.now()),
                pki.now())
            .delivery());
  }

  @Test
  void anOrderFromTheFutureIsRefusedBeyondThirtySeconds() {
    assertAccepted(order(Verb.SHED).issuedAt(pki.now().plusSeconds(30)).delivery());
    assertDeclined(order(Verb.SHED).issuedAt(pki.now().plusSeconds(31)).delivery(), Reason.STALE);
  }

  @Test
  void anOrderPastItsExecuteByIsStale() {
    state.now = pki.now().plus(Duration.ofMinutes(10));
    assertAccepted(order(Verb.SHED).delivery());
    state.now = state.now.plusMillis(1);
    assertDeclined(order(Verb.SHED).delivery(), Reason.STALE);
  }

  @Test
  void aViewerMayOnlyLook() {
    SigningIdentity viewer = pki.viewer("viewer-1", "*");
    assertDeclined(orderBy(viewer, Verb.SHED).delivery(), Reason.NOT_AUTHORISED);
    assertAccepted(orderBy(viewer, Verb.READ).delivery());
  }

  @Test
  void anOperatorOfAnotherAreaIsRefused() {
    SigningIdentity elsewhere = pki.operator("op-3", "branch-1");
    assertDeclined(orderBy(elsewhere, Verb.SHED).delivery(), Reason.NOT_AUTHORISED);
  }

  @Test
  void aDangerousVerbNeedsTwoPersonsWhoBothMay() {
    SigningIdentity second = pki.operator("op-2", "*");
    SigningIdentity viewer = pki.viewer("viewer-1", "*");
    assertDeclined(order(Verb.OPEN).delivery(), Reason.NOT_AUTHORISED);
    assertDeclined(order(Verb.OPEN).signedBy(operator, viewer).delivery(), Reason.NOT_AUTHORISED);
    assertAccepted(order(Verb.OPEN).signedBy(operator, second).delivery());
  }

  @Test
  void anOrderOlderThanTheLastOneOnItsPointIsSuperseded() {
    state.newest = Optional.of(pki.now().plusMillis(1));
    assertDeclined(order(Verb.SHED).delivery(), Reason.SUPERSEDED);
    assertAccepted(order(Verb.READ).delivery());
  }

  @Test
  void anOrderIsRefusedWhenItsPreconditionIsFalse() {
    assertAccepted(order(Verb.SHED).when(revision(7)).delivery());
    assertDeclined(order(Verb.SHED).when(revision(6)).delivery(), Reason.PRECONDITION);
  }

  private static Precondition revision(long revision) {
    return new Precondition(OptionalLong.of(revision), Optional.empty(), Optional.empty());
  }

  @Test
  void oneOrderAtATimeIsCarriedOut() {
    state.busy = true;
    assertDeclined(order(Verb.SHED).delivery(), Reason.BUSY);
    assertAccepted(order(Verb.READ).delivery());
  }
}
