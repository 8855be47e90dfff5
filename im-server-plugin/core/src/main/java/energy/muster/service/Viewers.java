// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import energy.muster.identity.BareJid;
import energy.muster.presence.Contact;

/** Hears of changes for those who look with any chat client, by a signed look-grant. */
public interface Viewers {
  /**
   * A device's show or status changed, or the grant to look at it began. Of the contact only show
   * and status may be passed on. Must not block.
   */
  void showChanged(BareJid viewer, Contact device);

  /** The grant lapsed: to this viewer the device is no longer there. Must not block. */
  void lookEnded(BareJid viewer, BareJid device);
}
