// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import energy.muster.firmware.FirmwarePolicy;
import energy.muster.firmware.Image;
import energy.muster.firmware.Rollout;
import energy.muster.scan.ScannerPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What a site has decided about firmware.
 *
 * @param policy how many must have signed, as its devices have it
 * @param scanner whether images are scanned
 * @param twoPersons whether an upgrade waits until a second person has signed it
 * @param groups devices that stand in for each other
 * @param branchAway how many switching devices of a branch may be without service at a time; 0
 *     where branches are not watched
 * @param patience how long a wave waits for a device that cannot begin, where the upgrade does not
 *     say; {@link Rollout#NOBODY} where it waits for all
 * @param images how many images are kept at most
 * @param bytes how large they may be together
 */
public record FirmwareRules(
    FirmwarePolicy policy,
    ScannerPolicy scanner,
    boolean twoPersons,
    List<RedundancyGroup> groups,
    int branchAway,
    Duration patience,
    int images,
    long bytes) {
  private static final Duration USUAL_PATIENCE = Duration.ofMinutes(10);
  private static final int USUAL_IMAGES = 100;
  private static final long USUAL_BYTES = 8 * Image.LARGEST;

  public FirmwareRules {
    Objects.requireNonNull(policy);
    Objects.requireNonNull(scanner);
    groups = List.copyOf(groups);
    if (branchAway < 0) {
      throw new IllegalArgumentException("one of a branch at least, or off");
    }
    if (patience.toSeconds() < 1) {
      throw new IllegalArgumentException("a wave waits for 1 s at least");
    }
    if (images < 1 || bytes < 1) {
      throw new IllegalArgumentException("room for one image at least");
    }
  }

  /** What counts where a site has decided nothing. */
  public static FirmwareRules defaults() {
    return new FirmwareRules(
        FirmwarePolicy.ONE_EACH,
        ScannerPolicy.OPTIONAL,
        false,
        List.of(),
        1,
        USUAL_PATIENCE,
        USUAL_IMAGES,
        USUAL_BYTES);
  }
}
