// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.ledger;

import energy.muster.presence.Contact;

/** Hears at the desk what changes in the ledger. */
public interface LedgerListener {
  /** A contact is not what it was. */
  void changed(Contact contact);

  /** A device is gone without a reason. */
  void fault(Contact contact);

  /** A device that was a fault is back. */
  void cleared(Contact contact);

  /** A device came back with an older journal. */
  void quarantined(Contact contact);

  /** A device comes and goes; from now on its single faults are not told. */
  void flapping(Contact contact);

  /** A device that came and went has been there without a break. */
  void steady(Contact contact, long losses);

  /** A device came back other than it was believed to be. */
  void differs(Contact contact);
}
