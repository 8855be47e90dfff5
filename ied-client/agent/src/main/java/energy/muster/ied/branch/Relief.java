// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.branch;

import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.identity.BareJid;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.presence.Position;
import energy.muster.presence.Quantity;
import java.util.Optional;

/**
 * What the master IED has done for its branch and not undone.
 *
 * @param verb shed, start, or close for a tie that carries a part of the branch
 * @param power how much the branch carries less by it
 */
record Relief(BareJid device, Verb verb, Power power) {
  private static final Optional<Position> OPENED = Optional.of(Position.OPEN);

  Verb undo() {
    return switch (verb) {
      case SHED -> Verb.RESTORE;
      case CLOSE -> Verb.OPEN;
      default -> Verb.STOP;
    };
  }

  /** Whether somebody else has undone it, as the device shows itself. */
  boolean undone(Contact contact) {
    return contact.certainty().reachable()
        && switch (verb) {
          case SHED -> !Summing.said(contact, Quantity.SHEDDABLE).equals(Power.ZERO);
          case CLOSE -> contact.presence().flatMap(DevicePresence::position).equals(OPENED);
          default -> is(contact, Operating.OFF);
        };
  }

  /** Whether it is under way and does not show yet in what the branch carries. */
  boolean promised(Contact contact) {
    return verb == Verb.START && contact.certainty().reachable() && is(contact, Operating.STARTING);
  }

  private static boolean is(Contact contact, Operating operating) {
    return contact.presence().filter(said -> said.operating() == operating).isPresent();
  }
}
