// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.gate;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import java.util.Objects;

/** What makes a command the same command; with its digest, what makes it a replay. */
public record CommandKey(BareJid issuer, DocumentId id) {
  public CommandKey {
    Objects.requireNonNull(issuer);
    Objects.requireNonNull(id);
  }

  @Override
  public String toString() {
    return id + " of " + issuer;
  }
}
