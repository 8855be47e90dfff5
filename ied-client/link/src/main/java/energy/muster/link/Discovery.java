// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import org.jivesoftware.smackx.disco.ServiceDiscoveryManager;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo.Identity;

/** What a client says it is when asked (XEP-0030). */
final class Discovery {
  private Discovery() {}

  static void describe(Stream stream, Announcement announcement) {
    Identity identity =
        announcement.ofDevice()
            ? new Identity("automation", "Muster", "device-node")
            : new Identity("client", "Muster", "console");
    ServiceDiscoveryManager.getInstanceFor(stream).setIdentity(identity);
  }
}
