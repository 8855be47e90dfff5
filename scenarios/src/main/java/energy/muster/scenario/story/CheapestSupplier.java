// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.identity.Area;
import energy.muster.identity.Role;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import java.time.Duration;
import java.util.List;

/**
 * Two suppliers offer energy; a load takes the cheaper, says each change under its own seal, and
 * draws less when both are too dear.
 */
public final class CheapestSupplier implements Story {
  private static final Area BRANCH = new Area("branch-60");
  private static final Duration SOON = Duration.ofSeconds(20);

  @Override
  public String name() {
    return "cheapest-supplier";
  }

  @Override
  public String about() {
    return "A load takes the cheaper of two suppliers, tells it, and draws less when both are dear.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    var plan = OnePrice.planAbove80("reduce", "northco/home", "southco/home");
    plan.withObject("/rule").put("toKw", 8);
    plan.put("margin", "0.01").put("shortestStaySeconds", 1);
    List<DeviceSpec> devices = List.of(Cast.load("load-48", BRANCH, 20).minding(plan));
    scene.stage().enrol(devices);
    scene.stage().person("tariffs.northco", Role.TARIFF_PUBLISHER, BRANCH);
    scene.stage().person("tariffs.southco", Role.TARIFF_PUBLISHER, BRANCH);
    scene.enrolOperator("op-1", BRANCH);
    scene.stage().startServer();
    Child load = scene.stage().startDevices("load-48", devices);
    Operator north = scene.operator("tariffs.northco");
    Operator south = scene.operator("tariffs.southco");
    Operator utility = scene.operator("op-1");
    OnePrice northern = new OnePrice(scene.stage().folder().data(), "northco");
    OnePrice southern = new OnePrice(scene.stage().folder().data(), "southco");

    scene.note("The load begins with northco at 0.30. southco asks 0.25, and has it.");
    publish(north, northern, "0.30");
    publish(south, southern, "0.25");
    utility.told("supplier", "load-48", SOON);
    utility.sees("takes southco/home instead of northco/home");
    utility.sees("southco/home asks 0.25 a kWh, northco/home 0.30");

    scene.note("It is killed. Whose energy it takes it has on disk.");
    load.kill();
    scene.stage().startDevices("load-48", devices);
    utility.does("expect load-48 on within 20 s");
    utility.does("status load-48 now");
    utility.sees("takes southco/home");

    scene.note("southco asks for more: the load goes back.");
    publish(south, southern, "0.40");
    scene.await(
        "it says that it is back with northco",
        SOON,
        () -> scene.transcript().says("takes northco/home instead of southco/home"));

    scene.note("Both get too dear. It takes the cheaper, and no more than 8 kW of it.");
    publish(south, southern, "0.90");
    publish(north, northern, "0.95");
    scene.await(
        "it says that it takes southco again",
        SOON,
        () -> scene.transcript().says("southco/home asks 0.90 a kWh, northco/home 0.95"));
    utility.told("own-act", "load-48", SOON);
    utility.ends("limit", "load-48", "executed", SOON);
    utility.does("status load-48 now");
    utility.sees("limit 8 kW");

    scene.note("northco is sensible again: the load goes back to it, and draws what it likes.");
    publish(north, northern, "0.31");
    utility.ends("restore", "load-48", "executed", SOON);
  }

  private static void publish(Operator supplier, OnePrice price, String perKwh) throws Exception {
    supplier.does("publish tariff " + price.next(perKwh) + " to load-48");
    supplier.does("expect executed within 10 s");
  }
}
