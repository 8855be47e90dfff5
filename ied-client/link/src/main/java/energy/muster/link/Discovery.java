// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.identity.Role;
import org.jivesoftware.smack.XMPPConnection;
import org.jivesoftware.smackx.caps.EntityCapsManager;
import org.jivesoftware.smackx.disco.ServiceDiscoveryManager;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo.Identity;

/**
 * What a client says it is when asked (XEP-0030), and in its presence unasked (XEP-0115): whether a
 * device or a person.
 */
final class Discovery {
  /** XEP-0115: names the software; what tells a device from a person is the hash. */
  static final String NODE = "urn:muster:client:1";

  private Discovery() {}

  /** Before it connects: a later change would send presence again. */
  static void describe(XMPPConnection connection, LinkConfig config) {
    boolean device =
        config.identity().filter(key -> key.certified().holds(Role.DEVICE)).isPresent();
    Identity identity =
        device
            ? new Identity("automation", "Muster", "device-node")
            : new Identity("client", "Muster", "console");
    ServiceDiscoveryManager.getInstanceFor(connection).setIdentity(identity);
    EntityCapsManager.getInstanceFor(connection).enableEntityCaps();
  }
}
