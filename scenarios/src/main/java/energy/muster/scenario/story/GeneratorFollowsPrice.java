// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.Area;
import energy.muster.identity.Role;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A generator runs while energy from the grid costs more than its own, for its shortest time at
 * least, and past a kill; an operator has the last word.
 */
public final class GeneratorFollowsPrice implements Story {
  private static final Area BRANCH = new Area("branch-60");
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration SHORTEST_RUN = Duration.ofSeconds(8);

  @Override
  public String name() {
    return "generator-follows-price";
  }

  @Override
  public String about() {
    return "A generator runs while its own energy is cheaper, for a shortest time; an operator overrules it.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    ObjectNode plan = OnePrice.plan("northco/home");
    plan.set(
        "rule",
        OnePrice.rule("generate", "0.50").put("shortestResponseSeconds", SHORTEST_RUN.toSeconds()));
    List<DeviceSpec> devices = List.of(Cast.generator("gen-2", BRANCH, 40, 1).minding(plan));
    scene.stage().enrol(devices);
    scene.stage().person("tariffs.northco", Role.TARIFF_PUBLISHER, BRANCH);
    scene.enrolOperator("op-1", BRANCH);
    scene.stage().startServer();
    Child generator = scene.startDevices("gen-2", devices);
    Operator supplier = scene.operator("tariffs.northco");
    Operator utility = scene.operator("op-1");
    OnePrice price = new OnePrice(scene.stage().folder().data(), "northco");

    scene.note("Energy costs 0.40, its own 0.50: it does not run.");
    publish(supplier, price, "0.40");
    utility.does("status gen-2 now");
    utility.sees("0.40 USD a kWh is not above the own cost of 0.50");
    utility.does("expect gen-2 off");

    scene.note("Energy costs 0.62: it starts, and signs why.");
    publish(supplier, price, "0.62");
    utility.told("own-act", "gen-2", SOON);
    utility.sees("0.62 USD a kWh is above the own cost of 0.50");
    utility.ends("start", "gen-2", "executed", SOON);
    utility.does("expect gen-2 on within 20 s");

    scene.note("It is killed while it runs, and does not start a second time.");
    generator.kill();
    scene.startDevices("gen-2", devices);
    utility.does("expect gen-2 on within 20 s");
    scene.checkEqual(1L, times(utility, "start gen-2"), "times that it started itself");

    overruled(scene, utility);

    scene.note("Energy costs 0.20 as soon as it runs: it runs for its shortest time all the same.");
    Instant running = scene.now();
    publish(supplier, price, "0.20");
    utility.does("expect gen-2 on");
    long stopsBefore = times(utility, "stop gen-2");
    utility.does("expect gen-2 off within 20 s");
    Duration ran = Duration.between(running, scene.now());
    scene.check(
        ran.compareTo(SHORTEST_RUN.minusSeconds(3)) > 0, "it ran on for " + ran.toSeconds() + " s");
    scene.checkEqual(stopsBefore + 1, times(utility, "stop gen-2"), "stops, one more than before");
    utility.does("status gen-2 now");
    utility.sees("0.20 USD a kWh is not above the own cost of 0.50");
  }

  private static void overruled(Scene scene, Operator utility) throws InterruptedException {
    scene.note("The neighbours sleep: op-1 overrules prices, and it stops at once.");
    utility.does("overrule gen-2 prices for 2 h because neighbours sleep");
    utility.ends("stop", "gen-2", "executed", SOON);
    utility.does("expect gen-2 off within 20 s");
    utility.does("status gen-2 now");
    utility.sees("prices are overruled by op-1 (neighbours sleep), until ");

    scene.note("They are awake: prices count again, and it runs.");
    utility.does("lift gen-2 prices");
    utility.does("expect gen-2 on within 20 s");
    scene.checkEqual(2L, times(utility, "start gen-2"), "times that it started itself");
  }

  private static void publish(Operator supplier, OnePrice price, String perKwh) throws Exception {
    supplier.does("publish tariff " + price.next(perKwh) + " to gen-2");
    supplier.does("expect executed within 10 s");
  }

  private static long times(Operator utility, String order) throws InterruptedException {
    return utility.ordered().stream().filter(order::equals).count();
  }
}
