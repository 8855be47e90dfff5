// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.identity.Area;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.DeviceSpec;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** The main job: shed a load, or, when the load must not be shed, start a generator. */
public final class ShedOrGenerate implements Story {
  @Override
  public String name() {
    return "shed-or-generate";
  }

  @Override
  public String about() {
    return "A load is shed; a load in a critical process refuses, and a generator is started instead.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Area branch = new Area("branch-60");
    DeviceSpec willing = Cast.load("load-60a", branch, 20);
    DeviceSpec critical =
        Cast.load("load-76c", branch, 70)
            .inProcess(
                "critical process online",
                scene.now().plus(Duration.ofMinutes(63)),
                ZoneId.systemDefault());
    DeviceSpec generator = Cast.generator("gen-2", branch, 400, 2);
    List<DeviceSpec> devices = List.of(willing, critical, generator);
    devices.forEach(scene.stage()::enrol);
    scene.enrolOperator("op-1", branch);
    scene.stage().startServer();
    scene.startDevices("branch-60", devices);

    scene.note("The utility sees the load on and the generator off.");
    Operator utility = scene.operator("op-1");
    utility.does("expect 3 devices");
    utility.does("who");
    utility.does("expect load-60a on");
    utility.does("expect gen-2 off");

    scene.note("It sheds the load; presence turns to off and the signed answer arrives.");
    utility.does("shed load-60a for 30 min because peak on branch 60");
    utility.does("expect load-60a off");
    utility.answered("load-60a", "executed");

    scene.note("The next load is in a critical process: it refuses, and says until when.");
    utility.refused("shed load-76c for 30 min", "critical-process");
    utility.sees("critical process online");
    utility.does("expect load-76c restricted");
    utility.does("status load-76c");

    scene.note("So the utility starts the generator: off, restricted while starting, on.");
    utility.does("follow gen-2");
    utility.does("start gen-2");
    utility.does("expect gen-2 restricted within 5 s");
    utility.refused("stop gen-2", "interlocked");
    utility.does("expect gen-2 on within 10 s");
    utility.does("status gen-2 now");

    scene.note("The journal tells the same story.");
    utility.does("orders");
    utility.journaled("shed", "load-60a", "executed");
    utility.journaled("shed", "load-76c", "refused");
    utility.journaled("start", "gen-2", "executed");
    utility.journaled("stop", "gen-2", "refused");
  }
}
