// SPDX-License-Identifier: Apache-2.0
package energy.muster.scan;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What has been decided about the scanner of images. */
public enum ScannerPolicy {
  /** Nothing goes on that was not scanned and found clean. */
  REQUIRED,
  /** Where there is no scanner it goes on, and is shown as not scanned. */
  OPTIONAL,
  /** Nothing is scanned, which is shown. */
  OFF;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ScannerPolicy> ofWire(String wire) {
    return Arrays.stream(values()).filter(each -> each.wire().equals(wire)).findFirst();
  }
}
