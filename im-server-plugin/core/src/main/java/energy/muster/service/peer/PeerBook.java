// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.peer;

import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.presence.Contact;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.Outbound;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.session.Session;
import energy.muster.service.session.Sessions;
import energy.muster.warning.Peers;
import energy.muster.wire.Payload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who is whose peer, by the certificates that the devices have proven: those of one branch. A
 * device asks for its peers when it comes and is told when another joins.
 */
public final class PeerBook {
  /** Those whose reaction keeps the damage small come first, should there be too many. */
  private static final Comparator<Contact> FIRST =
      Comparator.<Contact, Boolean>comparing(PeerBook::consumes).thenComparing(Contact::device);

  private final Ledger ledger;
  private final Sessions sessions;
  private final Outbound outbound;

  public PeerBook(Ledger ledger, Sessions sessions, Outbound outbound) {
    this.ledger = ledger;
    this.sessions = sessions;
    this.outbound = outbound;
  }

  private static boolean consumes(Contact contact) {
    return contact
        .presence()
        .map(DevicePresence::kind)
        .filter(kind -> kind == DeviceKind.BREAKER || kind == DeviceKind.GENERATOR)
        .isEmpty();
  }

  /** Any thread: whether the devices of these accounts are peers. */
  public boolean peers(BareJid one, BareJid other) {
    return ledger
        .certificate(one)
        .flatMap(mine -> ledger.certificate(other).map(mine::branchesWith))
        .filter(shared -> !shared.isEmpty())
        .isPresent();
  }

  /** The answer to a device that asks for its peers. */
  public Payload of(Certified device) {
    if (device.memberships().isEmpty()) {
      throw new Refused(Reason.NOT_AUTHORISED, "only a device has peers");
    }
    return find(device).payload();
  }

  private Peers find(Certified device) {
    SortedMap<Area, List<BareJid>> found = new TreeMap<>();
    ledger.contacts().stream()
        .sorted(FIRST)
        .forEach(
            contact -> {
              Certified other = ledger.certificate(contact.device()).orElseThrow();
              for (Area branch : device.branchesWith(other)) {
                List<BareJid> peers = found.computeIfAbsent(branch, any -> new ArrayList<>());
                if (peers.size() < Peers.MOST_WARNED) {
                  peers.add(contact.device());
                }
              }
            });
    return new Peers(found);
  }

  /** A device came with a certificate not seen before: its peers are told of it. At the desk. */
  public void joined(Certified device) {
    find(device).byBranch().values().stream()
        .flatMap(List::stream)
        .distinct()
        .flatMap(peer -> sessions.proven(peer).stream())
        .forEach(this::tell);
  }

  private void tell(Session peer) {
    peer.certified().ifPresent(who -> outbound.tell(peer.jid(), find(who).payload()));
  }
}
