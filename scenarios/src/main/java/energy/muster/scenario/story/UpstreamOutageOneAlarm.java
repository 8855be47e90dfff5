// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.AlarmState;
import energy.muster.identity.Area;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.DeviceSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A branch loses its supply: one alarm, and not one a load. */
public final class UpstreamOutageOneAlarm implements Story {
  private static final Area BRANCH = new Area("branch-60");
  private static final int LOADS = 12;
  private static final String LOST = "{\"happenings\": [\"supply-lost\"]}";
  private static final Duration WITHIN = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "upstream-outage-one-alarm";
  }

  @Override
  public String about() {
    return "A dead branch is one alarm; the alarms it explains look for nobody.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    scene.enrolOperator("op-1", BRANCH);
    List<DeviceSpec> loads = new ArrayList<>();
    for (int i = 1; i <= LOADS; i++) {
      loads.add(AlarmsSeen.played(scene, Cast.load("load-" + i, BRANCH, 20)));
    }
    loads.add(AlarmsSeen.played(scene, Cast.load("load-99", new Area("branch-13"), 20)));
    scene.stage().enrol(loads);
    scene.stage().startServer();
    scene.startDevices("loads", loads);
    Operator operator = scene.operator("op-1");

    scene.note("The supply of " + LOADS + " loads on branch-60 fails.");
    for (int i = 1; i <= LOADS; i++) {
      AlarmsSeen.play(scene, "load-" + i, LOST);
    }
    scene.await(
        "one alarm explains all of them",
        WITHIN,
        () -> AlarmsSeen.sees(operator, alarm -> alarm.children() == LOADS));
    scene.await("it is offered to op-1", WITHIN, () -> !AlarmsSeen.offered(operator).isEmpty());
    operator.does("alarms");
    Collection<AlarmEntry> alarms = AlarmsSeen.known(operator).values();
    AlarmEntry branch =
        alarms.stream().filter(alarm -> alarm.branch().isPresent()).findFirst().orElseThrow();
    scene.checkEqual(BRANCH, branch.branch().orElseThrow(), "what is dead");
    scene.checkEqual(
        LOADS,
        AlarmsSeen.in(alarms, AlarmState.SUPPRESSED_BY_DESIGN).size(),
        "alarms that it explains");
    scene.checkEqual(
        List.of(branch.number()),
        AlarmsSeen.offered(operator).stream().distinct().toList(),
        "what op-1 was asked about");
    operator.does("ack " + branch.number());

    scene.note("The supply is back.");
    for (int i = 1; i <= LOADS; i++) {
      AlarmsSeen.play(scene, "load-" + i, "{}");
    }
    scene.await(
        "all of it is over",
        WITHIN,
        () -> AlarmsSeen.known(operator).values().stream().allMatch(AlarmEntry::closed));
    operator.does("alarms report");
    scene.checkEqual(
        List.of(branch.number()),
        AlarmsSeen.offered(operator).stream().distinct().toList(),
        "what op-1 was asked about in the end");
  }
}
