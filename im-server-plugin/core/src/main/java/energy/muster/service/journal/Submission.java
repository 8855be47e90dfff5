// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.command.Command;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import java.time.Instant;

/**
 * A command as it was taken.
 *
 * @param command what it says; {@code Command.read(command.write())} gives it back
 * @param digest of the bytes that were signed
 */
public record Submission(Command command, Digest digest, Sealed sealed, Instant acceptedAt) {
  public DocumentId id() {
    return command.id();
  }

  public BareJid issuer() {
    return command.header().issuer();
  }
}
