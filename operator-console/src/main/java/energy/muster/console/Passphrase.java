// SPDX-License-Identifier: Apache-2.0
package energy.muster.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the passphrase of a key comes from: a file, the environment, or the person. */
final class Passphrase {
  static final String VARIABLE = "MUSTER_PASSPHRASE";

  private Passphrase() {}

  static char[] of(Path identity, Optional<Path> file, Ask ask) throws IOException {
    if (file.isPresent()) {
      return Files.readString(file.get()).strip().toCharArray();
    }
    String set = System.getenv(VARIABLE);
    if (set != null) {
      return set.toCharArray();
    }
    return ask.forPassphraseOf(identity.getFileName())
        .orElseThrow(() -> new IOException("no passphrase for " + identity + ": set " + VARIABLE));
  }

  /** Asks a person without showing what is typed; empty when there is none to ask. */
  interface Ask {
    Optional<char[]> forPassphraseOf(Path identity) throws IOException;
  }
}
