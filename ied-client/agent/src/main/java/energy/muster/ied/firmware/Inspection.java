// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import energy.muster.firmware.ImageScan;
import energy.muster.firmware.UpdateState;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.scan.Scanner;
import energy.muster.scan.Scanner.Verdict;
import energy.muster.scan.ScannerPolicy;
import java.nio.file.Path;
import java.time.Duration;

/** Has an image looked through before it is installed. Used by an update's own thread. */
public final class Inspection {
  private static final int LOOKS = 5;
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final ScannerPolicy policy;
  private final Scanner scanner;

  public Inspection(ScannerPolicy policy, Scanner scanner) {
    this.policy = policy;
    this.scanner = scanner;
  }

  /**
   * What is told of an image that may be installed. A scanner that is not there may just be
   * starting again, and is asked a few times, over a minute or so.
   */
  ImageScan look(Path image, Control control) throws Control.Stopped, Broken {
    if (policy == ScannerPolicy.OFF) {
      return ImageScan.OFF;
    }
    Verdict verdict = scanner.scan(Scanner.Content.of(image));
    Duration rest = AGAIN;
    for (int look = 1; look < LOOKS && verdict instanceof Verdict.Unavailable; look++) {
      control.rest(rest);
      rest = rest.multipliedBy(2);
      verdict = scanner.scan(Scanner.Content.of(image));
    }
    control.check();
    if (verdict instanceof Verdict.Found found) {
      throw refused("found " + found.what());
    }
    if (verdict instanceof Verdict.Unavailable absent) {
      if (policy == ScannerPolicy.REQUIRED) {
        throw refused("not scanned, which this device asks for: " + absent.why());
      }
      return ImageScan.absent(absent.why());
    }
    return ImageScan.CLEAN;
  }

  private static Broken refused(String why) {
    return Broken.declined(
        UpdateState.INSTALL_VERIFICATION_FAILED,
        new Refusal(Reason.CONTENT_REFUSED, "the image is not installed: " + why));
  }
}
