// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import energy.muster.document.DocumentId;
import energy.muster.outcome.DeliveryState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everything a history holds about one delivery. */
final class Case {
  record Key(DocumentId id, String device) {
    @Override
    public String toString() {
      return id + " to " + device;
    }
  }

  private final Key key;
  private final List<Fact.Acted> acted = new ArrayList<>();
  private final Set<Fact.Signed> signed = new LinkedHashSet<>();
  private final List<Fact.Told> told = new ArrayList<>();
  private final SortedMap<Integer, Fact.Found> found = new TreeMap<>();

  private Case(Key key) {
    this.key = key;
  }

  /** Sorts a history by deliveries, in the order in which they were first heard of. */
  static List<Case> of(List<Fact> history) {
    Map<Key, Case> cases = new LinkedHashMap<>();
    for (Fact fact : history) {
      if (fact instanceof Fact.Submitted submitted) {
        submitted.devices().stream().sorted().forEach(device -> of(cases, submitted.id(), device));
      } else if (fact instanceof Fact.Acted did) {
        of(cases, did.id(), did.device()).acted.add(did);
      } else if (fact instanceof Fact.Told heard) {
        Case about = of(cases, heard.id(), heard.device());
        about.told.add(heard);
        about.signed.add(heard.outcome());
      } else if (fact instanceof Fact.Found one) {
        Case about = of(cases, one.id(), one.device());
        about.found.put(one.reading(), one);
        about.signed.addAll(one.outcomes());
      }
    }
    return List.copyOf(cases.values());
  }

  private static Case of(Map<Key, Case> cases, DocumentId id, String device) {
    return cases.computeIfAbsent(new Key(id, device), Case::new);
  }

  Key key() {
    return key;
  }

  /** The equipment's record of it. */
  List<Fact.Acted> acted() {
    return List.copyOf(acted);
  }

  /** What the device signed about it, as the operator or the service got it, each once. */
  Set<Fact.Signed> signed() {
    return Set.copyOf(signed);
  }

  /** Whether the operator had a signed outcome before then. */
  boolean toldBefore(Instant then) {
    return told.stream().anyMatch(one -> one.at().isBefore(then));
  }

  /** Whether the device signed that it carried it out. */
  boolean executed() {
    return signed.stream().anyMatch(one -> one.result() == DeliveryState.EXECUTED);
  }

  Optional<Fact.Found> found(int reading) {
    return Optional.ofNullable(found.get(reading));
  }

  Optional<Fact.Found> lastFound() {
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.lastKey()));
  }
}
