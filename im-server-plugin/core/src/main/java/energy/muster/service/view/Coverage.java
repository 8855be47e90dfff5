// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.view;

import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.service.ledger.Ledger;

/** Whether a person may know of a device. */
public final class Coverage {
  private Coverage() {}

  /** Whether any of the person's roles has an area that covers the device. */
  public static boolean covers(Certified person, Certified device) {
    return person.covers(role -> role != Role.DEVICE, device);
  }

  /** Of a device that the service has never met, nobody knows anything. */
  public static boolean covers(Certified person, BareJid device, Ledger ledger) {
    return ledger.certificate(device).filter(known -> covers(person, known)).isPresent();
  }
}
