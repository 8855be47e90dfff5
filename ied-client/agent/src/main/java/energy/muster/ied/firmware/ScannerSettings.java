// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import energy.muster.json.Fields;
import energy.muster.scan.Clamd;
import energy.muster.scan.Scanner;
import energy.muster.scan.ScannerPolicy;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Who looks through an image before a device installs it.
 *
 * @param policy what follows where nobody does
 * @param clamd where the ClamAV daemon listens
 * @param within how long one image may take
 * @param most how large an image the daemon takes, in bytes
 */
public record ScannerSettings(
    ScannerPolicy policy, Optional<SocketAddress> clamd, Duration within, long most) {
  public static final ScannerSettings OFF =
      new ScannerSettings(ScannerPolicy.OFF, Optional.empty(), Clamd.USUAL, Clamd.MOST);

  private static final long MEBIBYTE = 1024L * 1024;
  private static final long MOST_SECONDS = 3_600;
  private static final long MOST_MEBIBYTES = 4_096;

  public ScannerSettings {
    Objects.requireNonNull(policy);
    Objects.requireNonNull(clamd);
    Objects.requireNonNull(within);
  }

  /** Reads the section {@code scanner} of a device's {@code firmware}. */
  static ScannerSettings read(Fields fields) {
    return new ScannerSettings(
        fields.oneOf("policy", ScannerPolicy::ofWire),
        fields.optionalValue("clamd", Clamd::address),
        Duration.ofSeconds(whole(fields, "seconds", Clamd.USUAL.toSeconds(), MOST_SECONDS)),
        whole(fields, "mebibytes", Clamd.MOST / MEBIBYTE, MOST_MEBIBYTES) * MEBIBYTE);
  }

  private static long whole(Fields fields, String name, long otherwise, long most) {
    long value = fields.optionalInteger(name).orElse(otherwise);
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(name + " is 1 to " + most);
    }
    return value;
  }

  /** Nobody, where it is not said where one is. */
  public Scanner scanner() {
    return clamd.isPresent() ? new Clamd(clamd.get(), within, most) : Scanner.NONE;
  }
}
