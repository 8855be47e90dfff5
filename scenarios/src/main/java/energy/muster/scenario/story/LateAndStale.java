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

/** What comes too late is not carried out, and its issuer is told what became of it. */
public final class LateAndStale implements Story {
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(20);

  @Override
  public String name() {
    return "late-and-stale";
  }

  @Override
  public String about() {
    return "An order that could not be delivered in time is void; one that a device finds late, it refuses.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Area branch = new Area("branch-60");
    DeviceSpec away = Cast.load("load-60a", branch, 20);
    DeviceSpec frozen = Cast.load("load-62c", branch, 40);
    List.of(away, frozen).forEach(scene.stage()::enrol);
    scene.enrolOperator("op-1", branch);
    scene.stage().startServer();
    Child awayProcess = scene.startDevices("away", List.of(away));
    Child frozenProcess = scene.startDevices("frozen", List.of(frozen));
    Operator utility = scene.operator("op-1", Duration.ofSeconds(10));
    utility.does("expect 2 devices that are available");

    scene.note("load-60a leaves. What is ordered meanwhile is held, and void past its deliver-by.");
    awayProcess.terminate();
    utility.does("expect load-60a unavailable");
    utility.says("shed load-60a deliver within 3 s execute within 10 min");
    utility.told("expired", "load-60a", TOLD_WITHIN);
    utility.ends("shed", "load-60a", "expired", TOLD_WITHIN);
    Child back = scene.startDevices("away", List.of(away));
    utility.does("expect load-60a on");
    scene.check(
        back.events().stream().noneMatch(said -> said.path("event").asText().equals("command")),
        "load-60a came back and was not given it");

    scene.note("load-62c freezes with an order on its way; it thaws when the order is stale.");
    frozenProcess.freeze();
    utility.says("shed load-62c deliver within 3 s execute within 6 s");
    utility.told("unconfirmed", "load-62c", TOLD_WITHIN);
    utility.ends("shed", "load-62c", "unconfirmed", TOLD_WITHIN);
    frozenProcess.thaw();
    utility.ends("shed", "load-62c", "refused", TOLD_WITHIN);
    utility.does("expect load-62c on");
    scene.check(
        frozenProcess.events().stream()
            .noneMatch(said -> said.path("result").asText().equals("executed")),
        "load-62c has carried nothing out");
  }
}
