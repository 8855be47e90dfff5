// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import energy.muster.firmware.FirmwarePolicy;
import energy.muster.firmware.Image;
import java.util.List;
import java.util.Objects;

/**
 * What a site has decided about firmware.
 *
 * @param policy how many must have signed, as its devices have it
 * @param scanner whether images are scanned
 * @param twoPersons whether an upgrade waits until a second person has signed it
 * @param groups devices that stand in for each other
 * @param images how many images are kept at most
 * @param bytes how large they may be together
 */
public record FirmwareRules(
    FirmwarePolicy policy,
    ScannerPolicy scanner,
    boolean twoPersons,
    List<RedundancyGroup> groups,
    int images,
    long bytes) {
  private static final int USUAL_IMAGES = 100;
  private static final long USUAL_BYTES = 8 * Image.LARGEST;

  public FirmwareRules {
    Objects.requireNonNull(policy);
    Objects.requireNonNull(scanner);
    groups = List.copyOf(groups);
    if (images < 1 || bytes < 1) {
      throw new IllegalArgumentException("room for one image at least");
    }
  }

  public static FirmwareRules defaults() {
    return new FirmwareRules(
        FirmwarePolicy.ONE_EACH,
        ScannerPolicy.OPTIONAL,
        false,
        List.of(),
        USUAL_IMAGES,
        USUAL_BYTES);
  }
}
