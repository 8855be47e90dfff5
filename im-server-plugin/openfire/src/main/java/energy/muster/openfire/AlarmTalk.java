// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.alarm.Reach;
import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.service.Sight;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.Optional;
import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;

/**
 * What a device and the people who answer for it say to each other without the service: where they
 * are, an alarm, and that they have it.
 */
final class AlarmTalk {
  private final Sight sight;

  AlarmTalk(Sight sight) {
    this.sight = sight;
  }

  /**
   * What a device hears that asks where a person is; empty if it does not ask that. Whoever does
   * not answer for it, existing or not, is nowhere.
   */
  Optional<Payload> whereabouts(Packet packet, BareJid device) {
    Optional<BareJid> person = Jids.bare(packet.getTo());
    return packet instanceof IQ iq
            && iq.getType() == IQ.Type.get
            && packet.getTo().getResource() == null
            && holds(iq, Wire.REACH)
        ? person.map(whom -> new Reach(sight.reach(device, whom)).payload())
        : Optional.empty();
  }

  /** Whether this is an alarm on its way to somebody who answers for the device. */
  boolean raises(Packet packet, Optional<BareJid> device, JID to) {
    return packet instanceof IQ iq
        && iq.getType() == IQ.Type.set
        && holds(iq, Wire.ALARM)
        && device.isPresent()
        && reached(device.get(), to);
  }

  /** Whether this is the answer to one: that they have it, or why not. */
  boolean answers(Packet packet, JID from, Optional<BareJid> device) {
    return packet instanceof IQ iq
        && (iq.getType() == IQ.Type.error
            || (iq.getType() == IQ.Type.result && holds(iq, Wire.ALARM)))
        && device.isPresent()
        && reached(device.get(), from);
  }

  private boolean reached(BareJid device, JID session) {
    Optional<FullJid> person = Jids.full(session);
    return person.filter(one -> sight.reach(device, one.bare()).containsKey(one)).isPresent();
  }

  private static boolean holds(IQ iq, Wire wire) {
    Element child = iq.getChildElement();
    return child != null
        && child.getName().equals(wire.element())
        && child.getNamespaceURI().equals(wire.namespace());
  }
}
