// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.console.session.Event;
import energy.muster.console.session.Settled;
import energy.muster.identity.Area;
import energy.muster.json.Json;
import energy.muster.metering.IntervalEnergy;
import energy.muster.metering.IntervalRun;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.DeviceSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A shed is settled by what the device signed and by what its own meter counted less than before:
 * no figure before the meter has told it, and then what was promised was delivered.
 */
public final class ShedIsSettled implements Story {
  private static final Area BRANCH = new Area("branch-60");
  private static final Duration STEP = Duration.ofMinutes(1);
  private static final Duration TOLD_WITHIN = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(2);
  private static final int KILOWATTS = 20;

  /** Of 20 kW in a minute. */
  private static final int WATT_HOURS = 333;

  @Override
  public String name() {
    return "shed-is-settled";
  }

  @Override
  public String about() {
    return "A shed is settled by the device's signed word and its own meter; no figure before all is told.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Path memory = scene.stage().folder().data().resolve("memory.json");
    List<DeviceSpec> devices = List.of(load(memory));
    scene.stage().enrol(devices);
    scene.enrolOperator("op-1", BRANCH);
    scene.stage().startServer();
    Instant end = scene.now().truncatedTo(ChronoUnit.MINUTES).plus(STEP.multipliedBy(2));
    remember(memory, end);
    scene.startDevices("load-48", devices);
    Operator utility = scene.operator("op-1");
    utility.does("expect load-48 on within 30 s");

    scene.note("It is shed for 20 seconds, and signs that it shed 20 kW.");
    while (scene.now().isBefore(end)) {
      scene.pause(PAUSE);
    }
    utility.does("shed load-48 for 20 s because peak");
    utility.does("expect executed within 10 s");
    utility.does("expect load-48 off within 10 s");
    String order = orderOf(utility);
    utility.says("settle " + order);
    scene.check(settled(utility).figure().isEmpty(), "no figure while it lasts");
    utility.does("expect load-48 on within 40 s");

    scene.note("When its meter has told the minute, there is a figure.");
    scene.await("it is settled", TOLD_WITHIN, () -> isSettled(scene, utility, order));
    BigDecimal share = settled(utility).figure().orElseThrow();
    scene.check(
        share.subtract(BigDecimal.ONE).abs().compareTo(new BigDecimal("0.10")) < 0,
        "what was promised was delivered, within a tenth: " + share.toPlainString());
    Path file = scene.stage().folder().data().resolve("settled.csv");
    utility.does("settle " + order + " to " + file);
    scene.check(Files.readString(file).contains("delivered-kwh"), "the records are in the file");
  }

  private static DeviceSpec load(Path memory) {
    DeviceSpec load = Cast.load("load-48", BRANCH, KILOWATTS);
    ObjectNode driver = load.driver();
    driver
        .putObject("metering")
        .put("minutes", 1)
        .put("reportMinutes", 1)
        .put("memory", memory.toString());
    return load.withDriver(driver);
  }

  /** Ten minutes at full power, until then. */
  private static void remember(Path file, Instant end) throws IOException {
    List<IntervalEnergy> intervals = new ArrayList<>();
    for (int minute = 10; minute > 0; minute--) {
      intervals.add(IntervalEnergy.valid(end.minus(STEP.multipliedBy(minute)), WATT_HOURS, 0));
    }
    ObjectNode memory = Json.object();
    new IntervalRun(STEP, intervals).write(memory.putArray("runs").addObject());
    Files.write(file, Json.bytes(memory));
  }

  private static String orderOf(Operator utility) {
    return utility.seen().stream()
        .filter(Event.Accepted.class::isInstance)
        .map(event -> ((Event.Accepted) event).order().text())
        .reduce((first, last) -> last)
        .orElseThrow();
  }

  private static boolean isSettled(Scene scene, Operator utility, String order) {
    try {
      // A client may ask so often in a second, and no oftener.
      scene.pause(BETWEEN_QUESTIONS);
      utility.says("settle " + order);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return settled(utility).figure().isPresent();
  }

  private static Settled settled(Operator utility) {
    return utility.seen().stream()
        .filter(Event.Settlement.class::isInstance)
        .map(event -> ((Event.Settlement) event).settled())
        .reduce((first, last) -> last)
        .orElseThrow();
  }
}
