// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.people;

import energy.muster.identity.Area;
import energy.muster.identity.Certified;
import energy.muster.identity.Grant;
import energy.muster.service.ledger.Ledger;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may know of whom: people who run the plant and whose certificates have an area in common.
 * Publishers and builders of things know nobody by that.
 */
final class Acquaintance {
  private final Ledger ledger;

  Acquaintance(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Changes with whatever else decides who may know of whom. */
  long edition() {
    return ledger.edition();
  }

  boolean meet(Certified asker, Certified other) {
    return !shared(asker, other).isEmpty();
  }

  /** Of the other's grants those whose area the asker has to do with, too. */
  Set<Grant> shared(Certified asker, Certified other) {
    Set<Area> own =
        asker.grants().stream()
            .filter(grant -> grant.role().ofStaff())
            .map(Grant::area)
            .collect(Collectors.toSet());
    return other.grants().stream()
        .filter(grant -> grant.role().ofStaff())
        .filter(grant -> own.stream().anyMatch(area -> overlap(area, grant.area())))
        .collect(Collectors.toSet());
  }

  private boolean overlap(Area one, Area other) {
    return one.equals(other)
        || one.equals(Area.ALL)
        || other.equals(Area.ALL)
        || ledger.contacts().stream()
            .flatMap(contact -> ledger.certificate(contact.device()).stream())
            .anyMatch(
                device ->
                    one.covers(device.jid(), device.memberships())
                        && other.covers(device.jid(), device.memberships()));
  }
}
