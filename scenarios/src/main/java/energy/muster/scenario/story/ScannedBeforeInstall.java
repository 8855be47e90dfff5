// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.console.session.FirmwareEvent;
import energy.muster.firmware.CampaignState;
import energy.muster.firmware.ImageScan;
import energy.muster.identity.Area;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.scenario.StorySkipped;
import energy.muster.stage.DeviceSpec;
import energy.muster.stage.Workshop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Devices have an image looked through by a ClamAV daemon of their own: what it knows is not
 * installed though the service hands it out, and what was looked through says so in the inventory.
 */
public final class ScannedBeforeInstall implements Story {
  private static final Path DAEMON = Path.of("/usr/sbin/clamd");
  private static final String MARK = "muster-test-signature-0001";
  private static final Duration WITHIN = Duration.ofSeconds(90);
  private static final int BYTES = 300_000;

  @Override
  public String name() {
    return "scanned-before-install";
  }

  @Override
  public String about() {
    return "A device's own scanner refuses an image that the service let pass, and says of each whether it looked.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    if (!Files.isExecutable(DAEMON)) {
      throw new StorySkipped("no clamd is installed here (package clamav-daemon)");
    }
    Path socket = daemon(scene);
    Area branch = new Area("branch-60");
    DeviceSpec scans = device("sw1", branch, Optional.of(socket));
    DeviceSpec doesNot = device("sw2", branch, Optional.empty());
    scene.stage().enrol(List.of(scans, doesNot));
    FirmwareCast.enrol(scene, branch);
    scene.note("The service is set to scan nothing.");
    scene.stage().serverProperty("muster.firmware.scanner", "off");
    scene.stage().startServer();
    scene.startDevices("two", List.of(scans, doesNot));
    FirmwareCast cast = new FirmwareCast(scene);
    Operator installer = cast.installer();

    scene.note("2.4.1 has in it what the daemon of sw1 knows.");
    byte[] evil = Workshop.program(FirmwareCast.NEW, Workshop.Health.WELL, BYTES);
    byte[] marked = Arrays.copyOf(evil, evil.length + MARK.length());
    System.arraycopy(
        MARK.getBytes(StandardCharsets.US_ASCII), 0, marked, evil.length, MARK.length());
    cast.published(FirmwareCast.NEW, marked);
    installer.says("upgrade sw1 to 2.4.1 within 10 min");
    installer.awaitAnswer("sw1", "refused", WITHIN);
    installer.sees("content-refused");
    cast.awaitState(installer, CampaignState.FAILED, WITHIN);

    scene.note("2.4.2 has not: sw1 has it looked through, sw2 is set to have nothing scanned.");
    cast.published(FirmwareCast.NEWER, Workshop.Health.WELL, BYTES);
    installer.says("upgrade switches on branch 60 to 2.4.2 in waves of 1 within 10 min");
    cast.awaitState(installer, CampaignState.DONE, WITHIN);
    installer.does("inventory");
    scene.checkEqual(
        Optional.of(ImageScan.Result.CLEAN), scanOf(installer, "sw1"), "what sw1 signed of it");
    scene.checkEqual(
        Optional.of(ImageScan.Result.OFF), scanOf(installer, "sw2"), "what sw2 signed of it");
  }

  private static DeviceSpec device(String name, Area branch, Optional<Path> socket) {
    ObjectNode firmware = Workshop.cameWith(name, FirmwareCast.OLD);
    socket.ifPresent(
        at -> firmware.putObject("scanner").put("policy", "required").put("clamd", at.toString()));
    return Cast.breaker(name, branch).running(firmware);
  }

  private static Optional<ImageScan.Result> scanOf(Operator person, String device)
      throws InterruptedException {
    return person.quietly("inventory").stream()
        .filter(FirmwareEvent.InventoryShown.class::isInstance)
        .flatMap(event -> ((FirmwareEvent.InventoryShown) event).devices().stream())
        .filter(entry -> entry.device().local().equals(device))
        .findFirst()
        .flatMap(entry -> entry.scan())
        .map(ImageScan::result);
  }

  /** A daemon that knows one signature, ours. */
  private static Path daemon(Scene scene) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(scene.stage().folder().data().resolve("clamd"));
    StringBuilder hex = new StringBuilder();
    MARK.chars().forEach(each -> hex.append("%02x".formatted(each)));
    Path base = Files.createDirectory(folder.resolve("db"));
    Files.writeString(base.resolve("muster.ndb"), "Muster.Test:0:*:" + hex + "\n");
    Path socket = folder.resolve("clamd.ctl");
    Path settings =
        Files.writeString(
            folder.resolve("clamd.conf"),
            "LocalSocket %s\nDatabaseDirectory %s\nForeground yes\n".formatted(socket, base));
    Process daemon =
        new ProcessBuilder(DAEMON.toString(), "-c", settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("clamd.log").toFile())
            .start();
    scene.atTheEnd(daemon::destroyForcibly);
    scene.await("the daemon of sw1 listens", WITHIN, () -> Files.exists(socket));
    return socket;
  }
}
