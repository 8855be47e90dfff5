// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.console.session.FirmwareEvent;
import energy.muster.firmware.Campaign;
import energy.muster.firmware.CampaignMember;
import energy.muster.firmware.CampaignState;
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
 * An image that is no good reaches the first device alone: one that fails its self-test is never
 * started, one that does not come up is left again, and nobody else is touched.
 */
public final class BadImageStopsTheWave implements Story {
  private static final Duration WITHIN = Duration.ofSeconds(90);
  private static final int BYTES = 200_000;

  @Override
  public String name() {
    return "bad-image-stops-the-wave";
  }

  @Override
  public String about() {
    return "An image that does not come up is left again by itself, and the campaign stops at its first device.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Area branch = new Area("branch-60");
    List<DeviceSpec> switches =
        IntStream.rangeClosed(1, 5)
            .mapToObj(n -> Cast.breaker("sw" + n, branch))
            .map(breaker -> Workshop.upgradable(breaker, FirmwareCast.OLD))
            .toList();
    scene.stage().enrol(switches);
    FirmwareCast.enrol(scene, branch);
    scene.stage().startServer();
    scene.startDevices("five", switches);
    FirmwareCast cast = new FirmwareCast(scene);
    Operator installer = cast.installer();

    scene.note("2.4.1 says of itself that it will not do: it is never started.");
    cast.published(FirmwareCast.NEW, Workshop.Health.FAILS_SELF_TEST, BYTES);
    stopped(scene, cast, installer, "2.4.1");

    scene.note("2.4.2 passes its self-test and does not come up: the old one runs again.");
    cast.published(FirmwareCast.NEWER, Workshop.Health.DOES_NOT_START, BYTES);
    stopped(scene, cast, installer, "2.4.2");
    installer.does("inventory");
    scene.check(
        installer.quietly("inventory").stream()
                .filter(FirmwareEvent.InventoryShown.class::isInstance)
                .flatMap(event -> ((FirmwareEvent.InventoryShown) event).devices().stream())
                .filter(each -> each.installed().version().equals(FirmwareCast.OLD))
                .count()
            == switches.size(),
        "every device has signed that it runs what it ran before");
  }

  private static void stopped(Scene scene, FirmwareCast cast, Operator installer, String version)
      throws Exception {
    installer.says("upgrade switches on branch 60 to " + version + " in waves of 1, 2");
    installer.awaitAnswer("sw1", "failed", WITHIN);
    Campaign campaign = cast.awaitState(installer, CampaignState.STOPPED, WITHIN);
    installer.sees("self-test-failed");
    scene.check(
        campaign.members().stream()
            .filter(member -> !member.device().local().equals("sw1"))
            .allMatch(member -> member.state() == CampaignMember.State.WAITING),
        "nobody else was touched");
    installer.says("abort campaign " + campaign.order().text() + " because the image is no good");
    cast.awaitState(installer, CampaignState.ENDED, WITHIN);
  }
}
