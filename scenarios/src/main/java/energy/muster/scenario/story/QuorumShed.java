// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.console.session.Event;
import energy.muster.identity.Area;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** So much out of many: whoever refuses, offers less or is silent is made up for by the next. */
public final class QuorumShed implements Story {
  private static final Area BRANCH = new Area("branch-60");
  private static final int KILOWATTS = 40;
  private static final Duration SOON = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "quorum-shed-with-refusals";
  }

  @Override
  public String about() {
    return "Loads shed 120 kW together: what one refuses or does not answer, the next make up for.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    List<DeviceSpec> devices =
        List.of(
            load("load-60a", "tier-1"),
            needing("load-61a", KILOWATTS, "critical process: the melt must stay liquid"),
            needing("load-62a", 28, "the kiln keeps 28 kW"),
            load("load-64a", "tier-2"),
            load("load-65a", "tier-2"),
            load("load-66a", "tier-2"),
            load("load-67a", "critical-loads"));
    DeviceSpec silent = load("load-63a", "tier-1");
    devices.forEach(scene.stage()::enrol);
    scene.stage().enrol(silent);
    scene.enrolOperator("op-1", BRANCH);
    scene.stage().serverProperty("muster.floors", "branch-60=120").startServer();
    scene.startDevices("branch-60", devices);
    Child frozen = scene.startDevices("silent", List.of(silent));
    Operator utility = scene.operator("op-1");
    utility.does("expect 8 loads that are on within 30 s");

    met(scene, utility, frozen);
    cannotBeMet(scene, utility);

    scene.note("The frozen load thaws: what it was asked for is still in time, and it answers.");
    frozen.thaw();
    utility.awaitAnswer("load-63a", "executed", SOON);

    scene.note("The loads come back in steps, because together they would draw more at first.");
    utility.does("restore loads on branch 60 that are off in 2 steps every 4 s");
    utility.sees("cold-load pickup");
    utility.does("expect 8 loads that are on within 30 s");
  }

  private static void met(Scene scene, Operator utility, Child frozen) throws InterruptedException {
    scene.note("The utility needs 120 kW of a branch that keeps 120 kW on; one load freezes.");
    frozen.freeze();
    utility.does("shed 120 kW from branch 60 because \"peak on branch 60\"");
    utility.does("expect met");
    utility.sees("the first 3 announce enough");
    utility.sees("load-67a (critical)");
    utility.sees("branch-60 keeps at least 120 kW on");
    utility.told("goal-met", SOON);
    utility.answered("load-60a", "executed");
    utility.answered("load-61a", "refused");
    utility.sees("the melt must stay liquid");
    utility.sees("12 kW, not 40 kW: the kiln keeps 28 kW");
    utility.answered("load-64a", "executed");
    utility.answered("load-65a", "executed");
    utility.sees("goal met, 132 kW of 120 kW shed");
    utility.sees("no answer yet of load-63a");
    List<String> sums = tallies(utility);
    scene.check(
        sums.size() > 3 && sums.get(sums.size() - 1).equals("132 kW"),
        "the tally came along: " + sums);

    scene.note("Presence and journal agree.");
    utility.does("expect load-60a, load-64a, load-65a off within 10 s");
    utility.does("expect load-61a, load-66a, load-67a on");
    utility.does("expect load-62a on and below 30 kW");
    utility.journaled("shed", "load-62a", "executed");
    utility.journaled("shed", "load-61a", "refused");
    utility.journaled("shed", "load-66a", "cancelled");
    utility.does("orders");
  }

  private static void cannotBeMet(Scene scene, Operator utility) throws InterruptedException {
    scene.note("500 kW more are not there, and the last load on is under the branch's floor.");
    utility.says("shed 500 kW from branch 60");
    utility.does("expect short");
    utility.told("goal-short", SOON);
    utility.sees("that is not enough");
    utility.sees("goal not met, 0 kW of 500 kW shed");
    utility.does("expect load-66a, load-67a on");
  }

  private static List<String> tallies(Operator utility) {
    List<String> sums = new ArrayList<>();
    for (Event event : utility.seen()) {
      if (event instanceof Event.Tally tally) {
        tally.sum().ifPresent(sum -> sums.add(sum.shed().toString()));
      }
    }
    return sums;
  }

  private static DeviceSpec load(String name, String group) {
    DeviceSpec load = Cast.load(name, BRANCH, KILOWATTS);
    return new DeviceSpec(name, Set.of(BRANCH, new Area(group)), load.driver(), load.lease());
  }

  /** One that announces all it draws, and finds out when it is asked what it must keep. */
  private static DeviceSpec needing(String name, int kilowatts, String note) {
    DeviceSpec load = load(name, "tier-1");
    ObjectNode driver = load.driver();
    driver.putObject("needs").put("kw", kilowatts).put("note", note);
    return new DeviceSpec(name, load.areas(), driver, load.lease());
  }
}
