// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.identity.Area;
import energy.muster.identity.Role;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.DeviceSpec;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The patent's story of five devices, with settings in the place of firmware: four take them at
 * once, one is on but unavailable, is watched, and gets them when it may; the next time it is not
 * released, and that is put in front of a person.
 */
public final class UpgradeFiveOneAway implements Story {
  private static final Duration WITHIN = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "upgrade-five-one-away";
  }

  @Override
  public String about() {
    return "One message to five devices: four answer, the fifth is waited for, and at last given up.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Area branch = new Area("branch-60");
    List<DeviceSpec> five =
        IntStream.rangeClosed(1, 5).mapToObj(n -> Cast.load("load-" + n, branch, 20)).toList();
    scene.stage().enrol(five);
    scene.stage().person("eng-1", Role.ENGINEER, branch);
    scene.enrolOperator("op-1", branch);
    scene.stage().startServer();
    scene.startDevices("five", five);
    Operator utility = scene.operator("op-1");
    Operator engineer = scene.operator("eng-1", Duration.ofSeconds(5));
    utility.does("expect 5 loads that are available");

    scene.note("load-5 is taken out of use; then five devices are to take new settings.");
    utility.does("restrict load-5 maintenance until 23:59");
    utility.does("expect load-5 restricted");
    engineer.says("configure loads on branch 60 set leaseSeconds 45 within 10 min");
    for (int n = 1; n <= 4; n++) {
      engineer.awaitAnswer("load-" + n, "executed", WITHIN);
    }
    engineer.does("orders held");
    engineer.sees("unavailable to receive commands");

    scene.note("It is released, and gets them without anybody doing anything more.");
    utility.does("release load-5");
    engineer.awaitAnswer("load-5", "executed", WITHIN);
    engineer.told("summary", WITHIN);
    engineer.sees("5 executed");

    scene.note("Next time it is not released in time: that is an error in front of the engineer.");
    utility.does("restrict load-5 maintenance until 23:59");
    utility.does("expect load-5 restricted");
    engineer.says("configure loads on branch 60 set leaseSeconds 50 within 8 s");
    engineer.told("expired", "load-5", WITHIN);
    engineer.sees("4 executed, 1 expired");
    engineer.ends("configure", "load-5", "expired", WITHIN);
  }
}
