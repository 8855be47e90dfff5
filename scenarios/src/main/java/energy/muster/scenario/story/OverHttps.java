// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.identity.Area;
import energy.muster.presence.Certainty;
import energy.muster.presence.Contact;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.Access;
import energy.muster.stage.Child;
import energy.muster.stage.ConnectProxy;
import energy.muster.stage.DeviceSpec;
import energy.muster.stage.Stage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Who gets out over HTTPS alone is on the network as anybody else. */
public final class OverHttps implements Story {
  private static final Duration LEASE = Duration.ofSeconds(5);
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration WITHIN = Duration.ofSeconds(40);
  // Silence is a fault only after the lease, 15 s of grace and two probes of 5 s.
  private static final Duration KILLED_WITHIN = LEASE.plusSeconds(15 + 10 + 5);

  @Override
  public String name() {
    return "over-https";
  }

  @Override
  public String about() {
    return "Devices and an operator over HTTPS alone, chosen, found out, or by way of a proxy.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Area branch = new Area("branch-60");
    DeviceSpec load = Cast.load("load-60a", branch, 20).withLease(LEASE);
    DeviceSpec caller = Cast.load("load-61a", branch, 20).callingEvery(EVERY);
    DeviceSpec finder = Cast.load("load-62c", branch, 40);
    DeviceSpec behind = Cast.load("load-63a", branch, 40);
    List.of(load, caller, finder, behind).forEach(scene.stage()::enrol);
    scene.enrolOperator("op-1", branch);
    Stage stage = scene.stage().overHttps(0);
    stage.startServer();

    scene.note("A load and its operator are told to go over HTTPS.");
    stage.access(Access.bosh(stage.httpsPort()));
    Child loadProcess = scene.startDevices("load", List.of(load));
    Operator utility = scene.operator("op-1");
    scene.checkEqual(
        "BOSH",
        utility.session().transport().map(Enum::name).orElse("nothing"),
        "what carries the operator's session");
    utility.does("shed load-60a for 30 min");
    utility.answered("load-60a", "executed");
    utility.does("expect load-60a off");
    utility.does("status load-60a now");

    scene.note("A device that only calls in gets its order and answers in the same contact.");
    scene.startDevices("caller", List.of(caller));
    scene.await("load-61a is expected at a known time", WITHIN, () -> expected(utility));
    utility.says("shed load-61a deliver within 2 min");
    utility.awaitAnswer("load-61a", "executed", WITHIN);
    scene.await("load-61a has left again", WITHIN, () -> expected(utility));

    scene.note("Where nobody answers over TCP, HTTPS is found.");
    stage.access(Access.either(unused(), stage.httpsPort()));
    scene.startDevices("finder", List.of(finder));
    utility.does("shed load-62c for 30 min");
    utility.answered("load-62c", "executed");

    scene.note("A proxy that wants a login is gone through, over HTTPS and over TCP.");
    Path password = Files.writeString(stage.folder().data().resolve("proxy.password"), "opens");
    try (ConnectProxy proxy =
        new ConnectProxy(InetAddress.getLoopbackAddress(), 0, Optional.of("edge:opens"))) {
      Access https = Access.bosh(stage.httpsPort());
      throughProxy(scene, utility, behind, proxy, by(https, proxy, password));
      throughProxy(scene, utility, behind, proxy, by(Access.tcp(stage.port()), proxy, password));
    }

    scene.note("One that is killed is a fault when its lease is over, as one that freezes.");
    loadProcess.kill();
    Duration noticed =
        scene.await(
            "load-60a is a fault",
            KILLED_WITHIN,
            () -> utility.contact("load-60a").map(Contact::fault).orElse(false));
    utility.told("fault", "load-60a");
    scene.note("noticed after " + noticed.toSeconds() + " s");
  }

  private static Access by(Access access, ConnectProxy proxy, Path password) {
    return access.by("127.0.0.1", proxy.port(), "edge", password);
  }

  private static void throughProxy(
      Scene scene, Operator utility, DeviceSpec device, ConnectProxy proxy, Access access)
      throws Exception {
    int before = proxy.opened();
    scene.stage().access(access);
    Child process = scene.startDevices("behind", List.of(device));
    utility.does("status " + device.name() + " now");
    scene.check(proxy.opened() > before, "the proxy has opened a tunnel for it");
    scene.checkEqual(0, process.terminate(), "exit status of the one that left");
  }

  private static int unused() throws Exception {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  private static boolean expected(Operator utility) {
    return utility
        .contact("load-61a")
        .filter(contact -> contact.certainty() == Certainty.PREDICTED)
        .flatMap(Contact::absence)
        .flatMap(Contact.Absence::next)
        .isPresent();
  }
}
