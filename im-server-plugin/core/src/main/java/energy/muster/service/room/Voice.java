// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.room;

import energy.muster.identity.FullJid;

/** Carries what rooms say to those who are in them. Implementations do not block. */
public interface Voice {
  /** Words to one session go out in the order of these calls. */
  void tell(FullJid to, RoomWord word);
}
