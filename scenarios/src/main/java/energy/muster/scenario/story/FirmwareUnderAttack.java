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
            Workshop.upgradable(Cast.breaker("sw1", FirmwareContest.BRANCH), FirmwareCast.OLD),
            Cast.breaker("sw2", FirmwareContest.BRANCH)
                .running(
                    Workshop.cameWith("sw2", FirmwareCast.OLD)
                        .put("hardware", Workshop.VENDOR + "/rl-9")),
            Cast.breaker("sw3", FirmwareContest.BRANCH)
                .running(Workshop.cameWith("sw3", FirmwareCast.OLD).put("releasers", 2)),
            Workshop.upgradable(Cast.breaker("sw4", FirmwareContest.BRANCH), FirmwareCast.OLD),
            Workshop.upgradable(Cast.breaker("sw5", FirmwareContest.BRANCH), FirmwareCast.OLD));
    scene.stage().enrol(devices);
    // Known to the site, and not there: what its stolen key can do is done by its thief.
    scene.stage().enrol(Cast.breaker("sw9", FirmwareContest.BRANCH));
    FirmwareCast.enrol(scene, FirmwareContest.BRANCH);
    scene.stage().person("releaser-2", Role.FIRMWARE_RELEASER, FirmwareContest.BRANCH);
    scene.enrolOperator("op-1", FirmwareContest.BRANCH);
    scene.stage().visitor("guest");
    scene.stage().startServer();
    var process = scene.stage().startDevices("switches", devices);
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
    contest.runs("sw1", FirmwareCast.NEW);
    contest.runs("sw2", FirmwareCast.OLD);
    contest.runs("sw3", FirmwareCast.NEW);
    contest.runs("sw4", FirmwareCast.NEWER);
    contest.runs("sw5", FirmwareCast.NEW);
  }
}
