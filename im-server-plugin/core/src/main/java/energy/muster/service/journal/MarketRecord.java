// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.exchange.ChangeSet;
import energy.muster.response.ShedProposal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a service that starts must know of prices and of those who keep copies.
 *
 * @param publications those that matter yet, in the order in which they were accepted
 * @param proposals those whose price is not over
 * @param proposal the highest number ever given
 * @param positions of all who keep a copy
 * @param sets the last change set of each class that has one
 */
public record MarketRecord(
    List<Publication> publications,
    List<ShedProposal> proposals,
    long proposal,
    List<Position> positions,
    Map<ChangeSet.DataClass, LastSet> sets) {
  public static final MarketRecord NONE =
      new MarketRecord(List.of(), List.of(), 0, List.of(), Map.of());

  public MarketRecord {
    publications = List.copyOf(publications);
    proposals = List.copyOf(proposals);
    positions = List.copyOf(positions);
    sets = Map.copyOf(sets);
  }

  /** The number of a change set, and when its period ended. */
  public record LastSet(long number, Instant until) {}
}
