// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import energy.muster.firmware.FirmwarePolicy;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.firmware.Hardware;
import energy.muster.firmware.Image;
import energy.muster.firmware.Manifest;
import energy.muster.firmware.Release;
import energy.muster.firmware.Releases;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Opened;
import energy.muster.service.journal.FirmwareRecord;
import energy.muster.service.journal.FirmwareRecord.FiledManifest;
import energy.muster.service.journal.FirmwareRecord.FiledReleases;
import energy.muster.service.session.CurrentTrust;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The manifests and the lists of releases that were taken, by the rules by which devices take them.
 * Only for use at the desk.
 */
final class ReleaseBook {
  private final Map<Digest, FiledManifest> manifests = new LinkedHashMap<>();
  private final List<FiledReleases> lists = new ArrayList<>();
  private final FirmwareRules rules;
  private final CurrentTrust trust;

  ReleaseBook(FirmwareRules rules, CurrentTrust trust) {
    this.rules = rules;
    this.trust = trust;
  }

  void recover(FirmwareRecord known) {
    known.manifests().forEach(this::add);
    lists.addAll(known.releases());
  }

  void add(FiledManifest manifest) {
    manifests.put(manifest.digest(), manifest);
  }

  void remove(FiledManifest manifest) {
    manifests.remove(manifest.digest());
  }

  void add(FiledReleases list) {
    lists.add(list);
  }

  Optional<FiledManifest> manifest(Digest digest) {
    return Optional.ofNullable(manifests.get(digest));
  }

  Collection<FiledManifest> manifests() {
    return manifests.values();
  }

  /** The list that counts: the last that is still believed, whether or not its time is over. */
  Optional<FiledReleases> newest(Instant now) {
    for (int i = lists.size() - 1; i >= 0; i--) {
      if (believed(lists.get(i), now)) {
        return Optional.of(lists.get(i));
      }
    }
    return Optional.empty();
  }

  /** A key that was revoked does not count up the lists of those who come after it. */
  private boolean believed(FiledReleases list, Instant now) {
    try {
      trust.get().open(list.sealed(), now);
      return true;
    } catch (Refused no) {
      return false;
    }
  }

  /** Refuses a manifest that no device would take, and one for which there is no room. */
  void check(Manifest manifest, Opened opened, Instant now) {
    Set<BareJid> builders = holders(opened, Role.FIRMWARE_BUILDER);
    if (builders.size() < rules.policy().builders()) {
      throw no(
          Reason.NOT_AUTHORISED,
          "the manifest has %d of %d signatures of a firmware-builder",
          builders.size(),
          rules.policy().builders());
    }
    if (!now.isBefore(manifest.expires())) {
      throw no(Reason.STALE, "it was to be installed before %s", manifest.expires());
    }
    for (FiledManifest other : manifests.values()) {
      if (other.manifest().product().equals(manifest.product())
          && other.manifest().version().equals(manifest.version())
          && !other.manifest().image().equals(manifest.image())
          && shares(other.manifest(), manifest)) {
        throw no(
            Reason.ID_CONFLICT,
            "there is another image of %s %s for this hardware",
            manifest.product(),
            manifest.version());
      }
    }
    room(manifest.image());
  }

  private static boolean shares(Manifest one, Manifest other) {
    return one.vendor().equals(other.vendor())
        && one.models().stream().anyMatch(other.models()::contains);
  }

  private void room(Image image) {
    Map<Digest, Image> images = new LinkedHashMap<>();
    manifests
        .values()
        .forEach(each -> images.put(each.manifest().image().digest(), each.manifest().image()));
    if (images.containsKey(image.digest())) {
      return;
    }
    long bytes = images.values().stream().mapToLong(Image::size).sum() + image.size();
    if (images.size() >= rules.images() || bytes > rules.bytes()) {
      throw no(
          Reason.NO_SPACE,
          "the service keeps at most %d images of %d MiB together; older ones go when they expire",
          rules.images(),
          rules.bytes() / (1024 * 1024));
    }
  }

  /** Refuses a list of releases that no device would take, or that names what is not there. */
  void check(Releases releases, Opened opened, Instant now) {
    Set<BareJid> releasers = holders(opened, Role.FIRMWARE_RELEASER);
    FirmwarePolicy policy = rules.policy();
    if (releasers.size() < policy.releasers()) {
      throw no(
          Reason.NOT_AUTHORISED,
          "the list has %d of %d signatures of a firmware-releaser",
          releasers.size(),
          policy.releasers());
    }
    if (!now.isBefore(releases.expires())) {
      throw no(Reason.STALE, "the list of releases ended at %s", releases.expires());
    }
    long known = newest(now).map(list -> list.releases().number()).orElse(0L);
    if (releases.number() <= known) {
      throw no(
          Reason.ROLLBACK,
          "list of releases %d after %d: a higher number is needed",
          releases.number(),
          known);
    }
    releases.releases().forEach(each -> check(each, releasers, now));
  }

  private void check(Release release, Set<BareJid> releasers, Instant now) {
    FiledManifest filed =
        manifest(release.manifest())
            .orElseThrow(
                () ->
                    no(
                        Reason.PRECONDITION,
                        "the manifest of %s %s was not brought yet",
                        release.product(),
                        release.version()));
    if (!filed.manifest().product().equals(release.product())
        || !filed.manifest().version().equals(release.version())) {
      throw no(
          Reason.INVALID_ARGUMENT,
          "the manifest is of %s %s, not of %s %s",
          filed.manifest().product(),
          filed.manifest().version(),
          release.product(),
          release.version());
    }
    Opened built = trust.get().open(filed.sealed(), now);
    for (BareJid builder : holders(built, Role.FIRMWARE_BUILDER)) {
      if (releasers.contains(builder)) {
        throw no(
            Reason.NOT_AUTHORISED,
            "%s has built and released it, which takes two persons",
            builder);
      }
    }
  }

  private static Set<BareJid> holders(Opened opened, Role role) {
    return opened.signers().stream()
        .filter(signer -> signer.holds(role))
        .map(Certified::jid)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether it stands in the list that counts. */
  boolean released(Digest manifest, Instant now) {
    return newest(now).filter(list -> list.releases().lists(manifest)).isPresent();
  }

  /** What is released for this product on this hardware, the highest version first. */
  List<FiledManifest> released(String product, Hardware hardware, Instant now) {
    return newest(now).stream()
        .flatMap(list -> list.releases().releases().stream())
        .filter(release -> release.product().equals(product))
        .flatMap(release -> manifest(release.manifest()).stream())
        .filter(filed -> filed.manifest().fits(hardware))
        .sorted(
            Comparator.comparing(
                (FiledManifest filed) -> filed.manifest().version(),
                Comparator.<FirmwareVersion>reverseOrder()))
        .toList();
  }

  /**
   * Those that no list names and that nobody may take any more: their time is over, or the key that
   * signed them was revoked, whose thief must not keep the room and the versions of others.
   */
  List<FiledManifest> outdated(Instant now) {
    return manifests.values().stream()
        .filter(each -> !now.isBefore(each.manifest().expires()) || revoked(each, now))
        .filter(each -> !released(each.digest(), now))
        .toList();
  }

  private boolean revoked(FiledManifest filed, Instant now) {
    return untrusted(filed, now).filter(no -> no.reason() == Reason.REVOKED).isPresent();
  }

  private Optional<Refusal> untrusted(FiledManifest filed, Instant now) {
    try {
      trust.get().open(filed.sealed(), now);
      return Optional.empty();
    } catch (Refused no) {
      return Optional.of(no.refusal());
    }
  }

  /** Why no device would take it now, although it stands in the list that counts. */
  Optional<Refusal> against(FiledManifest filed, Instant now) {
    Optional<Refusal> ended =
        newest(now)
            .map(FiledReleases::releases)
            .filter(list -> !now.isBefore(list.expires()))
            .map(
                list ->
                    Refusal.of(
                        Reason.STALE,
                        "list of releases %d ended at %s: a firmware-releaser renews it",
                        list.number(),
                        list.expires()));
    if (ended.isPresent()) {
      return ended;
    }
    return now.isBefore(filed.manifest().expires())
        ? untrusted(filed, now)
        : Optional.of(
            Refusal.of(
                Reason.STALE, "it was to be installed before %s", filed.manifest().expires()));
  }

  /** Whether another manifest needs this image. */
  boolean needs(Digest image) {
    Set<Digest> needed = new HashSet<>();
    manifests.values().forEach(each -> needed.add(each.manifest().image().digest()));
    return needed.contains(image);
  }

  private static Refused no(Reason reason, String format, Object... values) {
    return new Refused(Refusal.of(reason, format, values));
  }
}
