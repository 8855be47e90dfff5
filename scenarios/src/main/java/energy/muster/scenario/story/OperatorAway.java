// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.identity.Area;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import java.time.Duration;
import java.util.List;

/** Answers and notices wait for an operator who has gone home, also over a server's restart. */
public final class OperatorAway implements Story {
  private static final Duration WITHIN = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "operator-away";
  }

  @Override
  public String about() {
    return "An operator leaves before the answers come, and finds them on return.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Area branch = new Area("branch-60");
    DeviceSpec late = Cast.load("load-60a", branch, 20);
    DeviceSpec never = Cast.load("load-62c", branch, 40);
    scene.stage().enrol(List.of(late, never));
    scene.enrolOperator("op-1", branch);
    scene.enrolOperator("op-2", branch);
    Child server = scene.stage().startServer();
    // Both must have been seen once, or nobody may order anything of them.
    scene.startDevices("both", List.of(late, never)).terminate();
    Operator leaving = scene.operator("op-1", Duration.ofSeconds(2));
    leaving.does("expect 2 devices that are unavailable");

    scene.note("op-1 orders two devices that are away, and goes home.");
    leaving.says("shed load-60a deliver within 5 min");
    leaving.says("shed load-62c deliver within 15 s");
    leaving.close();

    scene.note("One device comes and carries it out; the other never does. The server restarts.");
    Child device = scene.startDevices("both", List.of(late));
    device.await("outcome", WITHIN);
    Operator colleague = scene.operator("op-2");
    colleague.ends("shed", "load-60a", "executed", WITHIN);
    colleague.ends("shed", "load-62c", "expired", WITHIN);
    colleague.close();
    server.terminate();
    scene.stage().startServer();

    scene.note("op-1 is back.");
    Operator back = scene.operator("op-1");
    back.told("expired", "load-62c", WITHIN);
    back.awaitAnswer("load-60a", "executed", WITHIN);
    back.journaled("shed", "load-60a", "executed");
  }
}
