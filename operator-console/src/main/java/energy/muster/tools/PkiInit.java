// SPDX-License-Identifier: Apache-2.0
package energy.muster.tools;

import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.pki.CaPassphrase;
import energy.muster.pki.PkiFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "init", description = "Make a site's authority and its first revocation list.")
final class PkiInit implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private AuthorityOptions options;

  @Option(names = "--site", paramLabel = "NAME", required = true, description = "The site's name.")
  private String site;

  @Option(
      names = "--domain",
      paramLabel = "DOMAIN",
      required = true,
      description = "The XMPP domain of its accounts.")
  private String domain;

  PkiInit(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Path folder = options.folder();
    if (PkiFolder.exists(folder)) {
      throw new IOException(folder + " already holds an authority; it is never overwritten");
    }
    // Read now, so that a wrong name leaves nothing behind.
    String checked = new BareJid("x", domain).domain();
    Optional<char[]> given = surroundings.authorityPassphrase();
    char[] passphrase = given.isPresent() ? given.get() : CaPassphrase.keep(folder);
    PkiFolder made = PkiFolder.init(folder, site, checked, passphrase, surroundings.clock());
    String words =
        "authority of site "
            + site
            + " for accounts at "
            + made.domain()
            + "\n"
            + "  certificate "
            + made.authorityFile()
            + "\n"
            + "  revocation list "
            + made.crlFile()
            + (given.isPresent()
                ? ""
                : "\n  FOR DEVELOPMENT: the key's passphrase is kept beside it in "
                    + folder.resolve("ca.pass"));
    options.print(
        surroundings,
        Json.object()
            .put("site", site)
            .put("domain", made.domain())
            .put("certificate", made.authorityFile().toString())
            .put("crl", made.crlFile().toString())
            .put("passphraseKept", given.isEmpty()),
        words);
    return 0;
  }
}
