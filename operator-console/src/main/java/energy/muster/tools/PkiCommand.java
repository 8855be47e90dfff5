// SPDX-License-Identifier: Apache-2.0
package energy.muster.tools;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of commands on an authority. */
@Command(
    name = "pki",
    description = "A certificate authority and its identities.",
    footer = {
      "",
      "MUSTER_CA_PASSPHRASE  the passphrase of the authority's key; without it, one",
      "                      is made and kept beside the key, for development only",
      "MUSTER_PASSPHRASE     the passphrase of an identity's key file"
    })
final class PkiCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: init, issue, revoke, crl or show");
  }
}
