// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Instruction;
import energy.muster.firmware.Campaign;
import energy.muster.firmware.CampaignState;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.firmware.Manifest;
import energy.muster.firmware.Rollout;
import energy.muster.firmware.StoredFirmware;
import energy.muster.fixture.Firmwares;
import energy.muster.fixture.TestPki;
import energy.muster.identity.Role;
import energy.muster.refusal.Reason;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An upgrade as one signed order to an exact list, and a second person's signature under it. */
final class UpgradesTest extends Sitting {
  private final Firmwares firmwares = new Firmwares(pki);
  private SigningIdentity who = pki.identity("inst-1", Role.INSTALLER);

  @Override
  SigningIdentity whoSits() {
    return who;
  }

  @BeforeEach
  void aRelease() {
    released("2.4.1", "relay");
  }

  private Digest released(String version, String product) {
    Manifest manifest =
        firmwares.manifest(version, firmwares.chunks(Firmwares.image(version, 20_000), 16 * 1024));
    Digest digest = Digest.of(manifest.write());
    service.firmware.manifest(digest, firmwares.sealed(manifest));
    service.firmware.stored.add(stored(manifest, digest, product, true));
    service.firmware.releases = 7;
    return digest;
  }

  private static StoredFirmware stored(
      Manifest manifest, Digest digest, String product, boolean released) {
    return new StoredFirmware(
        digest,
        product,
        manifest.version(),
        manifest.image(),
        released,
        true,
        manifest.image().chunks(),
        List.of(),
        true,
        "clean");
  }

  private String mistake(String line) throws Exception {
    assertThat(session.run(line).ok()).isFalse();
    assertThat(service.commands()).isEmpty();
    return one(Event.Mistaken.class).hint().text();
  }

  @Test
  void itIsShownWithItsWavesAndSignedAsThatExactList() throws Exception {
    session.run(
        "upgrade loads on branch 60 to 2.4.1 in waves of 1 pass over after 5 min within 2 d");

    FirmwareEvent.UpgradePlanned plan = one(FirmwareEvent.UpgradePlanned.class);
    assertThat(plan.waves())
        .containsExactly(List.of(TestPki.jid("load-48")), List.of(TestPki.jid("load-50a")));
    assertThat(questions).containsExactly("upgrade these 2 devices to relay 2.4.1?");
    Instruction.Upgrade upgrade = (Instruction.Upgrade) only().instruction();
    assertThat(upgrade.version()).isEqualTo(new FirmwareVersion(2, 4, 1));
    assertThat(upgrade.releases()).isEqualTo(7);
    assertThat(upgrade.rollout().patience()).contains(Duration.ofMinutes(5));
    assertThat(only().executeBy()).isEqualTo(now.plus(Duration.ofDays(2)));
    assertThat(service.leaves()).hasSize(2);
  }

  @Test
  void unlessTheLineSaysItIsCarefulAndWaitsForTwoWeeks() throws Exception {
    session.run("upgrade sw3 to 2.4.1");

    assertThat(((Instruction.Upgrade) only().instruction()).rollout()).isEqualTo(Rollout.CAREFUL);
    assertThat(only().executeBy()).isEqualTo(now.plus(Duration.ofDays(14)));
  }

  @Test
  void withoutAYesNothingIsSent() throws Exception {
    agrees = false;

    assertThat(session.run("upgrade sw3 to 2.4.1").ok()).isFalse();
    assertThat(service.commands()).isEmpty();
    assertThat(one(Event.Said.class).text()).isEqualTo("not done: nothing was sent");
  }

  @Test
  void whatNobodyHasReleasedIsSaidWithWhatIs() throws Exception {
    assertThat(mistake("upgrade sw3 to 2.4.9"))
        .isEqualTo("nobody has released 2.4.9; released are relay 2.4.1");
  }

  @Test
  void whatIsThereAndNotReleasedIsNotOrdered() throws Exception {
    service.firmware.stored.clear();

    assertThat(mistake("upgrade sw3 to 2.4.1"))
        .isEqualTo("nobody has released 2.4.1; nothing is released");
  }

  @Test
  void oneVersionOfTwoProductsIsAskedBack() throws Exception {
    released("2.4.1", "meter-fw");

    assertThat(mistake("upgrade sw3 to 2.4.1"))
        .isEqualTo("say of which product, as in to 2.4.1 of relay or of meter-fw");
  }

  @Test
  void anotherManifestThanTheServiceNamedIsNotSigned() throws Exception {
    StoredFirmware told = service.firmware.stored.get(0);
    Manifest other =
        firmwares.manifest("2.4.0", firmwares.chunks(Firmwares.image("x", 20_000), 16 * 1024));
    service.firmware.manifest(told.manifest(), firmwares.sealed(other));

    assertThat(session.run("upgrade sw3 to 2.4.1").ok()).isFalse();
    assertThat(one(Event.Declined.class).refusal().reason()).isEqualTo(Reason.WRONG_TARGET);
    assertThat(service.commands()).isEmpty();
  }

  @Test
  void aManifestThatNoBuilderSignedIsNotBelieved() throws Exception {
    Manifest manifest =
        firmwares.manifest("2.4.2", firmwares.chunks(Firmwares.image("y", 20_000), 16 * 1024));
    Digest digest = Digest.of(manifest.write());
    Sealed forged = Sealer.seal(manifest.write(), pki.now(), firmwares.releaser());
    service.firmware.manifest(digest, forged);
    service.firmware.stored.add(stored(manifest, digest, "relay", true));

    assertThat(session.run("upgrade sw3 to 2.4.2").ok()).isFalse();
    assertThat(one(Event.Declined.class).refusal().reason()).isEqualTo(Reason.NOT_AUTHORISED);
    assertThat(service.commands()).isEmpty();
  }

  private String ordered() throws Exception {
    service.holds(Optional.of("held: waits for the approval of a second person"));
    session.run("upgrade loads on branch 60 to 2.4.1");
    Campaign campaign =
        new Campaign(
            only().id(),
            TestPki.jid("inst-1"),
            "relay",
            new FirmwareVersion(2, 4, 1),
            CampaignState.AWAITING_APPROVAL,
            "",
            0,
            List.of(1, 1),
            only().executeBy(),
            Map.of(),
            List.of());
    service.firmware.campaigns.add(List.of(campaign));
    return only().id().brief();
  }

  private void somebodyElseSits() throws Exception {
    who = pki.identity("inst-2", Role.INSTALLER);
    begin();
    events.clear();
    questions.clear();
  }

  @Test
  void aSecondPersonSignsTheVeryOrderOfTheFirst() throws Exception {
    String id = ordered();
    somebodyElseSits();

    assertThat(session.run("approve campaign " + id).ok()).isTrue();
    assertThat(questions).containsExactly("sign this upgrade of 2 devices as the second person?");
    assertThat(one(FirmwareEvent.UpgradePlanned.class).issuer()).contains(TestPki.jid("inst-1"));
    assertThat(service.commands()).hasSize(2);
    assertThat(service.commands().get(1)).isEqualTo(service.commands().get(0));
    assertThat(one(FirmwareEvent.CampaignActed.class).text()).isEqualTo("approved by inst-2");
  }

  @Test
  void whoeverHasOrderedItIsNoSecondPerson() throws Exception {
    String id = ordered();
    events.clear();

    assertThat(session.run("approve campaign " + id).ok()).isFalse();
    assertThat(one(Event.Declined.class).refusal().text())
        .isEqualTo("you have signed it; the second person is somebody else");
  }

  @Test
  void whoeverMayNotSeeAllOfItsDevicesSignsNothing() throws Exception {
    String id = ordered();
    somebodyElseSits();
    service.tellsLeaves(false);

    assertThat(session.run("approve campaign " + id).ok()).isFalse();
    assertThat(one(Event.Declined.class).refusal().text()).contains("devices outside your area");
    assertThat(service.commands()).hasSize(1);
  }

  @Test
  void withoutAYesNothingIsSignedAsSecondPersonEither() throws Exception {
    String id = ordered();
    somebodyElseSits();
    agrees = false;

    assertThat(session.run("approve campaign " + id).ok()).isFalse();
    assertThat(service.commands()).hasSize(1);
  }
}
