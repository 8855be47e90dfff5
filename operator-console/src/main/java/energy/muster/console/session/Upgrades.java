// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.command.Leaf;
import energy.muster.command.Priority;
import energy.muster.command.TargetTree;
import energy.muster.console.language.FirmwareLine;
import energy.muster.console.language.Hint;
import energy.muster.console.language.Moment;
import energy.muster.console.language.Options;
import energy.muster.console.language.Window;
import energy.muster.document.DocumentId;
import energy.muster.firmware.Depot;
import energy.muster.firmware.Manifest;
import energy.muster.firmware.StoredFirmware;
import energy.muster.identity.BareJid;
import energy.muster.identity.Role;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Turns a word about a version into one signed order to an exact list, or into a second signature.
 */
final class Upgrades {
  private static final Duration ANSWER = Duration.ofSeconds(20);

  /** How long whoever is away or busy is waited for, unless the line says otherwise. */
  private static final Duration WAITS = Duration.ofDays(14);

  private final Setup setup;
  private final Mirror mirror;
  private final Records records;
  private final Revocations revocations;
  private final Notary notary;
  private final Desk desk;
  private final Questions questions;
  private final Confirmation confirmation;
  private final Consumer<Event> events;

  Upgrades(
      Setup setup,
      Mirror mirror,
      Records records,
      Revocations revocations,
      Notary notary,
      Desk desk,
      Questions questions,
      Confirmation confirmation,
      Consumer<Event> events) {
    this.setup = setup;
    this.mirror = mirror;
    this.records = records;
    this.revocations = revocations;
    this.notary = notary;
    this.desk = desk;
    this.questions = questions;
    this.confirmation = confirmation;
    this.events = events;
  }

  LineResult give(FirmwareLine.Upgrade line) throws InterruptedException {
    List<BareJid> devices = mirror.resolve(line.targets());
    Depot depot = Firmware.depot(questions);
    StoredFirmware meant = meant(depot, line);
    Manifest manifest = manifest(meant);
    Instruction.Upgrade upgrade =
        new Instruction.Upgrade(
            meant.product(),
            meant.version(),
            meant.manifest(),
            depot.releases(),
            line.source(),
            line.rollout());
    Instant until =
        line.until()
            .map(moment -> moment.resolve(now(), setup.zone()))
            .orElseGet(() -> now().plus(WAITS));
    plan(Optional.empty(), upgrade, devices, until, manifest.notes());
    if (!confirmation.ask(
        "upgrade %s to %s %s?"
            .formatted(
                devices.size() == 1
                    ? devices.get(0).local()
                    : "these " + devices.size() + " devices",
                meant.product(),
                meant.version()))) {
      return notDone();
    }
    Options options =
        new Options(
            Optional.empty(),
            line.reason(),
            new Window(
                Optional.empty(),
                Optional.of(new Moment.Exactly(until)),
                Optional.empty(),
                Optional.empty()),
            Priority.ROUTINE,
            Optional.empty(),
            OptionalInt.empty());
    LineResult.Given given = desk.give(new Draft(upgrade, devices, options));
    if (given.standings().values().stream().anyMatch(each -> !each.state().terminal())) {
      say("campaign " + given.order().brief() + " shows how it goes on");
    }
    return given;
  }

  private StoredFirmware meant(Depot depot, FirmwareLine.Upgrade line) {
    List<StoredFirmware> found =
        depot.firmwares().stream()
            .filter(each -> each.released() && each.version().equals(line.version()))
            .filter(each -> line.product().isEmpty() || line.product().get().equals(each.product()))
            .toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    if (found.isEmpty()) {
      throw new Hint(
          line.column(),
          "nobody has released "
              + line.product().map(product -> product + " ").orElse("")
              + line.version()
              + released(depot));
    }
    throw new Hint(
        line.column(),
        "say of which product, as in to "
            + line.version()
            + " of "
            + String.join(" or of ", found.stream().map(StoredFirmware::product).toList()));
  }

  private static String released(Depot depot) {
    List<String> names =
        depot.firmwares().stream()
            .filter(StoredFirmware::released)
            .map(each -> each.product() + " " + each.version())
            .toList();
    return names.isEmpty() ? "; nothing is released" : "; released are " + String.join(", ", names);
  }

  /** The service's word is not enough: what is signed must be what its builder signed. */
  private Manifest manifest(StoredFirmware meant) throws InterruptedException {
    Payload question =
        Payload.of(
            Wire.FIRMWARE_MANIFEST, Json.object().put("manifest", meant.manifest().toString()));
    Sealed sealed = questions.get(question, ANSWER).requireSealed();
    Opened opened = revocations.trust().open(sealed, now());
    Manifest manifest = Manifest.read(opened.content());
    if (!opened.digest().equals(meant.manifest())
        || !manifest.product().equals(meant.product())
        || !manifest.version().equals(meant.version())) {
      throw new Refused(Reason.WRONG_TARGET, "the service gave another manifest than it named");
    }
    if (opened.signers().stream().noneMatch(by -> by.holds(Role.FIRMWARE_BUILDER))) {
      throw new Refused(Reason.NOT_AUTHORISED, "no firmware-builder has signed the manifest");
    }
    return manifest;
  }

  private void plan(
      Optional<BareJid> issuer,
      Instruction.Upgrade upgrade,
      List<BareJid> devices,
      Instant until,
      List<String> notes) {
    List<List<BareJid>> waves = new ArrayList<>();
    int from = 0;
    for (int size : upgrade.rollout().sizes(devices.size())) {
      waves.add(devices.subList(from, from + size));
      from += size;
    }
    events.accept(new FirmwareEvent.UpgradePlanned(now(), issuer, upgrade, waves, until, notes));
  }

  /** Adds the second person's signature to the very order that the first has signed. */
  LineResult approve(DocumentId id) throws InterruptedException {
    OrderRecord kept = records.one(id);
    Command command = notary.order(kept).command();
    Instruction.Upgrade upgrade = upgrade(command.instruction());
    BareJid me = setup.identity().certified().jid();
    if (command.header().issuer().equals(me)) {
      throw new Refused(
          Reason.NOT_AUTHORISED, "you have signed it; the second person is somebody else");
    }
    List<Leaf> leaves = leaves(id, command);
    List<BareJid> devices = leaves.stream().map(Leaf::device).toList();
    plan(Optional.of(command.header().issuer()), upgrade, devices, command.executeBy(), List.of());
    if (!confirmation.ask(
        "sign this upgrade of %d devices as the second person?".formatted(devices.size()))) {
      return notDone();
    }
    Sealed both = Sealer.cosign(kept.command().orElseThrow(), now(), setup.identity());
    ObjectNode answer =
        questions
            .set(Payload.of(Wire.SUBMIT, both, Draft.beside(leaves)), ANSWER, why -> {})
            .requireLargeJson();
    events.accept(
        new FirmwareEvent.CampaignActed(
            now(), id, answer.path("state").asText("approved"), "approved by " + me.local()));
    return new LineResult.Done(true);
  }

  /** Whom the first person has signed for, which the signature proves. */
  private List<Leaf> leaves(DocumentId id, Command command) throws InterruptedException {
    Payload question = Payload.of(Wire.ORDER, Json.object().put("id", id.text()));
    ObjectNode answer = questions.get(question, ANSWER).requireLargeJson();
    if (!answer.has("leaves")) {
      throw new Refused(
          Reason.NOT_AUTHORISED, "it is also for devices outside your area: you cannot sign it");
    }
    List<Leaf> leaves =
        Fields.of(answer)
            .some(fields -> fields.objects("leaves").stream().map(Leaf::read).toList());
    if (!TargetTree.of(leaves).targets().equals(command.targets())) {
      throw new Refused(Reason.WRONG_TARGET, "these are not the devices that were signed for");
    }
    return leaves;
  }

  private static Instruction.Upgrade upgrade(Instruction instruction) {
    if (instruction instanceof Instruction.Upgrade upgrade) {
      return upgrade;
    }
    throw new Hint(0, "that order is no upgrade");
  }

  private LineResult notDone() {
    say("not done: nothing was sent");
    return new LineResult.Done(false);
  }

  private void say(String text) {
    events.accept(new Event.Said(now(), text));
  }

  private Instant now() {
    return setup.clock().instant();
  }
}
