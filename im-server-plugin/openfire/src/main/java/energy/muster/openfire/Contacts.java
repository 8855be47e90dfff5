// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import org.xmpp.packet.JID;

/**
 * One side of the server's rosters: what an account has there, whatever becomes of it with the
 * contact. Nothing here depends on whether the contact exists. Addresses are bare.
 */
interface Contacts {
  /** Notes that the owner asks to see the contact, as the server would. */
  void ask(JID owner, JID contact);

  /** Whether the owner asked to see the contact and was not answered yet. */
  boolean asked(JID owner, JID contact);

  /** The owner does not ask to see the contact, or does not any more. */
  void withdraw(JID owner, JID contact);

  /** Takes the contact out; whether it was there. */
  boolean remove(JID owner, JID contact);

  /** Tells the owner's sessions how the roster has the contact now. */
  void push(JID owner, JID contact);
}
