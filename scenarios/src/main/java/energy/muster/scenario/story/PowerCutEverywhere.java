// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.firmware.CampaignMember;
import energy.muster.firmware.CampaignState;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.identity.Area;
import energy.muster.json.Json;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.scenario.StoryFailure;
import energy.muster.seal.Digest;
import energy.muster.stage.Access;
import energy.muster.stage.Cable;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import energy.muster.stage.Workshop;
import energy.muster.stage.Workshop.Built;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The power of the device is cut again and again while it fetches and installs, and the server's as
 * well. It runs the old version or the new one and nothing else, and the order ends once.
 */
public final class PowerCutEverywhere implements Story {
  private static final Duration WITHIN = Duration.ofMinutes(4);
  private static final Duration PROVEN = Duration.ofSeconds(60);
  private static final int BYTES = 3_000_000;
  private static final int CHUNK = 32 * 1024;
  private static final int CUTS = 12;

  /** What a session costs that fetches nothing: its beginning, lists and manifests. */
  private static final long OF_A_SESSION = 30_000;

  private static final int START_AGAIN = 86;
  private static final long SEED = 48;

  /** Within these a cut comes after the device was started. */
  private static final int SOONEST = 900;

  private static final int SPREAD = 2_500;

  private Scene scene;
  private FirmwareCast cast;
  private DeviceSpec spec;
  private Path config;
  private Path folder;
  private Child device;
  private Built built;
  private Cable cable;
  private int lives;
  private final List<Long> fetched = new ArrayList<>();

  @Override
  public String name() {
    return "power-cut-everywhere";
  }

  @Override
  public String about() {
    return "A device is cut off its power again and again while it is upgraded, and so is the server; it ends well.";
  }

  @Override
  public void play(Scene where) throws Exception {
    scene = where;
    Area branch = new Area("branch-60");
    spec = Workshop.upgradable(Cast.breaker("sw1", branch), FirmwareCast.OLD);
    scene.stage().enrol(spec);
    FirmwareCast.enrol(scene, branch);
    scene.stage().startServer();
    cable = new Cable("sw1", scene.stage()::port);
    scene.atTheEnd(cable::close);
    Access access = Access.tcp(cable.port());
    config = scene.stage().folder().deviceConfig("sw1", List.of(spec), access, Path.of("sw1.db"));
    folder = config.resolveSibling("firmware/sw1");
    start();
    cast = new FirmwareCast(scene);
    built = cast.published(FirmwareCast.NEW, Workshop.Health.WELL, BYTES);
    Operator installer = cast.installer();
    installer.says("upgrade sw1 to 2.4.1 within 30 min");
    cuts();
    scene.note("From now on the power stays.");
    ends(installer);
  }

  private void start() {
    device = scene.stage().launchDevices("sw1", config, List.of());
    device.await("proven", PROVEN);
    lives++;
  }

  /** Cut at moments that fall anywhere, and the server's power twice as well. */
  private void cuts() throws Exception {
    Random random = new Random(SEED);
    for (int cut = 1; cut <= CUTS; cut++) {
      scene.pause(Duration.ofMillis(SOONEST + random.nextInt(SPREAD)));
      boolean again = !device.alive();
      if (again) {
        scene.checkEqual(START_AGAIN, device.ended(PROVEN), "the device starts itself anew with");
      } else {
        device.kill();
      }
      String state = whole(again ? "its own restart" : "cut " + cut);
      if (cut % 5 == 0) {
        scene.note("The server's power is cut as well: " + state);
        scene.stage().server().kill();
        scene.stage().startServer();
      }
      start();
    }
  }

  /** Which version would run now; never anything but a whole one. */
  private String whole(String when) throws IOException {
    Path boot = folder.resolve("boot.json");
    ObjectNode record = Json.parse(Files.readAllBytes(boot));
    String active =
        record.path("trying").isObject()
            ? record.path("trying").path("slot").asText()
            : record.path("active").asText();
    String version = record.path("slots").path(active).path("version").asText();
    if (version.equals(FirmwareCast.OLD.toString())) {
      return told(when, version);
    }
    Digest found = Digest.of(Files.readAllBytes(folder.resolve(active).resolve("image")));
    if (!found.equals(built.manifest().image().digest())) {
      throw new StoryFailure("after " + when + " slot " + active + " holds half an image");
    }
    return told(when, version);
  }

  private String told(String when, String version) throws IOException {
    long there = 0;
    Path part = folder.resolve("download").resolve("image");
    if (Files.exists(part)) {
      there = Files.size(part);
    }
    fetched.add(there);
    String text = "after " + when + " it has " + version + " and " + there + " bytes of the next";
    scene.transcript().line("   ✓ " + text);
    return text;
  }

  private void ends(Operator installer) throws Exception {
    long end = System.nanoTime() + WITHIN.toNanos();
    while (FirmwareCast.newest(installer).state() != CampaignState.DONE) {
      if (System.nanoTime() > end) {
        throw new StoryFailure("the campaign does not end: " + FirmwareCast.newest(installer));
      }
      if (!device.alive()) {
        scene.checkEqual(START_AGAIN, device.ended(PROVEN), "the device starts itself anew with");
        whole("its own restart");
        start();
      }
      scene.pause(Duration.ofMillis(200));
    }
    cast.awaitMember(installer, "sw1", CampaignMember.State.SUCCEEDED, WITHIN);
    FirmwareVersion runs = FirmwareVersion.parse(runs());
    scene.checkEqual(FirmwareCast.NEW, runs, "what sw1 runs");
    installer.ends("upgrade", "sw1", "executed", WITHIN);
    scene.checkEqual(
        1L,
        installer.ordered().stream().filter("upgrade sw1"::equals).count(),
        "the number of upgrades in the journal");
    long most = (BYTES + (long) lives * CHUNK) * 4 / 3 * 11 / 10 + lives * OF_A_SESSION;
    long carried = cable.carried(Cable.Way.FROM_SERVER);
    scene.check(
        carried < most,
        carried
            + " bytes came over the line in "
            + lives
            + " lives: no piece that was there came again");
    scene.check(
        fetched.stream().anyMatch(bytes -> bytes > 0 && bytes < BYTES),
        "some of the cuts came in the middle of the image");
  }

  private String runs() throws IOException {
    ObjectNode record = Json.parse(Files.readAllBytes(folder.resolve("boot.json")));
    return record.path("slots").path(record.path("active").asText()).path("version").asText();
  }
}
