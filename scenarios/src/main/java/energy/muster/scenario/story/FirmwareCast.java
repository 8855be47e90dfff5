// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.console.session.FirmwareEvent;
import energy.muster.firmware.Campaign;
import energy.muster.firmware.CampaignMember;
import energy.muster.firmware.CampaignState;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.identity.Area;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.StoryFailure;
import energy.muster.stage.Workshop;
import energy.muster.stage.Workshop.Built;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whom stories about firmware need: who builds, who releases, who installs. */
final class FirmwareCast {
  static final FirmwareVersion OLD = new FirmwareVersion(2, 4, 0);
  static final FirmwareVersion NEW = new FirmwareVersion(2, 4, 1);
  static final FirmwareVersion NEWER = new FirmwareVersion(2, 4, 2);

  private static final Duration QUICK = Duration.ofSeconds(5);

  private final Scene scene;
  private final Workshop workshop;
  private final List<Built> released = new ArrayList<>();
  private long number;

  FirmwareCast(Scene scene) {
    this.scene = scene;
    this.workshop = new Workshop(scene.stage().folder(), InstantSource.system());
  }

  /** Before the server starts. */
  static void enrol(Scene scene, Area area) {
    Workshop.staff(scene.stage(), area);
  }

  Workshop workshop() {
    return workshop;
  }

  /** One person builds it and uploads it, another releases it beside what was released before. */
  Built published(FirmwareVersion version, Workshop.Health health, int bytes) throws Exception {
    return published(version, Workshop.program(version, health, bytes));
  }

  /** Likewise, with this as the image. */
  Built published(FirmwareVersion version, byte[] image) throws Exception {
    Built built = workshop.build(Workshop.BUILDER, version, 0, image);
    Operator builder = scene.operator(Workshop.BUILDER, QUICK);
    builder.does("publish firmware " + built.image() + " with " + built.file());
    builder.close();
    released.add(built);
    number++;
    Operator releaser = scene.operator(Workshop.RELEASER, QUICK);
    releaser.does("publish releases " + workshop.release(number, released));
    releaser.close();
    return built;
  }

  Operator installer() throws Exception {
    return scene.operator(Workshop.INSTALLER, QUICK);
  }

  /** The newest campaign that this person sees, with its devices. */
  static Campaign newest(Operator person) throws InterruptedException {
    Campaign newest =
        campaigns(person, "campaigns").stream()
            .findFirst()
            .orElseThrow(() -> new StoryFailure("there is no campaign"));
    return campaign(person, newest.order().text());
  }

  /** How that one stands, with its devices. */
  static Campaign campaign(Operator person, String order) throws InterruptedException {
    return campaigns(person, "campaign " + order).get(0);
  }

  private static List<Campaign> campaigns(Operator person, String line)
      throws InterruptedException {
    List<Campaign> found = new ArrayList<>();
    person
        .quietly(line)
        .forEach(
            event -> {
              if (event instanceof FirmwareEvent.CampaignsListed listed) {
                found.addAll(listed.campaigns());
              } else if (event instanceof FirmwareEvent.CampaignShown shown) {
                found.add(shown.campaign());
              }
            });
    return found;
  }

  static Optional<CampaignMember> member(Campaign campaign, String device) {
    return campaign.members().stream()
        .filter(member -> member.device().local().equals(device))
        .findFirst();
  }

  /** Asks until the campaign stands so. */
  Campaign awaitState(Operator person, CampaignState state, Duration within)
      throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    Campaign campaign = newest(person);
    while (campaign.state() != state) {
      if (System.nanoTime() > end) {
        throw new StoryFailure("the campaign is not " + state + " but " + campaign);
      }
      scene.pause(Duration.ofMillis(200));
      campaign = newest(person);
    }
    scene.check(true, "the campaign is " + state.wire() + ": " + campaign.text());
    return campaign;
  }

  /** Asks until that device is so far. */
  void awaitMember(Operator person, String device, CampaignMember.State state, Duration within)
      throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    Optional<CampaignMember> member = member(newest(person), device);
    while (member.filter(each -> each.state() == state).isEmpty()) {
      if (System.nanoTime() > end) {
        throw new StoryFailure(device + " is not " + state + " but " + member);
      }
      scene.pause(Duration.ofMillis(200));
      member = member(newest(person), device);
    }
    scene.check(true, device + " " + state.wire() + ": " + member.orElseThrow().text());
  }
}
