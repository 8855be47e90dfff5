// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.firmware.Campaign;
import energy.muster.firmware.CampaignMember;
import energy.muster.firmware.CampaignState;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.identity.Area;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.DeviceSpec;
import energy.muster.stage.Workshop;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The patent's story of five devices: four are upgraded, one is on but unavailable to receive
 * commands; it is watched and upgraded when its presence allows. Going wave by wave, the wave does
 * not wait for one that stays away: its place goes to the next, and it is upgraded when it may be.
 * Where that does not happen in time, it is put in front of a person.
 */
public final class FirmwareFiveOneAway implements Story {
  private static final Duration WITHIN = Duration.ofSeconds(90);
  private static final int BYTES = 300_000;
  private static final FirmwareVersion NEWEST = new FirmwareVersion(2, 4, 3);

  @Override
  public String name() {
    return "firmware-five-one-away";
  }

  @Override
  public String about() {
    return "Firmware to five devices: four take it, also in waves, the fifth is waited for, and at last put before a person.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Area branch = new Area("branch-60");
    List<DeviceSpec> five =
        IntStream.rangeClosed(1, 5)
            .mapToObj(n -> Cast.load("load-" + n, branch, 20))
            .map(load -> Workshop.upgradable(load, FirmwareCast.OLD))
            .toList();
    scene.stage().enrol(five);
    scene.enrolOperator("op-1", branch);
    FirmwareCast.enrol(scene, branch);
    scene.stage().startServer();
    scene.startDevices("five", five);
    FirmwareCast cast = new FirmwareCast(scene);
    cast.published(FirmwareCast.NEW, Workshop.Health.WELL, BYTES);
    Operator utility = scene.operator("op-1");
    Operator installer = cast.installer();
    installer.does("firmware");
    installer.does("inventory");
    installer.sees("behind, needs 2.4.1");

    scene.note("load-5 is on but taken out of use; then all five are to go to 2.4.1.");
    utility.does("restrict load-5 maintenance until 23:59");
    utility.does("expect load-5 on and restricted");
    installer.says("upgrade loads on branch 60 to 2.4.1 in waves of 100 % within 10 min");
    for (int n = 1; n <= 4; n++) {
      installer.awaitAnswer("load-" + n, "executed", WITHIN);
    }
    cast.awaitMember(installer, "load-5", CampaignMember.State.WAITING, WITHIN);
    installer.sees("unavailable to receive commands");

    scene.note("It is released, and upgraded without anybody doing anything more.");
    utility.does("release load-5");
    installer.awaitAnswer("load-5", "executed", WITHIN);
    cast.awaitState(installer, CampaignState.DONE, WITHIN);
    installer.does("inventory");

    inWaves(scene, cast, utility, installer);

    scene.note("Next time it is not released in time: that is an error in front of the installer.");
    cast.published(NEWEST, Workshop.Health.WELL, BYTES);
    utility.does("restrict load-5 maintenance until 23:59");
    utility.does("expect load-5 restricted");
    installer.says("upgrade loads on branch 60 to 2.4.3 in waves of 100 % within 40 s");
    installer.told("expired", "load-5", WITHIN);
    cast.awaitState(installer, CampaignState.ENDED, WITHIN);
    installer.ends("upgrade", "load-5", "expired", WITHIN);
    installer.does("who needs 2.4.3");
  }

  private static void inWaves(Scene scene, FirmwareCast cast, Operator utility, Operator installer)
      throws Exception {
    scene.note("One first, then two, then the rest; and the very first is taken out of use.");
    cast.published(FirmwareCast.NEWER, Workshop.Health.WELL, BYTES);
    utility.does("restrict load-1 maintenance until 23:59");
    utility.does("expect load-1 restricted");
    installer.says(
        "upgrade loads on branch 60 to 2.4.2 in waves of 1, 2 pass over after 5 s within 10 min");
    installer.told("campaign-passed-over", WITHIN);
    for (int n = 2; n <= 5; n++) {
      cast.awaitMember(installer, "load-" + n, CampaignMember.State.SUCCEEDED, WITHIN);
    }
    Campaign campaign = FirmwareCast.newest(installer);
    scene.checkEqual(1, wave(campaign, "load-2"), "the wave in which load-2 went");
    scene.checkEqual(CampaignState.RUNNING, campaign.state(), "the campaign, with load-1 wanted");
    installer.does("campaign " + campaign.order().text());

    scene.note("It is released, and comes after the others.");
    utility.does("release load-1");
    cast.awaitMember(installer, "load-1", CampaignMember.State.SUCCEEDED, WITHIN);
    cast.awaitState(installer, CampaignState.DONE, WITHIN);
  }

  private static int wave(Campaign campaign, String device) {
    return FirmwareCast.member(campaign, device).map(CampaignMember::wave).orElse(0);
  }
}
