// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.scenario.StoryFailure;
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
  private static final int XMPP = Firewalls.XMPP;
  private static final int HTTPS = Firewalls.HTTPS;
  private static final int PROXY = 3128;
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
    Firewalls walls = Firewalls.around(scene);
    Area branch = new Area("branch-60");
    DeviceSpec load = Cast.load("load-60a", branch, 20);
    DeviceSpec idle = Cast.load("load-62c", branch, 40).withLease(IDLE_LEASE);
    DeviceSpec proxied = Cast.load("load-63a", branch, 40);
    List.of(load, idle, proxied).forEach(scene.stage()::enrol);
    scene.enrolOperator("op-1", branch);
    Network.Host hub = walls.hub();
    Network.Host field = walls.field();
    Network.Host office = walls.office();
    Stage stage = walls.startServer(scene);
    scene.check(
        field.reaches(Firewalls.HUB_OF_FIELD, XMPP, ATTEMPT_SECONDS),
        "without a filter the field reaches port " + XMPP);

    scene.note("Both filters are laid: nothing in, and out to port " + HTTPS + " alone.");
    field.filter(Firewalls.only(HTTPS));
    office.filter(Firewalls.only(HTTPS));
    scene.check(
        !field.reaches(Firewalls.HUB_OF_FIELD, XMPP, ATTEMPT_SECONDS)
            && field.counted("refused") > 0,
        "an attempt on port " + XMPP + " fails, and the filter has counted it");
    scene.check(
        !hub.reaches(Firewalls.FIELD, HTTPS, ATTEMPT_SECONDS) && field.counted("uninvited") > 0,
        "an attempt from outside fails, and the filter has counted it");

    scene.note("A load that tries TCP first finds out; its operator is told to go over HTTPS.");
    stage.inside(field.prefix());
    stage.access(Access.either(XMPP, HTTPS).at(Firewalls.HUB_OF_FIELD));
    scene.startDevices("field", List.of(load));
    orders(scene, office, "shed load-60a for 30 min", "expect load-60a off", "status load-60a now");

    scene.note("A firewall that forgets connections after 5 s is noticed by the lease.");
    field.filter(Firewalls.only(HTTPS, XMPP));
    stage.inside(field.prefix());
    stage.access(Access.tcp(XMPP).at(Firewalls.HUB_OF_FIELD));
    Child forgotten = scene.startDevices("idle", List.of(idle));
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
    field.filter(Firewalls.only(PROXY));
    stage.inside(hub.prefix());
    Child proxy =
        stage.startAside(
            "proxy", ConnectProxy.class, List.of(Firewalls.HUB_OF_FIELD, Integer.toString(PROXY)));
    var unused = proxy.await("ready", CONSOLE_WITHIN);
    scene.check(
        !field.reaches(Firewalls.HUB_OF_FIELD, HTTPS, ATTEMPT_SECONDS),
        "an attempt on port " + HTTPS + " fails");
    stage.inside(field.prefix());
    // The server's address is the proxy's business.
    stage.access(Access.bosh(stage.httpsPort()).at("127.0.0.1").by(Firewalls.HUB_OF_FIELD, PROXY));
    scene.startDevices("proxied", List.of(proxied));
    orders(scene, office, "shed load-63a for 30 min", "expect load-63a off");
  }

  private static void orders(Scene scene, Network.Host office, String... lines) {
    Stage stage = scene.stage();
    BareJid operator = stage.folder().jid("op-1");
    stage.inside(office.prefix());
    stage.access(Access.bosh(HTTPS).at(Firewalls.HUB_OF_OFFICE));
    Child console = stage.startConsole(operator, List.of(lines));
    scene.checkEqual(0, console.ended(CONSOLE_WITHIN), "exit status of the console: " + lines[0]);
  }
}
