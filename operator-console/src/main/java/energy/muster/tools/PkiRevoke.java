// SPDX-License-Identifier: Apache-2.0
package energy.muster.tools;

import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.pki.PkiFolder;
import energy.muster.pki.Revocation;
import energy.muster.pki.RevocationReason;
import energy.muster.seal.Crl;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "revoke",
    description = "Revoke an account's certificates, or one, and publish the list.")
final class PkiRevoke implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec private CommandSpec spec;
  @Mixin private AuthorityOptions options;

  @Parameters(
      paramLabel = "JID|SERIAL",
      description = "An account (all its certificates) or one serial in hexadecimal.")
  private String what;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      defaultValue = "unspecified",
      description =
          "key-compromise, affiliation-changed, superseded, cessation-of-operation,"
              + " privilege-withdrawn or ${DEFAULT-VALUE}.")
  private String reason;

  PkiRevoke(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    RevocationReason because =
        RevocationReason.ofWire(reason).orElseThrow(() -> unknownReason(reason));
    boolean account = what.indexOf('@') >= 0;
    if (!account && !what.matches("[0-9a-fA-F]{1,40}")) {
      throw new ParameterException(
          spec.commandLine(), "'" + what + "' is neither an account nor a serial");
    }
    PkiFolder pki = options.open(surroundings);
    List<Revocation> revoked =
        account
            ? pki.revoke(BareJid.parse(what), because)
            : pki.revoke(new BigInteger(what, 16), because);
    Crl crl = Crl.parse(Files.readAllBytes(pki.crlFile()));
    for (Revocation revocation : revoked) {
      String serial = revocation.serial().toString(16);
      options.print(
          surroundings,
          Json.object()
              .put("revoked", serial)
              .put("at", revocation.at().toString())
              .put("reason", because.wire())
              .put("crlNumber", crl.number()),
          "revoked " + serial + " (" + because + "), on list number " + crl.number());
    }
    return 0;
  }

  private ParameterException unknownReason(String name) {
    List<String> known =
        Arrays.stream(RevocationReason.values()).map(RevocationReason::wire).toList();
    return new ParameterException(
        spec.commandLine(),
        "there is no reason '" + name + "'; reasons are " + String.join(", ", known));
  }
}
