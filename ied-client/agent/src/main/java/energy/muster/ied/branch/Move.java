// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.branch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Power;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.presence.Contact;
import java.util.Collection;

/**
 * A part of a branch on its way to another feeder, or back.
 *
 * @param away to the other feeder
 * @param power how much the branch carries less, or more, by it
 */
record Move(Transfer transfer, boolean away, Power power) {
  /** With what {@link #write} left. */
  static Move read(Fields saved) {
    return saved.some(
        known ->
            new Move(
                known.object("transfer").some(Transfer::read),
                known.flag("away"),
                Power.kilowatts(known.decimal("kw"))));
  }

  void write(ObjectNode object) {
    object.put("away", away).put("kw", power.kilowatts());
    object.set("transfer", transfer.write());
  }

  BareJid tie() {
    return transfer.tie();
  }

  /** Whether its switches say themselves that it has not begun or is over. */
  boolean isSettled(Collection<Contact> contacts) {
    return transfer.isHome(contacts) || transfer.isMoved(contacts);
  }

  /** For the person who is to look at its switches. */
  String trouble(String why) {
    return "%s is being moved and it is not certain how %s and %s stand: %s"
        .formatted(transfer.area(), tie().local(), transfer.section().local(), why);
  }
}
