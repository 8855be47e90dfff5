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
import java.util.Optional;

/**
 * Two switches stand in for each other: never both are upgraded, nor one while the other is gone.
 * One pair the site has named; of the other nobody has said anything but what stands in their
 * certificates, that they are of one branch. Two upgrades at once, past a killed server, do not
 * take both ends of a branch either.
 */
public final class RedundantPair implements Story {
  private static final Duration WITHIN = Duration.ofSeconds(90);
  private static final Duration GLANCE = Duration.ofMillis(200);
  private static final Duration AT_ONCE = Duration.ofMillis(300);
  private static final int BYTES = 1_000_000;
  private static final int MORE_BYTES = 3_000_000;

  private final DeviceSpec end = upgradable("sw1", "branch-60");
  private final DeviceSpec otherEnd = upgradable("sw2", "branch-60");
  private final DeviceSpec named = upgradable("sw3", "branch-13");
  private final DeviceSpec twin = upgradable("sw4", "branch-18");
  private final DeviceSpec alone = upgradable("sw5", "branch-97");

  private static DeviceSpec upgradable(String name, String branch) {
    return Workshop.upgradable(Cast.breaker(name, new Area(branch)), FirmwareCast.OLD);
  }

  @Override
  public String name() {
    return "redundant-pair";
  }

  @Override
  public String about() {
    return "Never both ends of a branch, and never both of a pair that the site names, are upgraded at once, by two campaigns neither.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    scene.stage().enrol(List.of(end, otherEnd, named, twin, alone));
    FirmwareCast.enrol(scene, Area.ALL);
    scene
        .stage()
        .serverProperty(
            "muster.firmware.groups", "pair: sw3@" + Stage.DOMAIN + " sw4@" + Stage.DOMAIN);
    scene.stage().startServer();
    Child first = scene.startDevices("first", List.of(end, named));
    scene.startDevices("second", List.of(otherEnd, twin, alone));
    FirmwareCast cast = new FirmwareCast(scene);
    cast.published(FirmwareCast.NEW, Workshop.Health.WELL, BYTES);
    Operator installer = cast.installer();

    scene.note("sw1 and sw3 are gone without a reason: their twins stay in service.");
    first.kill();
    scene.await(
        "sw1 is gone",
        WITHIN,
        () ->
            installer.contact("sw1").filter(contact -> contact.absence().isPresent()).isPresent());
    installer.says("upgrade switches to 2.4.1 in waves of 100 % within 10 min");
    cast.awaitMember(installer, "sw5", CampaignMember.State.SUCCEEDED, WITHIN);
    String order = FirmwareCast.newest(installer).order().text();
    waits(scene, installer, order, "sw2", "sw1 of branch-60 is not there");
    waits(scene, installer, order, "sw4", "sw3 of pair is not there");

    scene.note("They come back: of each two, one is upgraded after the other.");
    first = scene.startDevices("first", List.of(end, named));
    neverBoth(scene, installer);
    installer.close();
    twoCampaigns(scene, cast, first);
  }

  private void twoCampaigns(Scene scene, FirmwareCast cast, Child first) throws Exception {
    scene.note("Two upgrades, one of each end of branch-60; sw1 has begun when its power fails.");
    cast.published(FirmwareCast.NEWER, Workshop.Health.WELL, MORE_BYTES);
    Operator installer = scene.operator(Workshop.INSTALLER, AT_ONCE);
    installer.says("upgrade sw1 to 2.4.2 within 10 min");
    cast.awaitMember(installer, "sw1", CampaignMember.State.BEGUN, WITHIN);
    String one = FirmwareCast.newest(installer).order().text();
    first.kill();
    installer.says("upgrade sw2 to 2.4.2 within 10 min");
    String other = FirmwareCast.newest(installer).order().text();
    waits(scene, installer, other, "sw2", "sw1 of branch-60 is being upgraded");

    scene.note("The server is killed: it knows that sw1 has begun.");
    scene.stage().server().kill();
    scene.stage().startServer();
    scene.await(
        "sw2 is back",
        WITHIN,
        () -> installer.contact("sw2").filter(each -> each.absence().isEmpty()).isPresent());
    waits(scene, installer, other, "sw2", "sw1 of branch-60 is being upgraded");

    scene.note("sw1 has power again and goes on; then it is the turn of sw2.");
    scene.startDevices("first", List.of(end, named));
    neverBoth(scene, installer);
    scene.checkEqual(
        CampaignState.DONE,
        FirmwareCast.campaign(installer, one).state(),
        "the upgrade of sw1, when that of sw2 is done");
    installer.does("campaigns");
  }

  /** Looks on until the newest campaign is over. */
  private static void neverBoth(Scene scene, Operator installer) throws InterruptedException {
    Campaign campaign = FirmwareCast.newest(installer);
    long end = System.nanoTime() + WITHIN.toNanos();
    int looks = 0;
    while (!campaign.state().over()) {
      if (System.nanoTime() > end) {
        throw new StoryFailure("the campaign does not end: " + campaign);
      }
      one(campaign, installer, "sw1", "sw2");
      one(campaign, installer, "sw3", "sw4");
      looks++;
      scene.pause(GLANCE);
      campaign = FirmwareCast.campaign(installer, campaign.order().text());
    }
    scene.checkEqual(CampaignState.DONE, campaign.state(), "the campaign's end");
    scene.check(looks > 3, "in " + looks + " looks never both of two that stand in for each other");
    installer.does("campaign " + campaign.order().text());
  }

  private static void one(Campaign campaign, Operator installer, String one, String other) {
    if (begun(campaign, one) && begun(campaign, other)) {
      throw new StoryFailure(one + " and " + other + " are both being upgraded: " + campaign);
    }
    if (away(installer, one) && away(installer, other)) {
      throw new StoryFailure(one + " and " + other + " both say that they are being upgraded");
    }
  }

  private static void waits(
      Scene scene, Operator installer, String order, String device, String why)
      throws InterruptedException {
    String text = "held: " + why;
    long end = System.nanoTime() + WITHIN.toNanos();
    Optional<String> found = text(installer, order, device);
    while (!found.equals(Optional.of(text)) && System.nanoTime() < end) {
      scene.pause(GLANCE);
      found = text(installer, order, device);
    }
    scene.checkEqual(Optional.of(text), found, "why " + device + " waits");
  }

  private static Optional<String> text(Operator installer, String order, String device)
      throws InterruptedException {
    return FirmwareCast.member(FirmwareCast.campaign(installer, order), device)
        .map(CampaignMember::text);
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
