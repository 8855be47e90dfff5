// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.firmware.Campaign;
import energy.muster.firmware.CampaignMember;
import energy.muster.firmware.CampaignState;
import energy.muster.identity.Area;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.scenario.StoryFailure;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import energy.muster.stage.Stage;
import energy.muster.stage.Workshop;
import java.time.Duration;
import java.util.List;

/**
 * Two switches stand in for each other: never both are upgraded, nor one while the other is gone.
 */
public final class RedundantPair implements Story {
  private static final Duration WITHIN = Duration.ofSeconds(90);
  private static final Duration GLANCE = Duration.ofMillis(100);
  private static final int BYTES = 1_000_000;

  @Override
  public String name() {
    return "redundant-pair";
  }

  @Override
  public String about() {
    return "Two switches that stand in for each other are upgraded one after the other, and not while one is gone.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Area branch = new Area("branch-60");
    DeviceSpec one = Workshop.upgradable(Cast.breaker("sw1", branch), FirmwareCast.OLD);
    DeviceSpec other = Workshop.upgradable(Cast.breaker("sw2", branch), FirmwareCast.OLD);
    DeviceSpec third = Workshop.upgradable(Cast.breaker("sw3", branch), FirmwareCast.OLD);
    DeviceSpec fourth = Workshop.upgradable(Cast.breaker("sw4", branch), FirmwareCast.OLD);
    scene.stage().enrol(List.of(one, other, third, fourth));
    FirmwareCast.enrol(scene, branch);
    scene
        .stage()
        .serverProperty(
            "muster.firmware.groups", "pair: sw1@" + Stage.DOMAIN + " sw2@" + Stage.DOMAIN);
    scene.stage().startServer();
    Child first = scene.stage().startDevices("first", List.of(one, third));
    scene.stage().startDevices("second", List.of(other, fourth));
    FirmwareCast cast = new FirmwareCast(scene);
    cast.published(FirmwareCast.NEW, Workshop.Health.WELL, BYTES);
    Operator installer = cast.installer();

    scene.note("sw1 is gone without a reason: its twin is not taken out of service as well.");
    first.kill();
    scene.await(
        "sw1 is gone",
        WITHIN,
        () ->
            installer.contact("sw1").filter(contact -> contact.absence().isPresent()).isPresent());
    installer.says("upgrade switches on branch 60 to 2.4.1 in waves of 100 % within 10 min");
    cast.awaitMember(installer, "sw4", CampaignMember.State.SUCCEEDED, WITHIN);
    cast.awaitMember(installer, "sw2", CampaignMember.State.WAITING, WITHIN);

    scene.note("It comes back: they are upgraded one after the other.");
    scene.stage().startDevices("first", List.of(one, third));
    Campaign campaign = FirmwareCast.newest(installer);
    long end = System.nanoTime() + WITHIN.toNanos();
    int looks = 0;
    while (!campaign.state().over()) {
      if (System.nanoTime() > end) {
        throw new StoryFailure("the campaign does not end: " + campaign);
      }
      if (begun(campaign, "sw1") && begun(campaign, "sw2")) {
        throw new StoryFailure("both of the pair are being upgraded: " + campaign);
      }
      if (away(installer, "sw1") && away(installer, "sw2")) {
        throw new StoryFailure("both of the pair say that they are being upgraded");
      }
      looks++;
      scene.pause(GLANCE);
      campaign = FirmwareCast.newest(installer);
    }
    scene.checkEqual(CampaignState.DONE, campaign.state(), "the campaign's end");
    scene.check(looks > 3, "in " + looks + " looks never both of the pair were away");
    installer.does("campaign " + campaign.order().text());
  }

  private static boolean begun(Campaign campaign, String device) {
    return FirmwareCast.member(campaign, device)
        .filter(member -> member.state() == CampaignMember.State.BEGUN)
        .isPresent();
  }

  private static boolean away(Operator installer, String device) {
    return installer
        .contact(device)
        .flatMap(Contact::presence)
        .flatMap(DevicePresence::firmware)
        .flatMap(firmware -> firmware.update())
        .filter(update -> !update.state().over())
        .isPresent();
  }
}
