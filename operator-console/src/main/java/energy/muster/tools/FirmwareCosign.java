// SPDX-License-Identifier: Apache-2.0
package energy.muster.tools;

import energy.muster.document.DocumentType;
import energy.muster.identity.Role;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "cosign",
    description = {
      "Add a second person's signature to a manifest (a firmware-builder's) or a list of",
      "releases (a firmware-releaser's), where the site asks for two."
    })
final class FirmwareCosign implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private AuthorityOptions options;
  @Mixin private SignerOptions signing;
  @Mixin private TrustOptions trusted;

  @Parameters(paramLabel = "FILE", description = "The signed manifest or list.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where it goes with both signatures; in place of FILE unless said.")
  private Path out;

  FirmwareCosign(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    FirmwareFile read = FirmwareFile.read(file);
    Role role =
        read.is(DocumentType.FIRMWARE_RELEASES) ? Role.FIRMWARE_RELEASER : Role.FIRMWARE_BUILDER;
    // Read to the end before anybody signs it.
    String words = read.words();
    SigningIdentity signer = signing.signer(surroundings, options, role);
    Instant now = surroundings.clock().instant();
    Opened opened = trusted.trust(options).open(read.sealed(), now);
    if (opened.signer(signer.certified().jid()).isPresent()) {
      throw new Refused(
          Reason.ALREADY_THERE,
          signer.certified().jid() + " has signed it already; the second must be somebody else");
    }
    Path target = out == null ? file : out;
    SignerOptions.write(target, Sealer.cosign(read.sealed(), now, signer));
    options.print(
        surroundings,
        FirmwareFile.read(target).json().put("signer", signer.certified().jid().toString()),
        words + "\n  also signed by " + signer.certified().jid() + "\n  " + target);
    return 0;
  }
}
