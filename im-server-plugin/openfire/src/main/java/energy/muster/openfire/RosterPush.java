// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.identity.BareJid;
import java.util.Optional;
import org.jivesoftware.openfire.roster.Roster;
import org.jivesoftware.openfire.roster.RosterManager;
import org.jivesoftware.openfire.user.UserNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an account's sessions that a subscription was taken back. Openfire before 4.8 changes the
 * roster and says nothing of it (its OF-1183), against RFC 6121 3.2.3; a later one says it twice,
 * which changes nothing.
 */
final class RosterPush {
  private static final Logger LOG = LoggerFactory.getLogger(RosterPush.class);

  private final RosterManager rosters;

  RosterPush(RosterManager rosters) {
    this.rosters = rosters;
  }

  void push(BareJid owner, BareJid contact) {
    Optional<Roster> roster = roster(owner);
    if (roster.isEmpty() || !roster.get().isRosterItem(Jids.of(contact))) {
      return;
    }
    try {
      roster.get().broadcast(roster.get().getRosterItem(Jids.of(contact)), false);
    } catch (UserNotFoundException gone) {
      LOG.debug("{} has just removed {}", owner, contact);
    }
  }

  private Optional<Roster> roster(BareJid owner) {
    try {
      return Optional.of(rosters.getRoster(owner.local()));
    } catch (UserNotFoundException gone) {
      return Optional.empty();
    }
  }
}
