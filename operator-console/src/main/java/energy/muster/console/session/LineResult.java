// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.refusal.Reason;
import java.util.Map;
import java.util.Optional;

/** How a line ended. */
public sealed interface LineResult {
  /** Whether what the line asked for has happened. */
  boolean ok();

  /** A line that sends nothing to a device. */
  record Done(boolean ok) implements LineResult {}

  /** An order, with where each device stands; good when all have executed it. */
  record Given(DocumentId order, Map<BareJid, Standing> standings) implements LineResult {
    @Override
    public boolean ok() {
      return all(DeliveryState.EXECUTED, Optional.empty());
    }

    boolean all(DeliveryState state, Optional<Reason> reason) {
      return !standings.isEmpty()
          && standings.values().stream()
              .allMatch(
                  standing ->
                      standing.state() == state
                          && (reason.isEmpty() || reason.equals(standing.reason())));
    }
  }

  /** A line that was not understood. */
  record Mistake() implements LineResult {
    @Override
    public boolean ok() {
      return false;
    }
  }

  /** The last line. */
  record Left() implements LineResult {
    @Override
    public boolean ok() {
      return true;
    }
  }
}
