// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.identity.Area;
import energy.muster.identity.Role;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A supplier publishes what energy costs: each meter answers for itself, one that is away has the
 * newest alone when it returns, and none takes an earlier version again, or the word of somebody
 * else.
 */
public final class TariffReachesEveryMeter implements Story {
  private static final Duration WITHIN = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "tariff-reaches-every-meter";
  }

  @Override
  public String about() {
    return "A tariff to all meters, one of them away; who has it; no earlier version after a later, and no other's.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Area branch = new Area("branch-60");
    List<DeviceSpec> here = List.of(Cast.meter("meter-1", branch), Cast.meter("meter-2", branch));
    List<DeviceSpec> away = List.of(Cast.meter("meter-3", branch));
    scene.stage().enrol(here);
    scene.stage().enrol(away);
    scene.stage().person("tariffs.northco", Role.TARIFF_PUBLISHER, branch);
    scene.stage().person("tariffs.southco", Role.TARIFF_PUBLISHER, branch);
    scene.enrolOperator("op-1", branch);
    scene.stage().startServer();
    scene.startDevices("here", here);
    Child leaving = scene.startDevices("away", away);
    Operator supplier = scene.operator("tariffs.northco");
    Operator rival = scene.operator("tariffs.southco");
    Operator utility = scene.operator("op-1");
    // Until it has said what it is, nobody knows it for a meter.
    supplier.does("expect 3 meters that are available");
    leaving.terminate();
    supplier.does("expect 2 meters that are available");
    OnePrice home = new OnePrice(scene.stage().folder().data(), "northco");
    Path first = home.next("0.2724");
    Path second = home.next("0.2891");

    scene.note("Two meters have it at once, and say so by their own signature; the third is away.");
    supplier.says("publish tariff " + first);
    supplier.sees("the utility is there, with 1 operator on duty");
    supplier.awaitAnswer("meter-1", "executed", WITHIN);
    supplier.awaitAnswer("meter-2", "executed", WITHIN);
    supplier.does("who has tariff northco/home version 1");
    supplier.sees("2 have it, 1 wait for it");

    scene.note("A later version takes its place, also in what waits for the one that is away.");
    supplier.says("publish tariff " + second);
    supplier.does("who has tariff version 1");
    supplier.journaled("set-tariff", "meter-3", "superseded");

    scene.note("A server that is killed loses nothing of it. The meter comes back to the newest.");
    scene.stage().server().kill();
    scene.stage().startServer();
    scene.startDevices("away", away);
    supplier.awaitAnswer("meter-3", "executed", WITHIN);
    supplier.does("who has tariff");
    supplier.sees("northco/home version 2: 3 have it");
    utility.does("status meter-3");
    utility.sees("tariff northco/home version 2");

    scene.note("Who asks is told what counts, by the supplier's own signature.");
    utility.does("tariff");
    utility.does("price now");
    utility.does("prices tomorrow northco/home");
    utility.sees("0.2891");

    scene.note("The earlier one does not come back, and nobody else says what energy costs.");
    supplier.declined("publish tariff " + first, "superseded");
    rival.declined("publish tariff " + home.write(3, "0.01"), "not-authorised");
    utility.declined("publish tariff " + home.write(3, "0.01"), "not-authorised");
  }
}
