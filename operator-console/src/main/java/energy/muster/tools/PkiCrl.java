// SPDX-License-Identifier: Apache-2.0
package energy.muster.tools;

import energy.muster.json.Json;
import energy.muster.pki.PkiFolder;
import energy.muster.seal.Crl;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "crl", description = "Publish a new revocation list with the next number.")
final class PkiCrl implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec private CommandSpec spec;
  @Mixin private AuthorityOptions options;

  @Option(
      names = "--hours",
      paramLabel = "N",
      defaultValue = "24",
      description = "Until the next update; 1 to 24 (${DEFAULT-VALUE}).")
  private int hours;

  PkiCrl(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    if (hours < 1 || hours > Crl.MAX_LIFE.toHours()) {
      throw new ParameterException(spec.commandLine(), "--hours is 1 to " + Crl.MAX_LIFE.toHours());
    }
    PkiFolder pki = options.open(surroundings);
    Crl crl = pki.publishCrl(Duration.ofHours(hours));
    options.print(
        surroundings,
        Json.object()
            .put("number", crl.number())
            .put("thisUpdate", crl.thisUpdate().toString())
            .put("nextUpdate", crl.staleAfter().toString())
            .put("revoked", crl.revoked().size())
            .put("file", pki.crlFile().toString()),
        "revocation list number "
            + crl.number()
            + ", "
            + crl.revoked().size()
            + " revoked, next update by "
            + crl.staleAfter()
            + "\n  "
            + pki.crlFile());
    return 0;
  }
}
