// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.warning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.fixture.TestPki;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.ied.clock.TrustedClock.Reading;
import energy.muster.ied.fixture.Warnings;
import energy.muster.ied.warning.WarningGate.Heard;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.SigningIdentity;
import energy.muster.seal.Trust;
import energy.muster.warning.Catastrophe;
import energy.muster.warning.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WarningGateTest {
  private final TestPki pki = new TestPki();
  private final Instant now = pki.now();
  private final SigningIdentity peer = pki.device("sw6", "branch-60", "feeder-123");
  private final SigningIdentity stranger = pki.device("sw3", "branch-18", "feeder-123");
  private final WarningGate gate =
      new WarningGate(
          pki.device("load-62c", "branch-60", "feeder-123").certified(), TestPki.SITE, now);
  private final Trust trust = pki.trust();

  private Heard judge(Warning warning, SigningIdentity signer, BareJid from, Instant at) {
    return gate.judge(from, Warnings.sealed(warning, signer), new Reading(at, true), trust);
  }

  private Heard judge(Warning warning, Instant at) {
    return judge(warning, peer, peer.certified().jid(), at);
  }

  private static Optional<Reason> reason(Heard heard) {
    return heard.refusal().map(Refusal::reason);
  }

  @Test
  void aPeersFreshWarningIsBelieved() {
    assertThat(judge(Warnings.of(peer, now), now.plusMillis(20)).refusal()).isEmpty();
  }

  @Test
  void theSameWarningIsBelievedOnce() {
    Warning warning = Warnings.of(peer, now);
    judge(warning, now);

    assertThat(reason(judge(warning, now.plusSeconds(4)))).contains(Reason.REPLAYED);
  }

  @Test
  void otherContentUnderTheSameIdIsAConflict() {
    Warning warning = Warnings.of(peer, now);
    judge(warning, now);
    Warning other =
        new Warning(warning.header(), Catastrophe.ARC_FLASH, Warnings.BRANCH, "elsewhere");

    assertThat(reason(judge(other, now))).contains(Reason.ID_CONFLICT);
  }

  @Test
  void afterFiveSecondsItIsVoid() {
    Warning warning = Warnings.of(peer, now);

    assertThat(reason(judge(warning, now.plus(Warning.LIFE).plusMillis(1)))).contains(Reason.STALE);
    assertThat(judge(warning, now.plus(Warning.LIFE)).refusal()).isEmpty();
  }

  @Test
  void oneFromTheFutureIsRefused() {
    assertThat(reason(judge(Warnings.of(peer, now.plusSeconds(6)), now))).contains(Reason.STALE);
  }

  @Test
  void whatWasSeenBeforeTheDeviceStartedMayHaveBeenHeardThen() {
    assertThat(reason(judge(Warnings.of(peer, now.minusMillis(1)), now))).contains(Reason.STALE);
  }

  @Test
  void aDeviceOfAnotherBranchIsNoPeerWhateverBranchItNames() {
    for (Area branch : new Area[] {Warnings.BRANCH, new Area("branch-18")}) {
      assertThat(
              reason(
                  judge(
                      Warnings.of(stranger, now, branch),
                      stranger,
                      stranger.certified().jid(),
                      now)))
          .contains(Reason.NOT_AUTHORISED);
    }
  }

  @Test
  void aPeersWarningForAnotherBranchIsNotForThisDevice() {
    assertThat(reason(judge(Warnings.of(peer, now, new Area("branch-18")), now)))
        .contains(Reason.NOT_AUTHORISED);
  }

  @Test
  void itGoesOneHop() {
    SigningIdentity relaying = pki.device("sw4", "branch-60");

    Heard heard = judge(Warnings.of(peer, now), peer, relaying.certified().jid(), now);

    assertThat(reason(heard)).contains(Reason.NOT_AUTHORISED);
    assertThat(heard.refusal().orElseThrow().text()).contains("one hop");
  }

  @Test
  void aSecondHopInTheDocumentCannotBeRead() {
    byte[] twice =
        new String(Warnings.of(peer, now).write(), java.nio.charset.StandardCharsets.UTF_8)
            .replace("\"hops\":1", "\"hops\":2")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);

    assertThatThrownBy(() -> Warning.read(twice)).isInstanceOf(Refused.class);
  }

  @Test
  void whoIsNamedAsIssuerHasSigned() {
    assertThat(reason(judge(Warnings.of(peer, now), stranger, peer.certified().jid(), now)))
        .contains(Reason.BAD_SIGNATURE);
  }

  @Test
  void anOperatorIsNoPeer() {
    SigningIdentity operator = pki.operator("op-1", "branch-60");

    assertThat(reason(judge(Warnings.of(operator, now), operator, operator.certified().jid(), now)))
        .contains(Reason.NOT_AUTHORISED);
  }

  @Test
  void anotherSitesKeyIsNotTrusted() {
    SigningIdentity forger = new TestPki().device("sw6", "branch-60");

    assertThatThrownBy(() -> judge(Warnings.of(peer, now), forger, peer.certified().jid(), now))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.refusal().reason()).isEqualTo(Reason.UNTRUSTED));
  }

  @Test
  void aDocumentOfAnotherSiteMeansNothing() {
    Warning elsewhere =
        new Warning(
            Warnings.header(peer, "other-site", now),
            Catastrophe.SHORT_CIRCUIT,
            Warnings.BRANCH,
            "here");

    assertThat(reason(judge(elsewhere, now))).contains(Reason.WRONG_TARGET);
  }

  @Test
  void aDeviceThatIsUnsureOfTheTimeOrOfItsTrustDoesNotReact() {
    Warning warning = Warnings.of(peer, now);
    BareJid from = peer.certified().jid();
    Instant late = now.plus(Duration.ofDays(2));

    assertThat(
            reason(
                gate.judge(from, Warnings.sealed(warning, peer), new Reading(now, false), trust)))
        .contains(Reason.CLOCK_UNSURE);
    assertThat(reason(judge(Warnings.of(peer, late), late))).contains(Reason.TRUST_STALE);
  }
}
