// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.identity.Area;
import energy.muster.presence.Certainty;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Each class of certainty and the ways between them, on the real server with a day's deadlines made
 * short: what the leases of a day come to is tested with the clock in hand.
 */
public final class CertaintyOverADay implements Story {
  private static final Duration LEASE = Duration.ofSeconds(5);
  private static final Duration WITHIN = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "certainty-over-a-day";
  }

  @Override
  public String about() {
    return "A device is real, actual, network, temporary and predicted, and its outages are reckoned.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Area branch = new Area("branch-60");
    DeviceSpec frozen = Cast.load("load-60a", branch, 20).withLease(LEASE);
    DeviceSpec killed = Cast.load("load-62c", branch, 40).withLease(LEASE);
    DeviceSpec steady = Cast.load("load-63a", branch, 40).withLease(LEASE);
    DeviceSpec caller = Cast.load("load-64a", branch, 20).callingEvery(Duration.ofSeconds(15));
    List<DeviceSpec> all = List.of(frozen, killed, steady, caller);
    all.forEach(scene.stage()::enrol);
    scene.enrolOperator("op-1", branch);
    scene
        .stage()
        .serverProperty("muster.grace-seconds", "3")
        .serverProperty("muster.probe-seconds", "3")
        .serverProperty("muster.lease-review-seconds", "2")
        .serverProperty("muster.limit.renewals-per-second", "1");
    scene.stage().startServer();
    Child frozenProcess = scene.startDevices("frozen", List.of(frozen));
    Child killedProcess = scene.startDevices("killed", List.of(killed));
    scene.startDevices("others", List.of(steady, caller));
    Operator utility = scene.operator("op-1");

    scene.note(
        "Connected and heard within its lease: real. Gone until a time it named: predicted.");
    becomes(scene, utility, "load-60a", Certainty.REAL);
    becomes(scene, utility, "load-62c", Certainty.REAL);
    becomes(scene, utility, "load-64a", Certainty.PREDICTED);

    scene.note(
        "Three leases of 5 s are more than one renewal a second: the service asks for longer.");
    scene.await(
        "load-63a has taken a longer lease",
        WITHIN,
        () -> lease(utility, "load-63a").filter(now -> now.compareTo(LEASE) > 0).isPresent());

    scene.note(
        "Frozen: its lease runs out, it answers no probe, it is a fault; thawed, it is back.");
    frozenProcess.freeze();
    becomes(scene, utility, "load-60a", Certainty.ACTUAL);
    becomes(scene, utility, "load-60a", Certainty.TEMPORARY);
    utility.told("fault", "load-60a", WITHIN);
    utility.does("status load-60a");
    frozenProcess.thaw();
    becomes(scene, utility, "load-60a", Certainty.REAL);

    scene.note(
        "Killed: temporary at once. Somebody with its password and without its key: network.");
    killedProcess.kill();
    becomes(scene, utility, "load-62c", Certainty.TEMPORARY);
    scene.visitor("load-62c");
    becomes(scene, utility, "load-62c", Certainty.NETWORK);
    utility.does("status load-62c");
    scene.startDevices("killed", List.of(killed));
    becomes(scene, utility, "load-62c", Certainty.REAL);

    scene.note("The outages stand in the records: faults count, a planned absence does not.");
    utility.does("reliability branch 60 since 1 h");
    utility.sees("least reliable: branch-60");
    utility.does("reliability load-64a");
  }

  private static void becomes(Scene scene, Operator utility, String device, Certainty certainty)
      throws InterruptedException {
    scene.await(
        device + " is " + certainty.wire(),
        WITHIN,
        () -> utility.contact(device).filter(now -> now.certainty() == certainty).isPresent(),
        () -> utility.contact(device).toString());
  }

  private static Optional<Duration> lease(Operator utility, String device) {
    return utility.contact(device).flatMap(Contact::presence).map(DevicePresence::lease);
  }
}
