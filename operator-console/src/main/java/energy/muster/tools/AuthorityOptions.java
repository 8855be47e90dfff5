// SPDX-License-Identifier: Apache-2.0
package energy.muster.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Json;
import energy.muster.pki.CaPassphrase;
import energy.muster.pki.PkiFolder;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that every command on an authority has. */
final class AuthorityOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "muster-data",
      description = "Where all state lies; the authority is in DIR/pki (${DEFAULT-VALUE}).")
  private Path data;

  @Option(names = "--json", description = "Print one JSON object a line.")
  private boolean json;

  Path folder() {
    return data.resolve("pki");
  }

  PkiFolder open(Surroundings surroundings) throws IOException {
    Path folder = folder();
    if (!PkiFolder.exists(folder)) {
      throw new IOException(
          "there is no authority in " + folder + "; make one with: muster pki init");
    }
    if (surroundings.authorityPassphrase().isEmpty() && !CaPassphrase.isKept(folder)) {
      throw new IOException("set MUSTER_CA_PASSPHRASE to the passphrase of the authority's key");
    }
    char[] passphrase =
        surroundings.authorityPassphrase().isPresent()
            ? surroundings.authorityPassphrase().get()
            : CaPassphrase.read(folder);
    return PkiFolder.open(folder, passphrase, surroundings.clock());
  }

  boolean json() {
    return json;
  }

  /** Prints the object where {@code --json} was given, else the words. */
  void print(Surroundings surroundings, ObjectNode object, String words) {
    surroundings.out().println(json ? Json.text(object) : words);
  }
}
