// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.gate;

import energy.muster.command.Command;
import energy.muster.command.Leaf;
import energy.muster.command.Verb;
import energy.muster.identity.Certified;
import energy.muster.seal.Digest;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import java.util.Objects;

/**
 * A genuine command that is addressed to this device; whether it is carried out is another
 * question.
 */
public record Admission(
    Command command, Certified issuer, Opened opened, Sealed sealed, Leaf leaf) {
  public Admission {
    Objects.requireNonNull(command);
    Objects.requireNonNull(issuer);
    Objects.requireNonNull(opened);
    Objects.requireNonNull(sealed);
    Objects.requireNonNull(leaf);
  }

  public CommandKey key() {
    return new CommandKey(issuer.jid(), command.id());
  }

  public Digest digest() {
    return opened.digest();
  }

  public Verb verb() {
    return command.verb();
  }
}
