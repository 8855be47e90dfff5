// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.document.DocumentType;
import energy.muster.fixture.TestPki;
import energy.muster.identity.Area;
import energy.muster.identity.FullJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.warning.Catastrophe;
import energy.muster.warning.Peers;
import energy.muster.warning.Warning;
import energy.muster.warning.WarningReport;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WarningTest {
  private static final Area BRANCH = new Area("branch-60");

  private final World world = new World();
  private final SigningIdentity sw6 = world.pki.device("sw6", "branch-60", "feeder-123");
  private final SigningIdentity load = world.pki.device("load-62c", "branch-60", "feeder-123");
  private final SigningIdentity far = world.pki.device("sw3", "branch-18", "feeder-123");
  private final FullJid breaker = world.prove(sw6, "r1");
  private final FullJid operator = world.prove(world.pki.operator("op-1", "branch-60"), "c1");
  private final FullJid other = world.prove(world.pki.operator("op-2", "branch-18"), "c1");

  private Warning warning(SigningIdentity by) {
    return new Warning(
        world.header(DocumentType.WARNING, by.certified().jid()),
        Catastrophe.SHORT_CIRCUIT,
        BRANCH,
        "behind sw6");
  }

  private static Payload sealed(Warning warning, SigningIdentity signer) {
    return Payload.of(Wire.WARNING, Sealer.seal(warning.write(), signer));
  }

  private Payload report(SigningIdentity by) {
    Warning warning = warning(sw6);
    return Payload.of(
        Wire.REACTED,
        Sealer.seal(
            WarningReport.refused(
                    world.header(DocumentType.WARNING_REPORT, by.certified().jid()),
                    warning,
                    Digest.of(warning.write()),
                    new Refusal(Reason.REPLAYED, "it was heard before"))
                .write(),
            by));
  }

  @Test
  void aDeviceIsToldItsPeersOnItsBranchAndNoOthers() {
    world.prove(far, "r1");
    FullJid newcomer = world.prove(load, "r1");

    Peers peers = Peers.read(world.get(newcomer, Payload.empty(Wire.PEERS)));

    assertThat(peers.byBranch()).containsOnlyKeys(BRANCH);
    assertThat(peers.byBranch().get(BRANCH)).containsExactly(TestPki.jid("sw6"));
  }

  @Test
  void whoIsThereIsToldOfOneThatJoinsAndOnlyThen() {
    FullJid first = world.prove(load, "r1");
    List<Payload> told = world.network.to(breaker, Wire.PEERS);
    assertThat(told).hasSize(1);
    assertThat(Peers.read(told.get(0)).byBranch().get(BRANCH))
        .containsExactly(TestPki.jid("load-62c"));

    world.cut(first);
    world.prove(load, "r2");
    world.prove(far, "r1");
    assertThat(world.network.to(breaker, Wire.PEERS)).hasSize(1);
  }

  @Test
  void peersAreThoseOfOneBranch() {
    world.prove(load, "r1");
    world.prove(far, "r1");

    assertThat(world.service().sight().peers(TestPki.jid("sw6"), TestPki.jid("load-62c"))).isTrue();
    assertThat(world.service().sight().peers(TestPki.jid("sw6"), TestPki.jid("sw3"))).isFalse();
    assertThat(world.service().sight().peers(TestPki.jid("sw6"), TestPki.jid("sw6"))).isFalse();
    assertThat(world.service().sight().peers(TestPki.jid("sw6"), TestPki.jid("op-1"))).isFalse();
  }

  @Test
  void aWarningIsToldToThePeopleOfItsDevice() {
    world.set(breaker, sealed(warning(sw6), sw6));

    assertThat(world.notices(operator)).containsExactly("warning");
    assertThat(world.notices(other)).isEmpty();
  }

  @Test
  void aRefusedWarningIsToldAsThat() {
    FullJid session = world.prove(load, "r1");
    world.set(session, report(load));

    assertThat(world.notices(operator)).containsExactly("warning-refused");
  }

  @Test
  void nobodySaysItForAnother() {
    FullJid session = world.prove(load, "r1");

    assertThat(world.refusal(session, sealed(warning(sw6), sw6))).isEqualTo(Reason.NOT_AUTHORISED);
    assertThat(world.refusal(session, sealed(warning(sw6), load))).isEqualTo(Reason.NOT_AUTHORISED);
    assertThat(world.refusal(session, report(sw6))).isEqualTo(Reason.NOT_AUTHORISED);
    assertThat(world.refusal(operator, report(load))).isEqualTo(Reason.NOT_AUTHORISED);
  }
}
