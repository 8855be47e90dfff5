// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.firmware.Campaign;
import energy.muster.firmware.CampaignMember;
import energy.muster.firmware.CampaignState;
import energy.muster.identity.Area;
import energy.muster.identity.Role;
import energy.muster.pki.Subject;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.DeviceSpec;
import energy.muster.stage.SiteFolder;
import energy.muster.stage.Workshop;
import java.time.Duration;
import java.util.List;

/**
 * Where the site asks for it, an upgrade begins only when a second person has signed the very same
 * order; a device that asks for two by itself then finds both.
 */
public final class UpgradeTakesTwo implements Story {
  private static final Duration QUICK = Duration.ofSeconds(5);
  private static final Duration WITHIN = Duration.ofSeconds(90);
  private static final String SECOND = "inst-2";
  private static final String ENGINEER = "eng-1";
  private static final int BYTES = 300_000;

  @Override
  public String name() {
    return "upgrade-takes-two";
  }

  @Override
  public String about() {
    return "An upgrade waits, past a killed server, until a second person has signed the same order.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Area branch = new Area("branch-60");
    List<DeviceSpec> switches =
        List.of(
            Workshop.upgradable(Cast.breaker("sw1", branch), FirmwareCast.OLD),
            Workshop.upgradable(Cast.breaker("sw2", branch), FirmwareCast.OLD));
    scene.stage().enrol(switches);
    FirmwareCast.enrol(scene, branch);
    SiteFolder folder = scene.stage().folder();
    folder.enrol(Subject.of(folder.jid(SECOND), Role.INSTALLER, branch).with(Role.VIEWER, branch));
    folder.enrol(Subject.of(folder.jid(ENGINEER), Role.ENGINEER, branch).with(Role.VIEWER, branch));
    scene.stage().serverProperty("muster.firmware.two-persons", "true");
    scene.stage().startServer();
    scene.startDevices("switches", switches);
    FirmwareCast cast = new FirmwareCast(scene);
    cast.published(FirmwareCast.NEW, Workshop.Health.WELL, BYTES);
    try (Operator engineer = scene.operator(ENGINEER, QUICK)) {
      scene.note("sw1 itself is told to ask for two persons.");
      engineer.does("configure sw1 set twoPersons upgrade");
    }

    scene.note("One installer orders; nothing begins.");
    Operator second = scene.operator(SECOND, QUICK);
    Operator installer = cast.installer();
    installer.says("upgrade switches on branch 60 to 2.4.1 in waves of 100 % within 1 h");
    Campaign campaign = cast.awaitState(installer, CampaignState.AWAITING_APPROVAL, WITHIN);
    second.told("approval-awaited", WITHIN);
    String id = campaign.order().text();
    scene.check(
        !installer.says("approve campaign " + id).ok(), "whoever ordered it is no second person");

    scene.note("The server is killed; it still waits.");
    scene.stage().server().kill();
    scene.stage().startServer();
    cast.awaitState(installer, CampaignState.AWAITING_APPROVAL, WITHIN);
    cast.awaitMember(installer, "sw2", CampaignMember.State.WAITING, WITHIN);

    scene.note("Another reads the signed order, and signs it as well.");
    second.does("approve campaign " + id);
    cast.awaitState(installer, CampaignState.DONE, WITHIN);
    installer.does("campaign " + id);
    installer.does("inventory switches");
  }
}
