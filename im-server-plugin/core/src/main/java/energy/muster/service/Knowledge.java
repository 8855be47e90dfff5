// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.presence.Contact;
import energy.muster.presence.Show;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.peer.PeerBook;
import energy.muster.service.people.Staff;
import energy.muster.service.view.Looks;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is there and who may know of it, from all that is kept of it. */
record Knowledge(Ledger ledger, Staff staff, PeerBook peers, Looks looks) implements Sight {
  @Override
  public boolean isDevice(BareJid account) {
    return ledger.contact(account).isPresent();
  }

  @Override
  public boolean peers(BareJid one, BareJid other) {
    return peers.peers(one, other);
  }

  @Override
  public Map<FullJid, Show> reach(BareJid device, BareJid person) {
    return ledger.certificate(device).map(known -> staff.reach(known, person)).orElseGet(Map::of);
  }

  @Override
  public boolean acquainted(BareJid asker, BareJid other) {
    return staff.acquainted(asker, other);
  }

  @Override
  public Optional<Contact> look(BareJid viewer, BareJid device) {
    return looks.look(viewer, device);
  }

  @Override
  public List<Contact> looks(BareJid viewer) {
    return looks.looks(viewer);
  }
}
