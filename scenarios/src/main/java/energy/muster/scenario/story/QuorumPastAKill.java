// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.console.session.LineResult;
import energy.muster.identity.Area;
import energy.muster.presence.Quantity;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The server is killed in the middle of a goal; the next one goes on with it. */
public final class QuorumPastAKill implements Story {
  private static final Area BRANCH = new Area("branch-60");
  private static final int KILOWATTS = 40;
  private static final int FLOOR = 80;
  private static final Duration SOON = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "quorum-shed-past-a-kill";
  }

  @Override
  public String about() {
    return "The server is killed while loads shed 120 kW together: nobody is asked twice.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Path traces = Files.createDirectories(scene.stage().folder().data().resolve("traces"));
    List<DeviceSpec> quick =
        List.of(
            load(traces, "load-60a", "tier-1"),
            load(traces, "load-61a", "tier-1"),
            load(traces, "load-64a", "tier-2"),
            load(traces, "load-65a", "tier-2"),
            load(traces, "load-67a", "critical-loads"));
    DeviceSpec slow = offeringLess(load(traces, "load-62a", "tier-1"));
    scene.stage().enrol(quick);
    scene.stage().enrol(slow);
    scene.enrolOperator("op-1", BRANCH);
    // Nobody is made up for because of silence here, so that it is known who is asked when.
    scene
        .stage()
        .serverProperty("muster.floors", "branch-60=" + FLOOR)
        .serverProperty("muster.goal.patience.seconds", "120")
        .startServer();
    scene.startDevices("quick", quick);
    Child frozen = scene.startDevices("slow", List.of(slow));
    Operator utility = scene.operator("op-1");
    utility.does("expect 6 loads that are on within 30 s");

    scene.note("Two of the first three answer; the third is frozen. Then the server is killed.");
    frozen.freeze();
    CompletableFuture<LineResult> typed = CompletableFuture.supplyAsync(() -> sheds(utility));
    utility.awaitAnswer("load-60a", "executed", SOON);
    utility.awaitAnswer("load-61a", "executed", SOON);
    scene.stage().server().kill();
    scene.check(!acted(traces, "load-62a"), "load-62a has not done anything yet");
    scene.stage().startServer();

    scene.note("It thaws and can spare only 12 kW: the new server asks the next in its place.");
    frozen.thaw();
    utility.awaitAnswer("load-62a", "executed", SOON);
    utility.awaitAnswer("load-64a", "executed", SOON);
    utility.told("goal-met", SOON);
    typed.join();

    scene.note("Nobody was asked twice, the tally is right, and the floor is kept.");
    utility.does("orders");
    utility.sees("132 kW of 120 kW, met");
    utility.looksAtNewestOrder();
    utility.sees("to make up for load-62a (12 kW, not 40 kW)");
    for (String device : List.of("load-60a", "load-61a", "load-62a", "load-64a")) {
      scene.checkEqual(1L, sheds(traces, device), "how often " + device + " has shed");
    }
    utility.journaled("shed", "load-65a", "cancelled");
    scene.check(!acted(traces, "load-65a"), "load-65a was never asked");
    scene.check(!acted(traces, "load-67a"), "nor was the critical load");
    scene.await("108 kW stay on", SOON, () -> on(utility) == 108);
    utility.does("restore loads on branch 60 that are off");
  }

  private static LineResult sheds(Operator utility) {
    try {
      return utility.says("shed 120 kW from branch 60 within 5 min because \"peak\"");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int on(Operator person) {
    return person.session().mirror().all().stream()
        .flatMap(contact -> contact.presence().stream())
        .flatMap(said -> said.quantity(Quantity.POWER).stream())
        .mapToInt(BigDecimal::intValue)
        .sum();
  }

  private static boolean acted(Path traces, String device) {
    return Files.exists(traces.resolve(device));
  }

  private static long sheds(Path traces, String device) throws IOException {
    return Files.readAllLines(traces.resolve(device)).stream()
        .filter(line -> line.contains("\"shed\""))
        .count();
  }

  private static DeviceSpec load(Path traces, String name, String group) {
    DeviceSpec load = Cast.load(name, BRANCH, KILOWATTS);
    return new DeviceSpec(
        name,
        Set.of(BRANCH, new Area(group)),
        load.driver().put("trace", traces.resolve(name).toString()),
        load.lease());
  }

  /** It announces all it draws, and finds out when it is asked what it must keep. */
  private static DeviceSpec offeringLess(DeviceSpec load) {
    ObjectNode driver = load.driver();
    driver.putObject("needs").put("kw", 28).put("note", "the kiln keeps 28 kW");
    return new DeviceSpec(load.name(), load.areas(), driver, load.lease());
  }
}
