// SPDX-License-Identifier: Apache-2.0
package energy.muster.pki;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The passphrase of an authority's key, kept in {@code ca.pass} beside the key itself. That is for
 * development: whoever reads the folder may issue.
 */
public final class CaPassphrase {
  private static final int RANDOM_BYTES = 24;

  private CaPassphrase() {}

  /** Whether the folder keeps its passphrase. */
  public static boolean isKept(Path folder) {
    return Files.exists(file(folder));
  }

  public static char[] read(Path folder) throws IOException {
    return Files.readString(file(folder), UTF_8).strip().toCharArray();
  }

  /** Makes a random passphrase and keeps it; one that is kept already stays. */
  public static char[] keep(Path folder) throws IOException {
    if (!isKept(folder)) {
      byte[] random = new byte[RANDOM_BYTES];
      new SecureRandom().nextBytes(random);
      AtomicFile.directory(folder);
      AtomicFile.secret(
          file(folder), Pem.bytes(Base64.getUrlEncoder().encodeToString(random) + "\n"));
    }
    return read(folder);
  }

  private static Path file(Path folder) {
    return folder.resolve("ca.pass");
  }
}
