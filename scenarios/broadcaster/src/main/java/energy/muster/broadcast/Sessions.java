// SPDX-License-Identifier: Apache-2.0
package energy.muster.broadcast;

import java.util.Collection;
import java.util.List;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.session.ClientSession;
import org.xmpp.packet.JID;

/** Who is logged in. */
final class Sessions {
  private Sessions() {}

  private static Collection<ClientSession> all() {
    return XMPPServer.getInstance().getSessionManager().getSessions();
  }

  static int count() {
    return all().size();
  }

  /** Of accounts whose name begins so. */
  static List<JID> of(String prefix) {
    return all().stream()
        .map(ClientSession::getAddress)
        .filter(address -> address.getNode() != null && address.getNode().startsWith(prefix))
        .toList();
  }
}
