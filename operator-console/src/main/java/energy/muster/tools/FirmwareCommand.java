// SPDX-License-Identifier: Apache-2.0
package energy.muster.tools;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of commands that make and check what lets devices take a firmware. */
@Command(
    name = "firmware",
    description = {
      "What a firmware is, signed by whoever built it, and which ones count, signed by",
      "whoever releases them. Nobody does both: devices refuse it."
    },
    footer = {
      "",
      "A firmware-builder makes a manifest of an image; a firmware-releaser makes the next",
      "list of releases with it. Both are published from a console: publish firmware IMAGE",
      "with MANIFEST, publish releases FILE. Then: upgrade relays to 2.4.1.",
      "",
      "MUSTER_PASSPHRASE     the passphrase of the key file that signs"
    })
final class FirmwareCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: manifest, release, cosign, show or verify");
  }
}
