// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.firmware.CampaignAct;
import energy.muster.firmware.FirmwareReport;
import energy.muster.firmware.Manifest;
import energy.muster.firmware.Releases;
import energy.muster.identity.BareJid;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a service that starts must know of firmware.
 *
 * @param manifests all that were brought and are kept
 * @param releases the last lists that were taken, oldest first
 * @param scans what the scanner said of images
 * @param reports the newest of each device, and those that belong to upgrades that go on, oldest
 *     first
 * @param acts on upgrades that go on, oldest first
 */
public record FirmwareRecord(
    List<FiledManifest> manifests,
    List<FiledReleases> releases,
    List<Scan> scans,
    List<Reported> reports,
    List<Acted> acts) {
  public static final FirmwareRecord NONE =
      new FirmwareRecord(List.of(), List.of(), List.of(), List.of(), List.of());

  public FirmwareRecord {
    manifests = List.copyOf(manifests);
    releases = List.copyOf(releases);
    scans = List.copyOf(scans);
    reports = List.copyOf(reports);
    acts = List.copyOf(acts);
  }

  /**
   * A manifest as its builder signed it.
   *
   * @param digest of the signed content
   */
  public record FiledManifest(Digest digest, Manifest manifest, Sealed sealed, Instant at) {
    public FiledManifest {
      Objects.requireNonNull(digest);
      Objects.requireNonNull(manifest);
      Objects.requireNonNull(sealed);
      Objects.requireNonNull(at);
    }
  }

  /** A list of releases as its releaser signed it. */
  public record FiledReleases(Releases releases, Sealed sealed, Instant at) {
    public FiledReleases {
      Objects.requireNonNull(releases);
      Objects.requireNonNull(sealed);
      Objects.requireNonNull(at);
    }
  }

  /**
   * What the scanner said of an image.
   *
   * @param note for people: what was found, or why it was not scanned
   */
  public record Scan(Digest image, Result result, String note, Instant at) {
    /** In short. */
    public enum Result {
      CLEAN,
      FOUND,
      NOT_SCANNED
    }

    public Scan {
      Objects.requireNonNull(image);
      Objects.requireNonNull(result);
      Objects.requireNonNull(note);
      Objects.requireNonNull(at);
    }
  }

  /**
   * What a device said that it runs.
   *
   * @param bootBefore its boot counter by the last report before it came to this; empty where it
   *     had not reported before
   */
  public record Reported(
      FirmwareReport report, OptionalLong bootBefore, Sealed sealed, Instant at) {
    public Reported {
      Objects.requireNonNull(report);
      Objects.requireNonNull(bootBefore);
      Objects.requireNonNull(sealed);
      Objects.requireNonNull(at);
    }

    public BareJid device() {
      return report.header().issuer();
    }
  }

  /** What a person decided of an upgrade. */
  public record Acted(CampaignAct act, Sealed sealed, Instant at) {
    public Acted {
      Objects.requireNonNull(act);
      Objects.requireNonNull(sealed);
      Objects.requireNonNull(at);
    }
  }
}
