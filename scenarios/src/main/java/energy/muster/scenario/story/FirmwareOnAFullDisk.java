// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.firmware.CampaignState;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import energy.muster.stage.SmallDisk;
import energy.muster.stage.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The disk of a device fills up while an image comes: it says so, and runs on as it did. */
final class FirmwareOnAFullDisk {
  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final int BYTES = 2_000_000;
  private static final int SOME = 500_000;
  private static final int START_AGAIN = 86;

  private final Scene scene;
  private final SmallDisk disk;
  private final DeviceSpec spec;

  /**
   * @param spec of a device that can be upgraded, and whose files are on that disk
   */
  FirmwareOnAFullDisk(Scene scene, SmallDisk disk, DeviceSpec spec) {
    this.scene = scene;
    this.disk = disk;
    this.spec = spec;
  }

  /**
   * Plays it.
   *
   * @param device its process, which runs nothing else
   */
  void play(Child device) throws Exception {
    scene.note("While an image comes its disk fills up once more.");
    FirmwareCast cast = new FirmwareCast(scene);
    cast.published(FirmwareCast.NEW, Workshop.Health.WELL, BYTES);
    Operator installer = cast.installer();
    installer.says("upgrade " + spec.name() + " to 2.4.1 within 30 min");
    Path part =
        disk.folder().resolve("firmware").resolve(spec.name()).resolve("download").resolve("image");
    scene.await(SOME / 1000 + " kB of it are there", WITHIN, () -> size(part) >= SOME);
    disk.fill();
    installer.awaitAnswer(spec.name(), "failed", WITHIN);
    installer.sees("no-space");
    cast.awaitState(installer, CampaignState.FAILED, WITHIN);
    scene.check(!Files.exists(part), "what was fetched is gone, and the room is there again");
    scene.checkEqual(
        1L, FirmwareContest.running(installer, FirmwareCast.OLD), "devices that run 2.4.0");

    scene.note("With space again the same upgrade works.");
    disk.heal();
    installer.says("upgrade " + spec.name() + " to 2.4.1 within 30 min");
    scene.checkEqual(START_AGAIN, device.ended(WITHIN), "the device starts itself anew with");
    scene.atTheEnd(scene.startDevices("load", List.of(spec))::close);
    cast.awaitState(installer, CampaignState.DONE, WITHIN);
  }

  private static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException gone) {
      return 0;
    }
  }
}
