// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.scenario.StoryFailure;
import energy.muster.scenario.StorySkipped;
import energy.muster.stage.Access;
import energy.muster.stage.Child;
import energy.muster.stage.ConnectProxy;
import energy.muster.stage.DeviceSpec;
import energy.muster.stage.Network;
import energy.muster.stage.Stage;
import java.time.Duration;
import java.util.List;

/**
 * A device and its operator behind a packet filter each, that lets nothing in and out to one port
 * alone, and the server between them.
 */
public final class ThroughTwoFirewalls implements Story {
  private static final int XMPP = 5222;
  private static final int HTTPS = 443;
  private static final int PROXY = 3128;
  private static final String HUB_OF_FIELD = "10.77.1.1";
  private static final String FIELD = "10.77.1.2";
  private static final String HUB_OF_OFFICE = "10.77.2.1";
  private static final String OFFICE = "10.77.2.2";
  private static final int ATTEMPT_SECONDS = 3;
  private static final Duration CONSOLE_WITHIN = Duration.ofSeconds(90);
  private static final Duration IDLE_LEASE = Duration.ofSeconds(30);
  // Half the lease until it asks, and 10 s each for two questions; then a second or two.
  private static final Duration BACK_WITHIN = IDLE_LEASE.dividedBy(2).plusSeconds(20 + 15);

  @Override
  public String name() {
    return "through-two-firewalls";
  }

  @Override
  public String about() {
    return "An order passes two packet filters that open one port out; likewise by way of a proxy.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Network network;
    try {
      network = Network.make();
    } catch (Network.Unavailable e) {
      throw new StorySkipped(e.getMessage());
    }
    scene.atTheEnd(network::close);
    Area branch = new Area("branch-60");
    DeviceSpec load = Cast.load("load-60a", branch, 20);
    DeviceSpec idle = Cast.load("load-62c", branch, 40).withLease(IDLE_LEASE);
    DeviceSpec proxied = Cast.load("load-63a", branch, 40);
    List.of(load, idle, proxied).forEach(scene.stage()::enrol);
    scene.enrolOperator("op-1", branch);
    Network.Host hub = network.host("hub");
    Network.Host field = network.host("field");
    Network.Host office = network.host("office");
    network.join(hub, HUB_OF_FIELD, field, FIELD);
    network.join(hub, HUB_OF_OFFICE, office, OFFICE);
    Stage stage = scene.stage().overHttps(0);
    stage.inside(hub.prefix());
    stage.startServer();
    // The server listens on loopback, as always; its own edge lets both ports in.
    hub.sysctl("net.ipv4.conf.all.route_localnet", 1);
    hub.filter(edge(stage.port(), stage.httpsPort()));
    scene.check(
        field.reaches(HUB_OF_FIELD, XMPP, ATTEMPT_SECONDS),
        "without a filter the field reaches port " + XMPP);

    scene.note("Both filters are laid: nothing in, and out to port " + HTTPS + " alone.");
    field.filter(only(HTTPS));
    office.filter(only(HTTPS));
    scene.check(
        !field.reaches(HUB_OF_FIELD, XMPP, ATTEMPT_SECONDS) && field.counted("refused") > 0,
        "an attempt on port " + XMPP + " fails, and the filter has counted it");
    scene.check(
        !hub.reaches(FIELD, HTTPS, ATTEMPT_SECONDS) && field.counted("uninvited") > 0,
        "an attempt from outside fails, and the filter has counted it");

    scene.note("A load that tries TCP first finds out; its operator is told to go over HTTPS.");
    stage.inside(field.prefix());
    stage.access(Access.either(XMPP, HTTPS).at(HUB_OF_FIELD));
    stage.startDevices("field", List.of(load));
    orders(scene, office, "shed load-60a for 30 min", "expect load-60a off", "status load-60a now");

    scene.note("A firewall that forgets connections after 5 s is noticed by the lease.");
    field.filter(only(HTTPS, XMPP));
    stage.inside(field.prefix());
    stage.access(Access.tcp(XMPP).at(HUB_OF_FIELD));
    Child forgotten = stage.startDevices("idle", List.of(idle));
    int before = forgotten.events().size();
    field.sysctl("net.netfilter.nf_conntrack_tcp_loose", 0);
    field.sysctl("net.netfilter.nf_conntrack_tcp_timeout_established", 5);
    if (forgotten
        .first(before, said -> said.path("event").asText().equals("proven"), BACK_WITHIN)
        .isEmpty()) {
      throw new StoryFailure("load-62c was not back within " + BACK_WITHIN.toSeconds() + " s");
    }
    scene.check(field.counted("forgotten") > 0, "the firewall dropped what it had forgotten");
    field.sysctl("net.netfilter.nf_conntrack_tcp_timeout_established", 600);
    orders(scene, office, "shed load-62c for 30 min", "expect load-62c off");

    scene.note("Now the field reaches a proxy and nothing else.");
    field.filter(only(PROXY));
    stage.inside(hub.prefix());
    Child proxy =
        stage.startAside(
            "proxy", ConnectProxy.class, List.of(HUB_OF_FIELD, Integer.toString(PROXY)));
    var unused = proxy.await("ready", CONSOLE_WITHIN);
    scene.check(
        !field.reaches(HUB_OF_FIELD, HTTPS, ATTEMPT_SECONDS),
        "an attempt on port " + HTTPS + " fails");
    stage.inside(field.prefix());
    // The server's address is the proxy's business.
    stage.access(Access.bosh(stage.httpsPort()).at("127.0.0.1").by(HUB_OF_FIELD, PROXY));
    stage.startDevices("proxied", List.of(proxied));
    orders(scene, office, "shed load-63a for 30 min", "expect load-63a off");
  }

  private static void orders(Scene scene, Network.Host office, String... lines) {
    Stage stage = scene.stage();
    BareJid operator = stage.folder().jid("op-1");
    stage.inside(office.prefix());
    stage.access(Access.bosh(HTTPS).at(HUB_OF_OFFICE));
    Child console = stage.startConsole(operator, List.of(lines));
    scene.checkEqual(0, console.ended(CONSOLE_WITHIN), "exit status of the console: " + lines[0]);
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

  private static String only(Integer... ports) {
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
