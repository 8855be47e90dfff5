// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.Area;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Two generators start at two times, by their own clocks, over a death in between. */
public final class TimedStartInOrder implements Story {
  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  @Override
  public String name() {
    return "timed-start-in-order";
  }

  @Override
  public String about() {
    return "Two generators start at their times though one dies meanwhile; one with an unsure clock refuses.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Area branch = new Area("branch-60");
    DeviceSpec first = Cast.generator("gen-1", branch, 400, 1);
    DeviceSpec second = Cast.generator("gen-2", branch, 400, 1);
    DeviceSpec unsure = Cast.generator("gen-3", branch, 400, 1);
    scene.stage().enrol(List.of(first, second, unsure));
    scene.enrolOperator("op-1", branch);
    scene.stage().startServer();
    Child firstProcess = scene.startDevices("gen-1", List.of(first));
    Child secondProcess = scene.startDevices("gen-2", List.of(second));
    scene.startDevices("gen-3", List.of(unsure)).terminate();
    scene.startDevices("gen-3", List.of(unsure), List.of("--clock-offset", "-PT1H"));
    Operator utility = scene.operator("op-1", Duration.ofSeconds(3));
    utility.does("expect 3 generators that are off");

    Instant begin = scene.now().truncatedTo(ChronoUnit.SECONDS);
    Instant early = begin.plusSeconds(20);
    Instant late = begin.plusSeconds(26);
    scene.note("The later start is ordered first, the earlier one second; then gen-1 is killed.");
    utility.says("start gen-2 at " + late);
    utility.says("start gen-1 at " + early);
    utility.says("start gen-3 at " + early);
    utility.sees("clock-unsure");
    firstProcess.kill();
    Child again = scene.startDevices("gen-1", List.of(first));

    scene.note("Each starts when its time has come, not before.");
    Instant one = carriedOut(again);
    Instant two = carriedOut(secondProcess);
    scene.check(!one.isBefore(early) && one.isBefore(early.plus(TOLERANCE)), "gen-1 in time");
    scene.check(!two.isBefore(late) && two.isBefore(late.plus(TOLERANCE)), "gen-2 in time");
    scene.check(one.isBefore(two), "gen-1 before gen-2");
    utility.awaitAnswer("gen-1", "executed", WITHIN);
    utility.awaitAnswer("gen-2", "executed", WITHIN);
    utility.does("expect gen-1 on within 20 s");
    utility.does("expect gen-2 on within 20 s");
    utility.does("expect gen-3 off");
  }

  private static Instant carriedOut(Child generator) {
    ObjectNode said =
        generator.await(
            "outcome", event -> event.path("result").asText().equals("executed"), WITHIN);
    return Instant.parse(said.path("at").asText());
  }
}
