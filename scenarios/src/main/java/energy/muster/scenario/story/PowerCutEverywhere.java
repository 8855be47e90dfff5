// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.firmware.CampaignMember;
import energy.muster.firmware.CampaignState;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.firmware.UpdateState;
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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The power of the device is cut every few hundred kilobytes and in every state on its way to
 * another firmware, and the server's as well. It runs the old version or the new one and nothing
 * else, and the order ends once.
 */
public final class PowerCutEverywhere implements Story {
  private static final Area BRANCH = new Area("branch-60");
  private static final Duration WITHIN = Duration.ofMinutes(4);
  private static final Duration PROVEN = Duration.ofSeconds(60);
  private static final int BYTES = 3_000_000;
  private static final int CHUNK = 32 * 1024;

  /** How often its power is cut on the way, in bytes. */
  private static final long EVERY = 400_000;

  /** Where the server's is as well. */
  private static final long AWAY = 3 * EVERY;

  /** What a session costs that fetches nothing: its beginning, lists and manifests. */
  private static final long OF_A_SESSION = 30_000;

  private static final int START_AGAIN = 86;

  private Scene scene;
  private FirmwareCast cast;
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
    scene.stage().enrol(spec(false));
    FirmwareCast.enrol(scene, BRANCH);
    scene.stage().startServer();
    cable = new Cable("sw1", scene.stage()::port);
    scene.atTheEnd(cable::close);
    config = configured(spec(false));
    folder = config.resolveSibling("firmware/sw1");
    start();
    cast = new FirmwareCast(scene);
    built = cast.published(FirmwareCast.NEW, Workshop.Health.SLOW, BYTES);
    Operator installer = cast.installer();
    installer.says("upgrade sw1 to 2.4.1 within 30 min");
    whileItComes();
    whileItWaits(installer);
    whileItInstalls();
    scene.note("From now on the power stays.");
    ends(installer);
  }

  /**
   * @param open whether it may be interrupted now
   */
  private DeviceSpec spec(boolean open) {
    ObjectNode firmware = Workshop.cameWith("sw1", FirmwareCast.OLD).put("zone", "UTC");
    if (!open) {
      LocalTime far = LocalTime.now(ZoneOffset.UTC).plusHours(12).truncatedTo(ChronoUnit.MINUTES);
      firmware
          .putArray("windows")
          .addObject()
          .put("from", far.toString())
          .put("to", far.plusHours(1).toString());
    }
    return Cast.breaker("sw1", BRANCH).running(firmware);
  }

  private Path configured(DeviceSpec spec) {
    return scene
        .stage()
        .folder()
        .deviceConfig("sw1", List.of(spec), Access.tcp(cable.port()), Path.of("sw1.db"));
  }

  private void start() {
    device = scene.stage().launchDevices("sw1", config, List.of());
    device.await("proven", PROVEN);
    lives++;
  }

  private void cut(String when) throws IOException {
    device.kill();
    whole(when);
  }

  private long there() {
    try {
      Path part = folder.resolve("download").resolve("image");
      return Files.exists(part) ? Files.size(part) : 0;
    } catch (IOException gone) {
      return 0;
    }
  }

  /** Every few hundred kilobytes, and once while there is nobody to ask. */
  private void whileItComes() throws Exception {
    scene.note("Every " + EVERY / 1000 + " kB its power is cut.");
    for (long next = EVERY; next < BYTES; next += EVERY) {
      long enough = next;
      scene.await("it has " + next / 1000 + " kB", WITHIN, () -> there() >= enough);
      cut("the cut at " + next / 1000 + " kB");
      if (next == AWAY) {
        scene.note("The server's power is cut as well: nobody is there to ask.");
        scene.stage().server().kill();
        device = scene.stage().launchDevices("sw1", config, List.of());
        lives++;
        device.await("started", PROVEN);
        cut("a cut while the download is paused");
        scene.stage().startServer();
      }
      start();
    }
  }

  private void whileItWaits(Operator installer) throws Exception {
    scene.note("All of it is there and checked; its window is closed.");
    awaitShown(installer, UpdateState.INSTALL_SCHEDULED);
    cut("a cut while it waits to install");
    start();
    awaitShown(installer, UpdateState.INSTALL_SCHEDULED);
    scene.note("The server's power is cut as well, and the device's; then its window opens.");
    scene.stage().server().kill();
    cut("another cut while it waits");
    scene.stage().startServer();
    config = configured(spec(true));
    start();
  }

  private void awaitShown(Operator installer, UpdateState state) throws InterruptedException {
    long end = System.nanoTime() + WITHIN.toNanos();
    Optional<CampaignMember> member = Optional.empty();
    while (member
        .flatMap(CampaignMember::progress)
        .filter(shown -> shown.state() == state)
        .isEmpty()) {
      if (System.nanoTime() > end) {
        throw new StoryFailure("sw1 is not " + state.words() + " but " + member);
      }
      scene.pause(Duration.ofMillis(200));
      member = FirmwareCast.member(FirmwareCast.newest(installer), "sw1");
    }
    scene.check(true, "sw1 is " + state.words());
  }

  private void whileItInstalls() throws Exception {
    scene.note(
        "It installs: its power is cut in the self-test, in the first start, in the first session.");
    Path slot = folder.resolve("b").resolve("image");
    scene.await("the new image is in its slot", WITHIN, () -> Files.exists(slot));
    cut("a cut in the self-test");
    scene.check(!trying(), "nothing is on trial yet");
    start();
    scene.checkEqual(START_AGAIN, device.ended(PROVEN), "the device starts itself anew with");
    whole("its own restart");
    scene.check(trying(), "the new version is on trial");
    device = scene.stage().launchDevices("sw1", config, List.of());
    lives++;
    scene.await("its first start has been counted", WITHIN, () -> tries() == 1);
    cut("a cut in the first start");
    start();
    cut("a cut in the first session");
    start();
  }

  private ObjectNode boot() {
    try {
      return Json.parse(Files.readAllBytes(folder.resolve("boot.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean trying() {
    return boot().path("trying").isObject();
  }

  private int tries() {
    return boot().path("trying").path("tries").asInt(-1);
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
