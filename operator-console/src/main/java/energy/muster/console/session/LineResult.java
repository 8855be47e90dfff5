// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.command.Goal;
import energy.muster.command.Power;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.refusal.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How a line ended. */
public sealed interface LineResult {
  /** Whether what the line asked for has happened. */
  boolean ok();

  /** A line that sends nothing to a device. */
  record Done(boolean ok) implements LineResult {}

  /**
   * An order, with where each device stood when the line ended.
   *
   * @param asked the states of a device with which what the line asked for has happened
   */
  record Given(DocumentId order, Map<BareJid, Standing> standings, Set<DeliveryState> asked)
      implements LineResult {
    public Given {
      asked = Set.copyOf(asked);
    }

    /** Good when all have executed it. */
    static Given executed(DocumentId order, Map<BareJid, Standing> standings) {
      return new Given(order, standings, Set.of(DeliveryState.EXECUTED));
    }

    @Override
    public boolean ok() {
      return !standings.isEmpty()
          && standings.values().stream().allMatch(standing -> asked.contains(standing.state()));
    }

    static boolean all(
        Map<BareJid, Standing> standings, DeliveryState state, Optional<Reason> reason) {
      return !standings.isEmpty()
          && standings.values().stream()
              .allMatch(
                  standing ->
                      standing.state() == state
                          && (reason.isEmpty() || reason.equals(standing.reason())));
    }
  }

  /**
   * A goal that was pursued.
   *
   * @param shed what devices have signed, by what was verified here
   */
  record Pursued(DocumentId order, Goal goal, Power shed, Taken taken) implements LineResult {
    @Override
    public boolean ok() {
      return shed.compareTo(goal.shed()) >= 0;
    }
  }

  /** What became of an order that was given to the service. */
  enum Taken {
    /** By the service, or by everybody it was for: nothing of it will be carried out. */
    REFUSED,
    TAKEN,
    /** There was no answer; it may be carried out. */
    NOT_KNOWN
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
