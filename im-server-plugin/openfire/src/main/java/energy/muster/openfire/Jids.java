// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.refusal.Refused;
import java.util.Optional;
import org.xmpp.packet.JID;

/** Openfire's addresses as ours; one that is no account's or no session's is empty. */
final class Jids {
  private Jids() {}

  static Optional<FullJid> full(JID jid) {
    if (jid == null || jid.getNode() == null || jid.getResource() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(FullJid.parse(jid.toString()));
    } catch (Refused noAddressOfOurs) {
      return Optional.empty();
    }
  }

  static Optional<BareJid> bare(JID jid) {
    if (jid == null || jid.getNode() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(BareJid.parse(jid.toBareJID()));
    } catch (Refused noAddressOfOurs) {
      return Optional.empty();
    }
  }

  static JID of(FullJid jid) {
    return new JID(jid.bare().local(), jid.bare().domain(), jid.resource(), true);
  }

  static JID of(BareJid jid) {
    return new JID(jid.local(), jid.domain(), null, true);
  }
}
