// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

/**
 * How many persons must have signed before a device takes a firmware. Nobody counts for both.
 *
 * @param builders of a manifest, 1 to 8
 * @param releasers of a list of releases, 1 to 8
 */
public record FirmwarePolicy(int builders, int releasers) {
  public static final FirmwarePolicy ONE_EACH = new FirmwarePolicy(1, 1);
  private static final int MOST = 8;

  public FirmwarePolicy {
    if (builders < 1 || builders > MOST || releasers < 1 || releasers > MOST) {
      throw new IllegalArgumentException("1 to " + MOST + " builders and as many releasers");
    }
  }
}
