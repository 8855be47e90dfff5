// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import java.util.Optional;
import org.jivesoftware.openfire.SharedGroupException;
import org.jivesoftware.openfire.roster.Roster;
import org.jivesoftware.openfire.roster.RosterItem;
import org.jivesoftware.openfire.roster.RosterManager;
import org.jivesoftware.openfire.user.UserAlreadyExistsException;
import org.jivesoftware.openfire.user.UserNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;

/**
 * The rosters of Openfire. Its own handling of a subscription or a removal looks the contact up and
 * changes its roster too, which takes its time and so tells that there is one.
 */
final class Rosters implements Contacts {
  private static final Logger LOG = LoggerFactory.getLogger(Rosters.class);

  private final RosterManager rosters;

  Rosters(RosterManager rosters) {
    this.rosters = rosters;
  }

  @Override
  public void ask(JID owner, JID contact) {
    roster(owner)
        .ifPresent(
            roster -> {
              try {
                RosterItem item =
                    roster.isRosterItem(contact)
                        ? roster.getRosterItem(contact)
                        : roster.createRosterItem(contact, false, true);
                if (!sees(item)) {
                  item.setAskStatus(RosterItem.AskType.SUBSCRIBE);
                  roster.updateRosterItem(item);
                }
              } catch (UserAlreadyExistsException
                  | SharedGroupException
                  | UserNotFoundException e) {
                LOG.debug("{} has just changed {} otherwise", owner, contact);
              }
            });
  }

  private static boolean sees(RosterItem item) {
    return item.getSubStatus() == RosterItem.SubType.TO
        || item.getSubStatus() == RosterItem.SubType.BOTH;
  }

  @Override
  public boolean asked(JID owner, JID contact) {
    return roster(owner)
        .flatMap(roster -> item(roster, contact))
        .filter(item -> item.getAskStatus() == RosterItem.AskType.SUBSCRIBE)
        .isPresent();
  }

  @Override
  public void withdraw(JID owner, JID contact) {
    Optional<Roster> roster = roster(owner);
    Optional<RosterItem> known = roster.flatMap(own -> item(own, contact));
    if (known.isEmpty()) {
      return;
    }
    RosterItem item = known.get();
    item.setAskStatus(RosterItem.AskType.NONE);
    if (item.getSubStatus() == RosterItem.SubType.TO) {
      item.setSubStatus(RosterItem.SubType.NONE);
    } else if (item.getSubStatus() == RosterItem.SubType.BOTH) {
      item.setSubStatus(RosterItem.SubType.FROM);
    }
    try {
      roster.get().updateRosterItem(item);
    } catch (UserNotFoundException gone) {
      LOG.debug("{} has just removed {}", owner, contact);
    }
  }

  @Override
  public boolean remove(JID owner, JID contact) {
    try {
      Optional<Roster> roster = roster(owner);
      return roster.isPresent() && roster.get().deleteRosterItem(contact, true) != null;
    } catch (SharedGroupException shared) {
      LOG.debug("{} has {} by a group that an administrator shares", owner, contact);
      return false;
    }
  }

  /**
   * Openfire before 4.8 takes a subscription back in the roster and says nothing of it (its
   * OF-1183), against RFC 6121 3.2.3; a later one says it twice, which changes nothing.
   */
  @Override
  public void push(JID owner, JID contact) {
    Optional<Roster> roster = roster(owner);
    roster
        .flatMap(own -> item(own, contact))
        .ifPresent(item -> roster.get().broadcast(item, false));
  }

  private Optional<Roster> roster(JID owner) {
    try {
      return Optional.of(rosters.getRoster(owner.getNode()));
    } catch (UserNotFoundException gone) {
      return Optional.empty();
    }
  }

  private static Optional<RosterItem> item(Roster roster, JID contact) {
    try {
      return roster.isRosterItem(contact)
          ? Optional.of(roster.getRosterItem(contact))
          : Optional.empty();
    } catch (UserNotFoundException gone) {
      return Optional.empty();
    }
  }
}
