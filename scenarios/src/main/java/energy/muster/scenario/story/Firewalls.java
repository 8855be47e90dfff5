// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.scenario.Scene;
import energy.muster.scenario.StorySkipped;
import energy.muster.stage.Network;
import energy.muster.stage.Stage;
import java.io.IOException;
import java.util.List;

/** A field and an office, behind a packet filter each, and the server on a hub between them. */
record Firewalls(Network.Host hub, Network.Host field, Network.Host office) {
  static final int XMPP = 5222;
  static final int HTTPS = 443;
  static final String HUB_OF_FIELD = "10.77.1.1";
  static final String FIELD = "10.77.1.2";
  static final String HUB_OF_OFFICE = "10.77.2.1";
  private static final String OFFICE = "10.77.2.2";

  /** Joined, and nothing filtered yet. */
  static Firewalls around(Scene scene) throws IOException, InterruptedException, StorySkipped {
    Network network;
    try {
      network = Network.make();
    } catch (Network.Unavailable e) {
      throw new StorySkipped(e.getMessage());
    }
    scene.atTheEnd(network::close);
    Firewalls walls =
        new Firewalls(network.host("hub"), network.host("field"), network.host("office"));
    network.join(walls.hub, HUB_OF_FIELD, walls.field, FIELD);
    network.join(walls.hub, HUB_OF_OFFICE, walls.office, OFFICE);
    return walls;
  }

  /** Starts the server on the hub, where both ports are let in. */
  Stage startServer(Scene scene) throws IOException, InterruptedException {
    Stage stage = scene.stage().overHttps(0);
    stage.inside(hub.prefix());
    stage.startServer();
    // The server listens on loopback, as always; its own edge lets both ports in.
    hub.sysctl("net.ipv4.conf.all.route_localnet", 1);
    hub.filter(edge(stage.port(), stage.httpsPort()));
    return stage;
  }

  private static String edge(int port, int httpsPort) {
    return """
        table inet muster {
          chain before {
            type nat hook prerouting priority dstnat
            tcp dport %d dnat ip to 127.0.0.1:%d
            tcp dport %d dnat ip to 127.0.0.1:%d
          }
        }
        """
        .formatted(XMPP, port, HTTPS, httpsPort);
  }

  /** Lets nothing in, and out to these ports alone. */
  static String only(Integer... ports) {
    return """
        table inet muster {
          counter uninvited {
          }
          counter refused {
          }
          counter forgotten {
          }
          chain in {
            type filter hook input priority filter; policy drop
            ct state established accept
            meta l4proto tcp counter name uninvited
          }
          chain out {
            type filter hook output priority filter; policy drop
            ct state invalid counter name forgotten drop
            tcp dport { %s } accept
            meta l4proto tcp counter name refused
          }
        }
        """
        .formatted(String.join(", ", List.of(ports).stream().map(String::valueOf).toList()));
  }
}
