// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.identity.Area;
import energy.muster.identity.Certified;
import energy.muster.service.ledger.Ledger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which devices belong to an area by their certificates. All of them are gone through only when one
 * has another certificate, so that the loss of many is not counted over and over. Any thread.
 */
final class Members {
  private final Roll roll;
  private volatile Index index = new Index(-1, Map.of());

  /** The devices that were ever met. */
  interface Roll {
    /** Rises with each certificate that is not the one before it. */
    long edition();

    Collection<Certified> devices();

    static Roll of(Ledger ledger) {
      return new Roll() {
        @Override
        public long edition() {
          return ledger.edition();
        }

        @Override
        public Collection<Certified> devices() {
          return ledger.contacts().stream()
              .flatMap(contact -> ledger.certificate(contact.device()).stream())
              .toList();
        }
      };
    }
  }

  private record Index(long edition, Map<Area, List<Certified>> members) {}

  Members(Roll roll) {
    this.roll = roll;
  }

  List<Certified> of(Area area) {
    long edition = roll.edition();
    Index known = index;
    if (known.edition() != edition) {
      known = new Index(edition, members());
      index = known;
    }
    return known.members().getOrDefault(area, List.of());
  }

  private Map<Area, List<Certified>> members() {
    Map<Area, List<Certified>> members = new HashMap<>();
    for (Certified device : roll.devices()) {
      for (Area area : device.memberships()) {
        members.computeIfAbsent(area, any -> new ArrayList<>()).add(device);
      }
    }
    return members;
  }
}
