// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.command.Goal;
import energy.muster.command.Power;
import energy.muster.identity.BareJid;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why a goal has not been reached.
 *
 * @param missing how much
 * @param refused who said no, with the reason and its words
 * @param less who gave less than was asked for
 * @param notAsked who was never asked, with why
 * @param open who was asked and has not answered
 * @param until who is silent may still carry it out until then
 */
public record Shortfall(
    Power missing,
    Map<BareJid, Standing> refused,
    List<Offer> less,
    Map<BareJid, String> notAsked,
    List<BareJid> open,
    Instant until) {

  /** What one gave of what it was asked for. */
  public record Offer(BareJid device, Power given, Power asked) {}

  /**
   * @param asked the most that each was asked for
   */
  static Shortfall of(Goal goal, OpenOrder order, Map<BareJid, Power> asked) {
    Map<BareJid, Standing> refused = new LinkedHashMap<>();
    Map<BareJid, String> notAsked = new LinkedHashMap<>();
    order
        .standings()
        .forEach(
            (device, standing) -> {
              switch (standing.state()) {
                case REFUSED, FAILED, UNCERTAIN -> refused.put(device, standing);
                case CANCELLED, EXPIRED, SUPERSEDED -> notAsked.put(device, standing.text());
                default -> {}
              }
            });
    List<Offer> less =
        order.shedByDevice().entrySet().stream()
            .filter(entry -> entry.getValue().compareTo(asked.get(entry.getKey())) < 0)
            .map(entry -> new Offer(entry.getKey(), entry.getValue(), asked.get(entry.getKey())))
            .toList();
    return new Shortfall(
        goal.shed().minus(order.shed()),
        refused,
        less,
        notAsked,
        order.waitingFor(),
        order.command().executeBy());
  }
}
