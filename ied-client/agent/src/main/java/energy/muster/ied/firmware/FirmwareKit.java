// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import energy.muster.link.ServerFiles;
import energy.muster.scan.Scanner;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What a device needs to be upgraded.
 *
 * @param trust by which other https servers are known; empty for what the Java platform trusts
 * @param door to the HTTPS of the server that the session is with
 * @param restart starts the device again, with a reason for people
 */
public record FirmwareKit(
    FirmwareSettings settings,
    Disk disk,
    Scanner scanner,
    Program program,
    Optional<SSLContext> trust,
    Door door,
    Restart restart) {
  /** The HTTPS of the server that the session is with. */
  @FunctionalInterface
  public interface Door {
    ServerFiles open() throws IOException;
  }

  /** Starts a device again: its process, or within its gateway. */
  @FunctionalInterface
  public interface Restart {
    void restart(String reason);
  }

  public FirmwareKit {
    Objects.requireNonNull(settings);
    Objects.requireNonNull(disk);
    Objects.requireNonNull(scanner);
    Objects.requireNonNull(program);
    Objects.requireNonNull(trust);
    Objects.requireNonNull(door);
    Objects.requireNonNull(restart);
  }
}
