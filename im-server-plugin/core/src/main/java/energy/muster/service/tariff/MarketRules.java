// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.tariff;

import java.time.Duration;
import java.util.List;

/**
 * What the administrator decides of prices and copies.
 *
 * @param proposals when operators are asked whether to shed because of a price
 * @param changePeriod from one change set to the next
 */
public record MarketRules(List<ProposalRule> proposals, Duration changePeriod) {
  public MarketRules {
    proposals = List.copyOf(proposals);
    if (changePeriod.isNegative() || changePeriod.isZero()) {
      throw new IllegalArgumentException("a period is longer than nothing");
    }
  }

  public static MarketRules defaults() {
    return new MarketRules(List.of(), Duration.ofMinutes(15));
  }
}
