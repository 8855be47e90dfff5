// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.identity.Area;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import java.time.Duration;
import java.util.List;

/**
 * A device that dies and a device that freezes are both called faults, in time, and both come back:
 * the frozen one as it was, the other one not, which is shown.
 */
public final class GoneWithoutReason implements Story {
  private static final Duration LEASE = Duration.ofSeconds(5);
  // A closed session is a fault after 15 s without a goodbye.
  private static final Duration KILLED_WITHIN = Duration.ofSeconds(15 + 5);
  // Silence is one only after the lease, 15 s of grace and two probes of 5 s.
  private static final Duration FROZEN_WITHIN = LEASE.plusSeconds(15 + 10 + 5);
  private static final Duration BACK_WITHIN = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "gone-without-reason";
  }

  @Override
  public String about() {
    return "A killed and a frozen device are each told as a fault; what they are when back is compared.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Area branch = new Area("branch-60");
    DeviceSpec killed = Cast.load("load-60a", branch, 20).withLease(LEASE);
    DeviceSpec frozen = Cast.load("load-62c", branch, 40).withLease(LEASE);
    DeviceSpec leaving = Cast.load("load-63a", branch, 40).withLease(LEASE);
    List.of(killed, frozen, leaving).forEach(scene.stage()::enrol);
    scene.enrolOperator("op-1", branch);
    scene.stage().startServer();
    Child killedProcess = scene.startDevices("killed", List.of(killed));
    Child frozenProcess = scene.startDevices("frozen", List.of(frozen));
    Child leavingProcess = scene.startDevices("leaving", List.of(leaving));
    Operator utility = scene.operator("op-1");
    utility.does("expect 3 devices that are available");
    utility.does("shed load-60a for 30 min");
    utility.answered("load-60a", "executed");
    scene.await(
        "load-60a is off", BACK_WITHIN, () -> operating(utility, "load-60a") == Operating.OFF);

    scene.note(
        "load-60a is killed (SIGKILL), load-62c frozen (SIGSTOP), load-63a takes its leave.");
    killedProcess.kill();
    frozenProcess.freeze();
    scene.checkEqual(0, leavingProcess.terminate(), "exit status of the one that left");

    scene.await(
        "load-60a is a fault",
        KILLED_WITHIN,
        () -> utility.contact("load-60a").map(Contact::fault).orElse(false));
    utility.told("fault", "load-60a");
    scene.await(
        "load-62c is a fault",
        FROZEN_WITHIN,
        () -> utility.contact("load-62c").map(Contact::fault).orElse(false));
    utility.told("fault", "load-62c");
    scene.check(
        utility.contact("load-63a").filter(contact -> !contact.fault()).isPresent(),
        "load-63a left with a reason and is no fault");
    utility.does("who that are faulty");
    utility.does("status load-62c");

    scene.note("The frozen one is continued: it proves itself again and works.");
    frozenProcess.thaw();
    scene.await(
        "load-62c is there again",
        BACK_WITHIN,
        () ->
            utility
                .contact("load-62c")
                .filter(contact -> contact.certainty().reachable() && !contact.fault())
                .isPresent());
    utility.does("shed load-62c for 30 min");
    utility.answered("load-62c", "executed");
    scene.check(!differs(utility, "load-62c"), "load-62c came back as it was believed to be");

    scene.note("While load-60a is down somebody switches it on by hand. It is started again.");
    LocalOperation.switchOn(
        scene.stage().folder().data().resolve("devices").resolve("killed.db"),
        scene.stage().folder().jid("load-60a"));
    scene.startDevices("killed", List.of(killed));
    utility.told("difference", "load-60a", BACK_WITHIN);
    scene.await(
        "load-60a is on, and shown with the difference",
        BACK_WITHIN,
        () -> operating(utility, "load-60a") == Operating.ON && differs(utility, "load-60a"));
    utility.does("status load-60a");
    utility.sees("difference: came back on at");

    scene.note("Nobody has overwritten the one with the other: the operator sheds it again.");
    utility.does("shed load-60a for 30 min");
    utility.answered("load-60a", "executed");
    scene.await("and nothing differs any more", BACK_WITHIN, () -> !differs(utility, "load-60a"));
  }

  private static boolean differs(Operator utility, String device) {
    return utility.contact(device).flatMap(Contact::difference).isPresent();
  }

  private static Operating operating(Operator utility, String device) {
    return utility
        .contact(device)
        .flatMap(Contact::presence)
        .map(DevicePresence::operating)
        .orElse(Operating.NONE);
  }
}
