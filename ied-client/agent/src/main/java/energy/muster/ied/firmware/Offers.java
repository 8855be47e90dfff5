// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import energy.muster.firmware.FirmwareAdmission;
import energy.muster.firmware.FirmwarePolicy;
import energy.muster.firmware.Installed;
import energy.muster.firmware.SignedRelease;
import energy.muster.identity.Certified;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.seal.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Whether a firmware that the service offers is taken, and the highest list of releases that was
 * believed so far, which is kept on disk.
 */
public final class Offers {
  // With these, the list itself was believed.
  private static final Set<Reason> OF_THE_FIRMWARE =
      EnumSet.of(
          Reason.NOT_RELEASED, Reason.WRONG_TARGET, Reason.PRECONDITION, Reason.ALREADY_THERE);

  private final String site;
  private final Certified device;
  private final FirmwarePolicy policy;
  private final Path file;
  private final Disk disk;

  /**
   * @param folder the device's, where the highest list is kept
   */
  public Offers(String site, Certified device, FirmwarePolicy policy, Path folder, Disk disk) {
    this.site = site;
    this.device = device;
    this.policy = policy;
    this.file = folder.resolve("releases.cms");
    this.disk = disk;
  }

  /**
   * Number of the highest list that is known; empty for none, and after whoever signed it is no
   * longer trusted, because what a stolen key counted up to is void.
   */
  public OptionalLong known(Trust trust, Instant now) throws IOException {
    if (!disk.exists(file)) {
      return OptionalLong.empty();
    }
    try {
      Sealed kept = new Sealed(disk.read(file));
      return OptionalLong.of(SignedRelease.openReleases(kept, site, trust, now).number());
    } catch (Refused noLonger) {
      return OptionalLong.empty();
    }
  }

  /**
   * Opens what is offered.
   *
   * @throws Refused where a seal does not hold
   */
  SignedRelease open(Sealed manifest, Sealed releases, Trust trust, Instant now) {
    return SignedRelease.open(manifest, releases, site, trust, now);
  }

  /** Why it is not taken; empty where it is. */
  Optional<Refusal> refuse(
      SignedRelease offered, Sealed releases, Installed installed, Trust trust, Instant now)
      throws IOException {
    OptionalLong known = known(trust, now);
    Optional<Refusal> refusal =
        new FirmwareAdmission(policy, device, installed).refuse(offered, known, now);
    boolean believed = refusal.map(it -> OF_THE_FIRMWARE.contains(it.reason())).orElse(true);
    if (believed && offered.releases().number() > known.orElse(0)) {
      disk.replace(file, releases.cms());
    }
    return refusal;
  }
}
