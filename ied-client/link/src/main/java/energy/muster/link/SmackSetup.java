// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.jivesoftware.smack.SmackConfiguration;
import org.jivesoftware.smackx.caps.EntityCapsManager;
import org.jivesoftware.smackx.disco.ServiceDiscoveryManager;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo;
import org.jivesoftware.smackx.ping.PingManager;

/**
 * Makes Smack, once a process, into what a link needs: pings and discovery are answered, and the
 * chat client's features (rosters, file transfer, remote commands, its own reconnecting) are off,
 * because each is something a stranger could ask a device for.
 */
final class SmackSetup {
  // Kept, because the JDK's logging holds loggers only weakly and would forget the level.
  private static final Logger SMACK_LOG = Logger.getLogger("org.jivesoftware.smack");

  static {
    SmackConfiguration.addDisabledSmackClasses(
        "org.jivesoftware.smack.ReconnectionManager",
        "org.jivesoftware.smack.im.SmackImInitializer",
        "org.jivesoftware.smackx");
    // What goes wrong on a connection is reported once, by the link.
    SMACK_LOG.setLevel(Level.OFF);
    PingManager.setDefaultPingInterval(-1);
    ServiceDiscoveryManager.setDefaultIdentity(
        new DiscoverInfo.Identity("client", "Muster", "console"));
    EntityCapsManager.setDefaultEntityNode(Discovery.NODE);
    PayloadProviders.register();
  }

  private SmackSetup() {}

  /** Does the work on the first call. */
  static void ensure() {
    // Loading this class did it.
  }
}
