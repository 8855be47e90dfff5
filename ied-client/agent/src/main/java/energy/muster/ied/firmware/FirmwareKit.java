// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What a device needs to be upgraded.
 *
 * @param trust by which https servers are known; empty for what the Java platform trusts
 * @param restart starts the device again, with a reason for people
 */
public record FirmwareKit(
    FirmwareSettings settings,
    Disk disk,
    Program program,
    Optional<SSLContext> trust,
    Restart restart) {
  /** Starts a device again: its process, or within its gateway. */
  @FunctionalInterface
  public interface Restart {
    void restart(String reason);
  }

  public FirmwareKit {
    Objects.requireNonNull(settings);
    Objects.requireNonNull(disk);
    Objects.requireNonNull(program);
    Objects.requireNonNull(trust);
    Objects.requireNonNull(restart);
  }
}
