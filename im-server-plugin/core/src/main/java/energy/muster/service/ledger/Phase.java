// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.ledger;

/** How a device stands with the service. */
enum Phase {
  /** Heard within its lease. */
  PRESENT,
  /** Its lease has run out; within grace, or being probed. */
  OVERDUE,
  /** Its session is lost, or the service started without it; it may yet come back. */
  MISSED,
  /** It said goodbye. */
  AWAY,
  /** Gone without a reason. */
  FAULT;

  boolean there() {
    return this == PRESENT || this == OVERDUE;
  }
}
