// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.goal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Power;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Result;
import energy.muster.service.journal.OrderHistory;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How far an order with a goal has come, for whoever asks.
 *
 * @param goal how much was to be shed together
 * @param shed what devices have signed, each counted for no more than it was asked for
 */
public record GoalStanding(Power goal, Power shed, State state) {
  /** Whether more is to be expected. */
  public enum State {
    PURSUED,
    MET,
    SHORT;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * From what the journal holds.
   *
   * @param pursued whether candidates are still being asked or waited for
   */
  public static GoalStanding of(OrderHistory history, boolean pursued) {
    Power goal = history.order().submission().command().goal().orElseThrow().shed();
    Map<BareJid, Power> signed = new HashMap<>();
    history.evidence().stream()
        .filter(each -> each.kind() == OrderHistory.Kind.OUTCOME)
        .forEach(each -> signed.put(each.device(), signed(each)));
    Power shed =
        history.order().deliveries().stream()
            .map(
                delivery ->
                    signed
                        .getOrDefault(delivery.device(), Power.ZERO)
                        .min(delivery.leaf().max().orElse(Power.ZERO)))
            .reduce(Power.ZERO, Power::plus);
    State state = shed.compareTo(goal) >= 0 ? State.MET : pursued ? State.PURSUED : State.SHORT;
    return new GoalStanding(goal, shed, state);
  }

  /** It was checked before it was journaled. */
  private static Power signed(OrderHistory.Evidence evidence) {
    return Outcome.read(evidence.document().unverified()).result() instanceof Result.Executed done
        ? done.shed().orElse(Power.ZERO)
        : Power.ZERO;
  }

  public ObjectNode write() {
    return Json.object()
        .put("kw", goal.kilowatts())
        .put("shedKw", shed.kilowatts())
        .put("state", state.wire());
  }
}
