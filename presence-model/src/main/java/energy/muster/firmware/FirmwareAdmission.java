// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a device takes a firmware: the attacks that The Update Framework and Uptane list, each
 * with its refusal. The service asks the same before it offers one, so that both say the same.
 */
public final class FirmwareAdmission {
  private final FirmwarePolicy policy;
  private final Certified device;
  private final Installed installed;

  public FirmwareAdmission(FirmwarePolicy policy, Certified device, Installed installed) {
    this.policy = policy;
    this.device = device;
    this.installed = installed;
  }

  /**
   * Empty where it takes it.
   *
   * @param known number of the highest list of releases it knows, as long as those who signed that
   *     list are still trusted: after a stolen key was revoked, what it counted up to is void
   */
  public Optional<Refusal> refuse(SignedRelease offered, OptionalLong known, Instant now) {
    Manifest manifest = offered.manifest();
    Releases releases = offered.releases();
    return signatures(offered)
        .or(
            () ->
                when(
                    !now.isBefore(releases.expires()),
                    Reason.STALE,
                    "the list of releases ended at %s; a newer one may be kept from us",
                    releases.expires()))
        .or(
            () ->
                when(
                    releases.number() < known.orElse(0),
                    Reason.ROLLBACK,
                    "list of releases %d after %d was known",
                    releases.number(),
                    known.orElse(0)))
        .or(
            () ->
                when(
                    !releases.lists(offered.digest()),
                    Reason.NOT_RELEASED,
                    "this %s %s does not stand in list of releases %d",
                    manifest.product(),
                    manifest.version(),
                    releases.number()))
        .or(
            () ->
                when(
                    !now.isBefore(manifest.expires()),
                    Reason.STALE,
                    "%s %s was to be installed before %s",
                    manifest.product(),
                    manifest.version(),
                    manifest.expires()))
        .or(() -> fit(manifest))
        .or(() -> order(manifest));
  }

  private Optional<Refusal> signatures(SignedRelease offered) {
    Set<BareJid> builders = entitled(offered.builders(), Role.FIRMWARE_BUILDER);
    Set<BareJid> releasers = entitled(offered.releasers(), Role.FIRMWARE_RELEASER);
    return when(
            builders.size() < policy.builders(),
            Reason.NOT_AUTHORISED,
            "the manifest has %d of %d signatures of a firmware-builder for this device",
            builders.size(),
            policy.builders())
        .or(
            () ->
                when(
                    releasers.size() < policy.releasers(),
                    Reason.NOT_AUTHORISED,
                    "the list has %d of %d signatures of a firmware-releaser for this device",
                    releasers.size(),
                    policy.releasers()))
        .or(
            () ->
                builders.stream()
                    .filter(releasers::contains)
                    .findFirst()
                    .map(
                        both ->
                            Refusal.of(
                                Reason.NOT_AUTHORISED,
                                "%s has built and released it, which takes two persons",
                                both)));
  }

  private Set<BareJid> entitled(List<Certified> signers, Role role) {
    return signers.stream()
        .filter(signer -> signer.covers(role, device))
        .map(Certified::jid)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Optional<Refusal> fit(Manifest manifest) {
    return when(
            !manifest.fits(installed.hardware()),
            Reason.WRONG_TARGET,
            "it is for %s %s, this is %s",
            manifest.vendor(),
            String.join(", ", manifest.models()),
            installed.hardware())
        .or(
            () ->
                when(
                    !manifest.product().equals(installed.product()),
                    Reason.WRONG_TARGET,
                    "it is %s, this runs %s",
                    manifest.product(),
                    installed.product()));
  }

  private Optional<Refusal> order(Manifest manifest) {
    return when(
            manifest.counter() < installed.counter(),
            Reason.ROLLBACK,
            "rollback counter %d, this device is at %d",
            manifest.counter(),
            installed.counter())
        .or(
            () ->
                when(
                    manifest.version().equals(installed.version()),
                    Reason.ALREADY_THERE,
                    "%s runs already",
                    manifest.version()))
        .or(
            () ->
                when(
                    manifest.version().compareTo(installed.version()) < 0,
                    Reason.ROLLBACK,
                    "%s is lower than %s, which runs",
                    manifest.version(),
                    installed.version()))
        .or(
            () ->
                manifest
                    .from()
                    .filter(lowest -> installed.version().compareTo(lowest) < 0)
                    .map(
                        lowest ->
                            Refusal.of(
                                Reason.PRECONDITION,
                                "one goes to %s from %s or higher; %s runs",
                                manifest.version(),
                                lowest,
                                installed.version())))
        .or(() -> needs(manifest));
  }

  private Optional<Refusal> needs(Manifest manifest) {
    return manifest.needs().entrySet().stream()
        .filter(need -> !has(need))
        .findFirst()
        .map(
            need ->
                Refusal.of(
                    Reason.PRECONDITION,
                    "it needs %s %s or higher; this has %s",
                    need.getKey(),
                    need.getValue(),
                    Optional.ofNullable(installed.parts().get(need.getKey()))
                        .map(FirmwareVersion::toString)
                        .orElse("none")));
  }

  private boolean has(Map.Entry<String, FirmwareVersion> need) {
    FirmwareVersion there = installed.parts().get(need.getKey());
    return there != null && there.compareTo(need.getValue()) >= 0;
  }

  private static Optional<Refusal> when(
      boolean holds, Reason reason, String text, Object... arguments) {
    return holds ? Optional.of(Refusal.of(reason, text, arguments)) : Optional.empty();
  }
}
