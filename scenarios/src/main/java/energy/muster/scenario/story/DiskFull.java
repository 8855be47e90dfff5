// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.identity.Area;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.scenario.StorySkipped;
import energy.muster.stage.DeviceSpec;
import energy.muster.stage.SmallDisk;
import energy.muster.stage.Workshop;
import java.util.List;

/** A device that cannot record an order does not carry it out, and goes on answering. */
public final class DiskFull implements Story {
  private static final long DISK = 8L * 1024 * 1024;
  private static final int MOST_RECORDED = 100;
  private static final String SOON = "deliver within 5 s execute within 10 s";

  @Override
  public String name() {
    return "disk-full";
  }

  @Override
  public String about() {
    return "A device with a full disk refuses orders and firmware, answers reads, and works again when there is space.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Area branch = new Area("branch-60");
    DeviceSpec load = Workshop.upgradable(Cast.load("load-60a", branch, 20), FirmwareCast.OLD);
    SmallDisk disk;
    try {
      disk = SmallDisk.mount(scene.stage().folder().data().resolve("devices"), DISK);
    } catch (SmallDisk.Unavailable e) {
      throw new StorySkipped(e.getMessage());
    }
    scene.atTheEnd(disk::close);
    scene.stage().enrol(load);
    scene.enrolOperator("op-1", branch);
    FirmwareCast.enrol(scene, branch);
    scene.stage().startServer();
    var device = scene.startDevices("load", List.of(load));
    scene.atTheEnd(device::close);
    Operator utility = scene.operator("op-1");
    utility.does("expect load-60a on");

    scene.note("Its disk fills up: when nothing more can be recorded, an order is refused.");
    disk.fill();
    utility.does("status load-60a now");
    useUp(scene, utility);
    utility.looksAtNewestOrder();
    utility.sees("no-space");
    utility.does("status load-60a now");

    scene.note("Killed, it comes back on the full disk, and answers as before.");
    device.kill();
    utility.does("expect load-60a unavailable within 20 s");
    var again = scene.startDevices("load", List.of(load));
    scene.atTheEnd(again::close);
    utility.does("expect load-60a on within 30 s");
    utility.does("status load-60a now");
    useUp(scene, utility);
    utility.does("status load-60a now");

    scene.note("With space again it works.");
    disk.heal();
    utility.does("shed load-60a for 30 min");
    utility.does("expect load-60a off");
    new FirmwareOnAFullDisk(scene, disk, load).play(again);
  }

  /** What its journal has taken from the disk before is still the journal's. */
  private static void useUp(Scene scene, Operator utility) throws InterruptedException {
    int recorded = 0;
    while (recorded < MOST_RECORDED
        && utility.says("limit load-60a to " + (10 + recorded % 2) + " kW " + SOON).ok()) {
      recorded++;
    }
    scene.check(
        recorded < MOST_RECORDED, "an order is refused, after " + recorded + " that had room");
  }
}
