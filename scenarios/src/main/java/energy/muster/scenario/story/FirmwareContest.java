// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.command.Instruction;
import energy.muster.console.session.FirmwareEvent;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.firmware.Rollout;
import energy.muster.identity.Area;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.scenario.Answer;
import energy.muster.scenario.Draft;
import energy.muster.scenario.Operator;
import energy.muster.scenario.RawClient;
import energy.muster.scenario.Scene;
import energy.muster.scenario.StoryFailure;
import energy.muster.seal.Sealed;
import energy.muster.seal.SigningIdentity;
import energy.muster.stage.SiteFolder;
import energy.muster.stage.Workshop;
import energy.muster.stage.Workshop.Built;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What attackers of firmware share: keys, sessions, orders, and a look at what became of it. */
final class FirmwareContest {
  static final Area BRANCH = new Area("branch-60");
  static final int BYTES = 100_000;

  final Scene scene;
  final FirmwareCast cast;
  final Workshop workshop;

  /** What was built and released in the regular way. */
  final Built good;

  FirmwareContest(Scene scene, FirmwareCast cast, Built good) {
    this.scene = scene;
    this.cast = cast;
    this.workshop = cast.workshop();
    this.good = good;
  }

  SigningIdentity key(String name) {
    SiteFolder folder = scene.stage().folder();
    return folder.identity(folder.jid(name));
  }

  /** A session of that account which has proven its key. */
  RawClient proven(String name) throws Exception {
    RawClient client = RawClient.logIn(scene, name);
    Answer answer = client.prove(key(name), scene.now());
    if (!answer.ok()) {
      throw new StoryFailure(name + " cannot prove its key: " + answer);
    }
    return client;
  }

  void refused(String what, Reason reason, Answer answer) {
    refused(what, reason, answer, "service");
  }

  void refused(String what, Reason reason, Answer answer, String by) {
    if (!answer.reason().equals(reason.wire())) {
      throw new StoryFailure(what + " → " + answer + " instead of " + reason);
    }
    scene.transcript().line("   ✓ " + what + " → " + reason + " (" + by + ")");
  }

  void taken(String what, Answer answer) {
    scene.check(answer.ok(), what + (answer.ok() ? "" : ": " + answer));
  }

  static Payload publishing(Sealed sealed) {
    return Payload.of(Wire.FIRMWARE_PUBLISH, sealed);
  }

  /** An order as somebody who has that key may sign it. */
  Draft upgrade(SigningIdentity by, String device, Built to, long releases) {
    SiteFolder folder = scene.stage().folder();
    return Draft.of(
        folder.site(),
        by,
        new Instruction.Upgrade(
            to.manifest().product(),
            to.manifest().version(),
            to.digest(),
            releases,
            Optional.empty(),
            Rollout.CAREFUL),
        folder.jid(device),
        scene.now());
  }

  /** On its own disk: the version that would run now, and nothing on trial. */
  void runs(String device, FirmwareVersion version) throws IOException {
    Path boot =
        scene.stage().folder().data().resolve("devices/firmware").resolve(device + "/boot.json");
    var record = Json.parse(Files.readAllBytes(boot));
    String slot = record.path("active").asText();
    scene.checkEqual(
        version + ", nothing on trial",
        record.path("slots").path(slot).path("version").asText()
            + (record.path("trying").isObject() ? ", another on trial" : ", nothing on trial"),
        "what " + device + " runs");
  }

  /** How many devices have signed that they run it. */
  static long running(Operator person, FirmwareVersion version) throws InterruptedException {
    return person.quietly("inventory").stream()
        .filter(FirmwareEvent.InventoryShown.class::isInstance)
        .flatMap(event -> ((FirmwareEvent.InventoryShown) event).devices().stream())
        .filter(each -> each.installed().version().equals(version))
        .count();
  }
}
