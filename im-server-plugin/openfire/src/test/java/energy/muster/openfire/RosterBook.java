// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.xmpp.packet.JID;

/** Rosters that hold no more than who asked to see whom. */
final class RosterBook implements Contacts {
  final Set<String> asked = new HashSet<>();
  final List<String> pushed = new ArrayList<>();

  private static String entry(JID owner, JID contact) {
    return owner + " " + contact;
  }

  @Override
  public void ask(JID owner, JID contact) {
    asked.add(entry(owner, contact));
  }

  @Override
  public boolean asked(JID owner, JID contact) {
    return asked.contains(entry(owner, contact));
  }

  @Override
  public void withdraw(JID owner, JID contact) {
    asked.remove(entry(owner, contact));
  }

  @Override
  public boolean remove(JID owner, JID contact) {
    return asked.remove(entry(owner, contact));
  }

  @Override
  public void push(JID owner, JID contact) {
    pushed.add(entry(owner, contact));
  }
}
