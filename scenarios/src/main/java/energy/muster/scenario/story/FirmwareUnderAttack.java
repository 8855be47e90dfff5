// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.firmware.FirmwareVersion;
import energy.muster.identity.Role;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.DeviceSpec;
import energy.muster.stage.Workshop;
import java.util.List;

/**
 * The attacks on updates by people: with stolen keys, with orders that were given once, past the
 * service, and by keeping or forging the list of releases.
 */
public final class FirmwareUnderAttack implements Story {
  @Override
  public String name() {
    return "firmware-attacks";
  }

  @Override
  public String about() {
    return "Stolen keys, orders sent again or past the service, frozen and forged lists: nobody installs anything by them.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    List<DeviceSpec> devices =
        List.of(
            Workshop.upgradable(Cast.load("load-1", FirmwareContest.BRANCH, 20), FirmwareCast.OLD),
            Cast.load("load-2", FirmwareContest.BRANCH, 20)
                .running(
                    Workshop.cameWith("load-2", FirmwareCast.OLD)
                        .put("hardware", Workshop.VENDOR + "/rl-9")),
            Cast.load("load-3", FirmwareContest.BRANCH, 20)
                .running(Workshop.cameWith("load-3", FirmwareCast.OLD).put("releasers", 2)),
            Workshop.upgradable(Cast.load("load-4", FirmwareContest.BRANCH, 20), FirmwareCast.OLD),
            Workshop.upgradable(Cast.load("load-5", FirmwareContest.BRANCH, 20), FirmwareCast.OLD));
    scene.stage().enrol(devices);
    // Known to the site, and not there: what its stolen key can do is done by its thief.
    scene.stage().enrol(Cast.load("load-9", FirmwareContest.BRANCH, 20));
    FirmwareCast.enrol(scene, FirmwareContest.BRANCH);
    scene.stage().person("releaser-2", Role.FIRMWARE_RELEASER, FirmwareContest.BRANCH);
    scene.enrolOperator("op-1", FirmwareContest.BRANCH);
    scene.stage().visitor("guest");
    scene.stage().startServer();
    var process = scene.startDevices("loads", devices);
    FirmwareCast cast = new FirmwareCast(scene);
    FirmwareContest contest =
        new FirmwareContest(
            scene,
            cast,
            cast.published(FirmwareCast.NEW, Workshop.Health.WELL, FirmwareContest.BYTES));

    var next = new KeysInWrongHands(contest).play();
    new OrdersAgain(contest, process).play();
    new TwoAtOnce(contest, process).play();
    new ListsOfOtherDays(contest, next).play();

    try (Operator person = cast.installer()) {
      scene.note("What every device signs in the end.");
      person.does("inventory");
      for (FirmwareVersion version :
          List.of(FirmwareCast.OLD, FirmwareCast.NEW, FirmwareCast.NEWER)) {
        scene
            .transcript()
            .line("   " + FirmwareContest.running(person, version) + " run " + version);
      }
    }
    contest.runs("load-1", FirmwareCast.NEW);
    contest.runs("load-2", FirmwareCast.OLD);
    contest.runs("load-3", FirmwareCast.NEW);
    contest.runs("load-4", FirmwareCast.NEWER);
    contest.runs("load-5", FirmwareCast.NEW);
  }
}
