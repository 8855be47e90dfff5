// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.presence.Contact;
import energy.muster.presence.Show;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a host may ask at any time and on any thread; nothing here waits. */
public interface Sight {
  /** Whether a device's key was ever proven under this account, also before a restart. */
  boolean isDevice(BareJid account);

  /** Whether these are two devices of one branch, which may warn each other. */
  boolean peers(BareJid one, BareJid other);

  /**
   * Where a device may bring an alarm without the service: the person's proven session, as it shows
   * itself. Empty unless their certificate covers the device as its operator or engineer, so that
   * nobody learns from it who else there is.
   */
  Map<FullJid, Show> reach(BareJid device, BareJid person);

  /**
   * Whether these two people may know of each other. What it costs depends on the first alone, so
   * that the time it takes tells nothing of the second.
   */
  boolean acquainted(BareJid asker, BareJid other);

  /** The device as this viewer may see it by a look-grant: only its show and status. */
  Optional<Contact> look(BareJid viewer, BareJid device);

  /** All devices that this viewer may see by look-grants. */
  List<Contact> looks(BareJid viewer);
}
