// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.people;

import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;

/** Hears at the desk what changes about people. */
public interface PeopleListener {
  /** Somebody came, went, or says something else of themselves. */
  void changed(BareJid person);

  /** Somebody has taken over what another leaves. */
  void handedOver(BareJid from, Certified to);
}
