// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.people;

import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Whom each person may know of, worked out for all others at once and kept: asking after somebody
 * takes as long whether they are strangers or nobody. Any thread.
 */
final class Circles {
  private final Map<BareJid, Circle> circles = new ConcurrentHashMap<>();
  private final AtomicLong edition = new AtomicLong();
  private final Acquaintance acquaintance;
  private final Map<BareJid, Certified> certificates;

  /** As things were at that edition, which only rises. */
  private record Circle(long edition, Set<BareJid> members) {}

  /**
   * @param certificates of all people; whoever changes it says so
   */
  Circles(Acquaintance acquaintance, Map<BareJid, Certified> certificates) {
    this.acquaintance = acquaintance;
    this.certificates = certificates;
  }

  void changed() {
    edition.incrementAndGet();
  }

  /** Not the person itself; empty for whoever never proved a key. */
  Set<BareJid> of(BareJid person) {
    Certified asker = certificates.get(person);
    if (asker == null) {
      return Set.of();
    }
    long now = edition.get() + acquaintance.edition();
    Circle known = circles.get(person);
    if (known == null || known.edition() != now) {
      known = new Circle(now, members(asker));
      circles.put(person, known);
    }
    return known.members();
  }

  private Set<BareJid> members(Certified asker) {
    return certificates.values().stream()
        .filter(other -> !other.jid().equals(asker.jid()))
        .filter(other -> acquaintance.meet(asker, other))
        .map(Certified::jid)
        .collect(Collectors.toUnmodifiableSet());
  }
}
