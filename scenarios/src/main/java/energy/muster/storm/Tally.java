// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import energy.muster.outcome.DeliveryState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The counts of a storm, for people. */
final class Tally {
  private final Map<String, Integer> facts = new TreeMap<>();
  private final Map<DeliveryState, Integer> ends = new EnumMap<>(DeliveryState.class);
  private final Map<String, Integer> strikes = new TreeMap<>();

  private Tally() {}

  static Tally of(List<Fact> history) {
    Tally tally = new Tally();
    for (Fact fact : history) {
      tally.facts.merge(fact.getClass().getSimpleName(), 1, Integer::sum);
      if (fact instanceof Fact.Struck struck) {
        tally.strikes.merge(struck.what().split(" ", 2)[0], 1, Integer::sum);
      } else if (fact instanceof Fact.Found found && found.reading() == 2) {
        tally.ends.merge(found.state(), 1, Integer::sum);
      }
    }
    return tally;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("facts: " + facts);
    lines.add("faults: " + strikes);
    lines.add("deliveries at the end: " + ends);
    return lines;
  }
}
