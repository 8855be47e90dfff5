// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether a device takes part in the network, and if not, how it came to be away. */
public enum Attendance {
  THERE,
  /** Gone without a reason. */
  FAULT,
  /** It took leave with a reason, but did not say until when. */
  GOODBYE,
  /** It took leave until a time that it named, or while in maintenance. */
  PLANNED;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Attendance> ofWire(String wire) {
    return Arrays.stream(values()).filter(each -> each.wire().equals(wire)).findFirst();
  }
}
