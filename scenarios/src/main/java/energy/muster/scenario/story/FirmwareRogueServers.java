// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.console.session.FirmwareEvent;
import energy.muster.firmware.Campaign;
import energy.muster.firmware.CampaignMember;
import energy.muster.firmware.CampaignState;
import energy.muster.identity.Area;
import energy.muster.refusal.Reason;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.scenario.StoryFailure;
import energy.muster.seal.Digest;
import energy.muster.stage.DeviceSpec;
import energy.muster.stage.RogueShelf;
import energy.muster.stage.RogueShelf.Trick;
import energy.muster.stage.Workshop;
import energy.muster.stage.Workshop.Built;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Each device fetches its image from an HTTP server that plays it another trick, and the service's
 * own copy was altered on its disk: nobody installs anything. Once the builder has brought again
 * what was altered, all have it from the service, whatever the rogue says.
 */
public final class FirmwareRogueServers implements Story {
  private static final Area BRANCH = new Area("branch-60");
  private static final Duration WITHIN = Duration.ofSeconds(90);
  private static final int BYTES = 100_000;
  private static final String FOREIGN = "load-foreign";
  private static final String UNTROUBLED = "load-service";

  /** What sockets hold beside a piece, many times over. */
  private static final long BOUNDED = 64L * 1024 * 1024;

  private final Map<String, Reason> fates = new LinkedHashMap<>();
  private Scene scene;
  private FirmwareCast cast;
  private Built built;

  @Override
  public String name() {
    return "firmware-rogue-servers";
  }

  @Override
  public String about() {
    return "Images from rogue HTTP servers, and one altered on the service's disk: none is installed, all is mended.";
  }

  @Override
  public void play(Scene where) throws Exception {
    scene = where;
    byte[] program = Workshop.program(FirmwareCast.NEW, Workshop.Health.WELL, BYTES);
    RogueShelf rogue = RogueShelf.open(program);
    scene.atTheEnd(rogue::close);
    RogueShelf foreign = RogueShelf.foreign(program);
    scene.atTheEnd(foreign::close);
    List<DeviceSpec> devices = devices(rogue, foreign);
    scene.stage().enrol(devices);
    FirmwareCast.enrol(scene, BRANCH);
    scene.stage().startServer();
    scene.startDevices("loads", devices);
    cast = new FirmwareCast(scene);
    built = cast.published(FirmwareCast.NEW, Workshop.Health.WELL, BYTES);
    Operator installer = cast.installer();
    alteredEverywhere(installer);
    bounded(rogue, foreign);
    mended(installer);
  }

  private List<DeviceSpec> devices(RogueShelf rogue, RogueShelf foreign) {
    List<DeviceSpec> devices = new ArrayList<>();
    for (Trick trick : Trick.values()) {
      String name = "load-" + trick.folder();
      devices.add(device(name, Optional.of(rogue.address(trick))));
      fates.put(
          name,
          trick == Trick.ALTERED || trick == Trick.ENDLESS
              ? Reason.CORRUPT
              : Reason.TRANSFER_FAILED);
    }
    devices.add(device(FOREIGN, Optional.of(foreign.address(Trick.ALTERED))));
    fates.put(FOREIGN, Reason.TRANSFER_FAILED);
    devices.add(device(UNTROUBLED, Optional.empty()));
    fates.put(UNTROUBLED, Reason.TRANSFER_FAILED);
    return devices;
  }

  private static DeviceSpec device(String name, Optional<String> address) {
    var firmware = Workshop.cameWith(name, FirmwareCast.OLD).put("pieceSeconds", 1);
    address.ifPresent(at -> firmware.put("transfer", "http").put("http", at));
    return Cast.load(name, BRANCH, 20).running(firmware);
  }

  private void alteredEverywhere(Operator installer) throws Exception {
    scene.note("A bit of the image is altered on the service's disk, after it was released.");
    Path kept = kept();
    byte[] bytes = Files.readAllBytes(kept);
    bytes[bytes.length / 2] ^= 1;
    Files.write(kept, bytes);

    scene.note("Every device asks another rogue first, and then the service.");
    installer.says("upgrade loads on branch 60 to 2.4.1 in waves of 100 % within 30 min");
    Campaign campaign = cast.awaitState(installer, CampaignState.FAILED, WITHIN);
    for (CampaignMember member : campaign.members()) {
      Reason reason = fates.get(member.device().local());
      if (member.state() != CampaignMember.State.FAILED || !member.text().contains(reason.wire())) {
        throw new StoryFailure("not " + reason + ": " + member);
      }
      scene
          .transcript()
          .line("   ✓ " + member.device().local() + " → " + reason + ": " + member.text());
    }
    installer.told("campaign-failed", WITHIN);
    installer.sees("must be uploaded again");
    for (String device : fates.keySet()) {
      if (Files.exists(folder(device).resolve("b/image"))) {
        throw new StoryFailure(device + " has something in its other slot");
      }
    }
    scene.check(true, "no device has put anything into its other slot");
    scene.checkEqual(
        (long) fates.size(),
        FirmwareContest.running(installer, FirmwareCast.OLD),
        "the number of devices that sign that they run 2.4.0");
  }

  private void bounded(RogueShelf rogue, RogueShelf foreign) {
    for (Trick trick : Trick.values()) {
      if (rogue.asked(trick) == 0) {
        throw new StoryFailure("nobody asked the rogue that is " + trick);
      }
    }
    for (Trick trick : List.of(Trick.ENDLESS, Trick.ENDLESS_HEAD)) {
      scene.check(
          rogue.taken(trick) < BOUNDED,
          "of data without an end (%s) a device took no more than %d bytes"
              .formatted(trick.folder(), rogue.taken(trick)));
    }
    scene.checkEqual(
        0,
        foreign.asked(Trick.ALTERED),
        "the number of requests to a server of a foreign authority");
  }

  private void mended(Operator installer) throws Exception {
    scene.note("The builder brings the image again; only what was altered travels.");
    try (Operator builder = scene.operator(Workshop.BUILDER, Duration.ofSeconds(5))) {
      builder.does("publish firmware " + built.image() + " with " + built.file());
      List<FirmwareEvent.Uploaded> pieces =
          builder.seen().stream()
              .filter(FirmwareEvent.Uploaded.class::isInstance)
              .map(FirmwareEvent.Uploaded.class::cast)
              .toList();
      scene.check(
          pieces.stream().allMatch(piece -> piece.done() >= piece.pieces()),
          "of " + pieces.get(0).pieces() + " pieces one was sent");
    }
    installer.says("upgrade loads on branch 60 to 2.4.1 in waves of 100 % within 30 min");
    cast.awaitState(installer, CampaignState.DONE, WITHIN);
    for (String device : fates.keySet()) {
      Digest found = Digest.of(Files.readAllBytes(folder(device).resolve("b/image")));
      if (!found.equals(built.manifest().image().digest())) {
        throw new StoryFailure(device + " runs what nobody signed");
      }
    }
    scene.check(true, "every device runs the image that was signed, byte for byte");
    scene.checkEqual(
        (long) fates.size(),
        FirmwareContest.running(installer, FirmwareCast.NEW),
        "the number of devices that sign that they run 2.4.1");
  }

  private Path folder(String device) {
    return scene.stage().folder().data().resolve("devices/firmware").resolve(device);
  }

  /** Where the service keeps the image. */
  private Path kept() throws IOException {
    String name = built.manifest().image().digest().toString();
    try (Stream<Path> files = Files.walk(scene.stage().folder().server())) {
      return files
          .filter(file -> file.getFileName().toString().equals(name))
          .findFirst()
          .orElseThrow(() -> new StoryFailure("the service keeps no file " + name));
    }
  }
}
