// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.branch;

import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.identity.BareJid;
import energy.muster.presence.Contact;
import energy.muster.presence.Operating;
import energy.muster.presence.Quantity;

/**
 * What the master IED has done for its branch and not undone.
 *
 * @param verb shed or start
 * @param power how much the branch carries less by it
 */
record Relief(BareJid device, Verb verb, Power power) {
  Verb undo() {
    return verb == Verb.SHED ? Verb.RESTORE : Verb.STOP;
  }

  /** Whether somebody else has undone it, as the device shows itself. */
  boolean undone(Contact contact) {
    boolean there = contact.certainty().reachable();
    return there
        && (verb == Verb.SHED
            ? !Summing.said(contact, Quantity.SHEDDABLE).equals(Power.ZERO)
            : is(contact, Operating.OFF));
  }

  /** Whether it is under way and does not show yet in what the branch carries. */
  boolean promised(Contact contact) {
    return verb == Verb.START && contact.certainty().reachable() && is(contact, Operating.STARTING);
  }

  private static boolean is(Contact contact, Operating operating) {
    return contact.presence().filter(said -> said.operating() == operating).isPresent();
  }
}
