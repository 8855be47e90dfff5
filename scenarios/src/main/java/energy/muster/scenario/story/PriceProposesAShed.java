// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.console.session.Event;
import energy.muster.identity.Area;
import energy.muster.identity.Role;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.DeviceSpec;
import java.time.Duration;
import java.util.List;

/**
 * The utility's rule answers a dear price by proposing a shed: nothing happens until an operator
 * signs it, only one does, and it ends when the price is another.
 */
public final class PriceProposesAShed implements Story {
  private static final Duration WITHIN = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "price-proposes-a-shed";
  }

  @Override
  public String about() {
    return "A dear price becomes a proposal to operators on duty; one of them signs it, and nobody else must.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Area branch = new Area("branch-60");
    List<DeviceSpec> devices =
        List.of(
            Cast.meter("meter-1", branch),
            Cast.load("load-60a", branch, 40),
            Cast.load("load-61a", branch, 40),
            Cast.load("load-62a", branch, 40));
    scene.stage().enrol(devices);
    scene.stage().person("tariffs.northco", Role.TARIFF_PUBLISHER, branch);
    scene.enrolOperator("op-1", branch);
    scene.enrolOperator("op-2", branch);
    scene.enrolOperator("op-3", branch);
    scene
        .stage()
        .serverProperty(
            "muster.price.proposals", "northco/home above 0.80: shed 80 kW from branch-60")
        .startServer();
    scene.startDevices("devices", devices);
    Operator supplier = scene.operator("tariffs.northco");
    Operator first = scene.operator("op-1");
    Operator second = scene.operator("op-2");
    first.does("expect 3 loads that are on within 30 s");
    supplier.does("expect 1 meter that is available");
    OnePrice home = new OnePrice(scene.stage().folder().data(), "northco");

    Operator third = scene.operator("op-3");
    third.does("off duty");

    scene.note("A price that is not dear asks nobody anything.");
    supplier.does("publish tariff " + home.write(1, "0.40"));
    first.does("proposals");
    first.sees("0 proposals");

    scene.note("A dear one is shown to those on duty; nothing is shed by it.");
    supplier.does("publish tariff " + home.write(2, "0.91"));
    first.told("proposal", WITHIN);
    second.told("proposal", WITHIN);
    first.does("expect 3 loads that are on");

    scene.note("op-3 was there and off duty. Coming on duty, they are shown it as well.");
    scene.check(proposed(third) == 0, "op-3 was not told while off duty");
    third.does("on duty");
    third.told("proposal", WITHIN);

    scene.note("The server is killed; the proposal stands. One operator signs it with one line.");
    scene.stage().server().kill();
    scene.stage().startServer();
    // What this console believes is from before the kill; what the loads answer is not.
    first.does("status load-60a, load-61a, load-62a now");
    first.does("expect 3 loads that are available within 30 s");
    first.does("accept proposal 1");
    first.does("expect met");
    first.does("expect 2 loads that are off within 30 s");
    second.declined("accept proposal 1", "already-there");
    second.does("proposals");
    second.sees("accepted");
    second.sees("by op-1");

    scene.note("Who has it gives it back, and nobody else does.");
    second.declined("release proposal 1", "already-there");
    first.does("release proposal 1");
    first.sees("1    open");
  }

  private static long proposed(Operator operator) {
    return operator.seen().stream()
        .filter(
            event -> event instanceof Event.Noticed noticed && noticed.kind().equals("proposal"))
        .count();
  }
}
