// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.document.Header;
import energy.muster.fixture.Firmwares;
import energy.muster.fixture.TestPki;
import energy.muster.identity.Area;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.pki.Subject;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.seal.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The attacks of The Update Framework and of Uptane, and what a device makes of each. */
class FirmwareAdmissionTest {
  private final TestPki pki = new TestPki();
  private final Firmwares firmwares = new Firmwares(pki);
  private final Certified device = pki.device("relay-48", "branch-60").certified();
  private final ChunkList chunks = firmwares.chunks(new byte[20_000], 8_192);
  private final Manifest manifest = firmwares.manifest("2.4.1", 7, chunks);
  private final Releases releases = firmwares.releases(12, manifest);
  private Installed installed = installed("2.3.0", 7, Map.of());
  private FirmwarePolicy policy = FirmwarePolicy.ONE_EACH;
  private OptionalLong known = OptionalLong.of(11);
  private Instant now = pki.now().plusSeconds(60);
  private Trust trust = pki.trust();

  private static Installed installed(String version, long counter, Map<String, String> parts) {
    TreeMap<String, FirmwareVersion> versions = new TreeMap<>();
    parts.forEach((part, lowest) -> versions.put(part, FirmwareVersion.parse(lowest)));
    return new Installed(
        new Hardware("northwind", "r-30"),
        "relay",
        FirmwareVersion.parse(version),
        counter,
        18,
        versions);
  }

  private Optional<Reason> refusal(Sealed manifest, Sealed releases) {
    SignedRelease offered = SignedRelease.open(manifest, releases, TestPki.SITE, trust, now);
    return new FirmwareAdmission(policy, device, installed)
        .refuse(offered, known, now)
        .map(Refusal::reason);
  }

  private Optional<Reason> refusal(Manifest manifest, Releases releases) {
    return refusal(firmwares.sealed(manifest), firmwares.sealed(releases));
  }

  /** Of this manifest, released as it should be. */
  private Optional<Reason> refusal(Manifest manifest) {
    return refusal(manifest, firmwares.releases(12, manifest));
  }

  private Sealed sealed(Manifest manifest, SigningIdentity... builders) {
    return Sealer.seal(manifest.write(), pki.now(), builders);
  }

  private Sealed sealed(Releases releases, SigningIdentity... releasers) {
    return Sealer.seal(releases.write(), pki.now(), releasers);
  }

  private static Header by(Header header, SigningIdentity issuer) {
    return new Header(
        header.type(), header.site(), header.id(), issuer.certified().jid(), header.issuedAt());
  }

  private Manifest by(SigningIdentity issuer) {
    return with(by(manifest.header(), issuer), "relay", "northwind", List.of("r-30"));
  }

  private Releases releasedBy(SigningIdentity issuer, Manifest what) {
    return new Releases(
        by(releases.header(), issuer),
        12,
        releases.expires(),
        List.of(new Release(what.product(), what.version(), Digest.of(what.write()))));
  }

  private Manifest with(Header header, String product, String vendor, List<String> models) {
    return new Manifest(
        header,
        product,
        manifest.version(),
        manifest.counter(),
        vendor,
        models,
        manifest.image(),
        Optional.empty(),
        new TreeMap<>(),
        manifest.expires(),
        List.of());
  }

  private Manifest needing(String from, Map<String, String> needs) {
    TreeMap<String, FirmwareVersion> versions = new TreeMap<>();
    needs.forEach((part, lowest) -> versions.put(part, FirmwareVersion.parse(lowest)));
    return new Manifest(
        manifest.header(),
        "relay",
        manifest.version(),
        manifest.counter(),
        "northwind",
        List.of("r-30"),
        manifest.image(),
        Optional.of(FirmwareVersion.parse(from)),
        versions,
        manifest.expires(),
        List.of());
  }

  @Test
  void whatWasBuiltAndReleasedForItIsTaken() {
    assertThat(refusal(manifest, releases)).isEmpty();
  }

  @Test
  void arbitrarySoftwareByNobodyEntitledIsRefused() {
    SigningIdentity operator = pki.operator("op-1", "*");

    assertThat(refusal(sealed(by(operator), operator), firmwares.sealed(releases)))
        .contains(Reason.NOT_AUTHORISED);
  }

  @Test
  void aReleaseByNobodyEntitledIsRefused() {
    SigningIdentity installer = pki.identity("inst-1", Role.INSTALLER);

    assertThat(
            refusal(firmwares.sealed(manifest), sealed(releasedBy(installer, manifest), installer)))
        .contains(Reason.NOT_AUTHORISED);
  }

  @Test
  void aBuilderOfAnotherAreaIsRefused() {
    SigningIdentity elsewhere = pki.identity("build-9", Role.FIRMWARE_BUILDER, "branch-7");
    Manifest theirs = by(elsewhere);

    assertThat(refusal(sealed(theirs, elsewhere), firmwares.sealed(firmwares.releases(12, theirs))))
        .contains(Reason.NOT_AUTHORISED);
  }

  @Test
  void onePersonWhoBuildsAndReleasesIsRefused() {
    SigningIdentity both =
        pki.issue(
            Subject.of(TestPki.jid("both-1"), Role.FIRMWARE_BUILDER, Area.ALL)
                .with(Role.FIRMWARE_RELEASER, Area.ALL));
    Manifest theirs = by(both);

    assertThat(refusal(sealed(theirs, both), sealed(releasedBy(both, theirs), both)))
        .contains(Reason.NOT_AUTHORISED);
  }

  @Test
  void fewerKeysThanPolicyAsksForAreRefused() {
    policy = new FirmwarePolicy(2, 1);

    assertThat(refusal(manifest, releases)).contains(Reason.NOT_AUTHORISED);
  }

  @Test
  void asManyKeysAsPolicyAsksForAreTaken() {
    policy = new FirmwarePolicy(2, 2);
    SigningIdentity builder = pki.identity("build-2", Role.FIRMWARE_BUILDER);
    SigningIdentity releaser = pki.identity("release-2", Role.FIRMWARE_RELEASER);

    assertThat(
            refusal(
                sealed(manifest, firmwares.builder(), builder),
                sealed(releases, firmwares.releaser(), releaser)))
        .isEmpty();
  }

  @Test
  void aSecondKeyOfTheSamePersonIsNoSecondPerson() {
    policy = new FirmwarePolicy(2, 1);
    SigningIdentity again = pki.identity("build-1", Role.FIRMWARE_BUILDER);

    assertThatThrownBy(
            () -> refusal(sealed(manifest, firmwares.builder(), again), firmwares.sealed(releases)))
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.refusal().reason()).isEqualTo(Reason.MALFORMED));
  }

  @Test
  void aSignatureOfARevokedKeyIsRefused() {
    trust = pki.revoke(firmwares.builder()).trust();

    assertThatThrownBy(() -> refusal(manifest, releases))
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.refusal().reason()).isEqualTo(Reason.REVOKED));
  }

  @Test
  void aManifestAlteredAfterItWasSignedIsRefused() {
    byte[] cms = firmwares.sealed(manifest).cms();
    int at = new String(cms, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("2.4.1");
    cms[at] = '9';

    assertThatThrownBy(() -> refusal(new Sealed(cms), firmwares.sealed(releases)))
        .isInstanceOf(Refused.class);
  }

  @Test
  void aManifestInAnothersNameIsRefused() {
    assertThatThrownBy(
            () -> refusal(sealed(by(pki.operator("op-2", "*")), firmwares.builder()), null))
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.refusal().reason()).isEqualTo(Reason.BAD_SIGNATURE));
  }

  @Test
  void aManifestOfAnotherSiteIsRefused() {
    Header header = manifest.header();
    Manifest foreign =
        with(
            new Header(header.type(), "elsewhere", header.id(), header.issuer(), now),
            "relay",
            "northwind",
            List.of("r-30"));

    assertThatThrownBy(() -> refusal(foreign))
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.refusal().reason()).isEqualTo(Reason.WRONG_TARGET));
  }

  @Test
  void aListOfReleasesDoesNotPassForAManifest() {
    Sealed list = firmwares.sealed(releases);

    assertThatThrownBy(() -> refusal(list, list)).isInstanceOf(Refused.class);
  }

  @Test
  void aFrozenListIsRefusedOnceItHasEnded() {
    now = releases.expires();

    assertThat(refusal(manifest, releases)).contains(Reason.STALE);
  }

  @Test
  void anOlderListAfterANewerWasKnownIsRefused() {
    known = OptionalLong.of(13);

    assertThat(refusal(manifest, releases)).contains(Reason.ROLLBACK);
  }

  @Test
  void theListThatIsKnownIsTakenAgain() {
    known = OptionalLong.of(12);

    assertThat(refusal(manifest, releases)).isEmpty();
  }

  @Test
  void mixingAManifestWithAListThatDoesNotHoldItIsRefused() {
    Manifest other = firmwares.manifest("2.4.1", 7, chunks);

    assertThat(refusal(other, releases)).contains(Reason.NOT_RELEASED);
  }

  @Test
  void aReleaseThatWasTakenBackIsRefused() {
    assertThat(refusal(manifest, firmwares.releases(13))).contains(Reason.NOT_RELEASED);
  }

  @Test
  void aManifestThatHasExpiredIsRefused() {
    Instant end = pki.now().plus(Duration.ofHours(1));
    Manifest brief =
        new Manifest(
            manifest.header(),
            "relay",
            manifest.version(),
            manifest.counter(),
            "northwind",
            List.of("r-30"),
            manifest.image(),
            Optional.empty(),
            new TreeMap<>(),
            end,
            List.of());
    assertThat(refusal(brief)).isEmpty();

    now = end;

    assertThat(refusal(brief)).contains(Reason.STALE);
  }

  @Test
  void anotherVendorsHardwareIsRefused() {
    assertThat(refusal(with(manifest.header(), "relay", "southwind", List.of("r-30"))))
        .contains(Reason.WRONG_TARGET);
  }

  @Test
  void anotherModelIsRefused() {
    assertThat(refusal(with(manifest.header(), "relay", "northwind", List.of("r-31"))))
        .contains(Reason.WRONG_TARGET);
  }

  @Test
  void anotherProductIsRefused() {
    assertThat(refusal(with(manifest.header(), "meter", "northwind", List.of("r-30"))))
        .contains(Reason.WRONG_TARGET);
  }

  @Test
  void aLowerRollbackCounterIsRefusedWhateverItsVersionIsCalled() {
    installed = installed("2.3.0", 8, Map.of());

    assertThat(refusal(manifest, releases)).contains(Reason.ROLLBACK);
  }

  @Test
  void aLowerVersionIsRefused() {
    installed = installed("2.5.0", 7, Map.of());

    assertThat(refusal(manifest, releases)).contains(Reason.ROLLBACK);
  }

  @Test
  void theVersionThatRunsIsSaidToBeThere() {
    installed = installed("2.4.1", 7, Map.of());

    assertThat(refusal(manifest, releases)).contains(Reason.ALREADY_THERE);
  }

  @Test
  void aVersionFromWhichOneCannotGoThereIsRefused() {
    assertThat(refusal(needing("2.3.1", Map.of()))).contains(Reason.PRECONDITION);
  }

  @Test
  void theLowestVersionFromWhichOneGoesThereWillDo() {
    assertThat(refusal(needing("2.3.0", Map.of()))).isEmpty();
  }

  @Test
  void aPartThatIsTooOldIsNamed() {
    installed = installed("2.3.0", 7, Map.of("boot-loader", "1.2.9"));

    assertThat(refusal(needing("2.0.0", Map.of("boot-loader", "1.3.0"))))
        .contains(Reason.PRECONDITION);
  }

  @Test
  void aPartThatIsMissingIsRefused() {
    assertThat(refusal(needing("2.0.0", Map.of("boot-loader", "1.3.0"))))
        .contains(Reason.PRECONDITION);
  }

  @Test
  void aPartThatIsNewEnoughWillDo() {
    installed = installed("2.3.0", 7, Map.of("boot-loader", "1.3.0"));

    assertThat(refusal(needing("2.0.0", Map.of("boot-loader", "1.3.0")))).isEmpty();
  }

  @Test
  void aStolenReleaserMayNotFastForwardTheNumberForGood() {
    SigningIdentity stolen = pki.identity("release-9", Role.FIRMWARE_RELEASER);
    Releases forward =
        new Releases(by(releases.header(), stolen), Long.MAX_VALUE, releases.expires(), List.of());
    Sealed kept = sealed(forward, stolen);
    assertThat(SignedRelease.openReleases(kept, TestPki.SITE, trust, now).number())
        .isEqualTo(Long.MAX_VALUE);

    trust = pki.revoke(stolen).trust();

    assertThatThrownBy(() -> SignedRelease.openReleases(kept, TestPki.SITE, trust, now))
        .isInstanceOf(Refused.class);
  }
}
