// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import energy.muster.document.Header;
import energy.muster.identity.Certified;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.seal.Trust;
import java.time.Instant;
import java.util.List;

/**
 * A manifest together with the list of releases by which it counts, each with whoever signed it.
 * Whether they may is for {@link FirmwareAdmission}.
 *
 * @param digest of the manifest's signed content
 */
public record SignedRelease(
    Manifest manifest,
    Digest digest,
    List<Certified> builders,
    Releases releases,
    List<Certified> releasers) {
  public SignedRelease {
    builders = List.copyOf(builders);
    releasers = List.copyOf(releasers);
  }

  /**
   * Opens both.
   *
   * @throws Refused where a seal does not hold, or one is not of this site or not by its issuer
   */
  public static SignedRelease open(
      Sealed manifest, Sealed releases, String site, Trust trust, Instant now) {
    Opened built = trust.open(manifest, now);
    Manifest firmware = Manifest.read(built.content());
    requireOwn(firmware.header(), built, site);
    Opened released = trust.open(releases, now);
    Releases list = Releases.read(released.content());
    requireOwn(list.header(), released, site);
    return new SignedRelease(firmware, built.digest(), built.signers(), list, released.signers());
  }

  /** Opens a list of releases by itself, such as the highest that was known so far. */
  public static Releases openReleases(Sealed sealed, String site, Trust trust, Instant now) {
    Opened opened = trust.open(sealed, now);
    Releases releases = Releases.read(opened.content());
    requireOwn(releases.header(), opened, site);
    return releases;
  }

  private static void requireOwn(Header header, Opened opened, String site) {
    header.requireSite(site);
    opened.requireIssuer(header);
  }
}
