// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import java.util.Locale;

/** What a site has decided about the scanner of images. */
public enum ScannerPolicy {
  /** Nothing is handed out that was not scanned and found clean. */
  REQUIRED,
  /** Where there is no scanner, what is handed out is shown as not scanned. */
  OPTIONAL,
  /** Nothing is scanned, which is shown. */
  OFF;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
