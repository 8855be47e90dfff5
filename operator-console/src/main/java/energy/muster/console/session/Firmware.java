// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.console.language.FirmwareLine;
import energy.muster.console.language.Hint;
import energy.muster.console.language.Line;
import energy.muster.document.DocumentType;
import energy.muster.firmware.ChunkList;
import energy.muster.firmware.Depot;
import energy.muster.firmware.Image;
import energy.muster.firmware.Manifest;
import energy.muster.firmware.Releases;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Brings firmware and lists of releases to the service, and tells what is there. */
final class Firmware {
  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final Setup setup;
  private final Revocations revocations;
  private final Questions questions;
  private final Inventories inventories;
  private final Consumer<Event> events;

  Firmware(
      Setup setup,
      Revocations revocations,
      Questions questions,
      Inventories inventories,
      Consumer<Event> events) {
    this.setup = setup;
    this.revocations = revocations;
    this.questions = questions;
    this.inventories = inventories;
    this.events = events;
  }

  LineResult run(FirmwareLine line) throws InterruptedException {
    if (line instanceof FirmwareLine.PublishImage publish) {
      return image(publish);
    } else if (line instanceof FirmwareLine.PublishReleases publish) {
      return releases(publish.file());
    } else if (line instanceof FirmwareLine.Runs asked) {
      return inventories.show(asked);
    }
    events.accept(new FirmwareEvent.DepotShown(now(), depot(questions)));
    return new LineResult.Done(true);
  }

  static Depot depot(Questions questions) throws InterruptedException {
    return Depot.read(questions.get(Payload.empty(Wire.FIRMWARE_DEPOT), ANSWER).requireLargeJson());
  }

  private LineResult image(FirmwareLine.PublishImage publish) throws InterruptedException {
    Sealed sealed = SealedDocument.read(publish.manifest());
    Manifest manifest = manifest(sealed, publish.manifest());
    ChunkList list = list(publish.image(), manifest.image());
    if (!list.image().equals(manifest.image())) {
      throw new Hint(
          publish.image().column(),
          publish.image().text() + " is not the image that this manifest is about");
    }
    String name = manifest.product() + " " + manifest.version();
    questions.set(Payload.of(Wire.FIRMWARE_PUBLISH, sealed), ANSWER, why -> {});
    say(name + ": the manifest is with the service");
    Upload upload = new Upload(questions, setup.clock(), events, name);
    boolean complete = upload.run(Path.of(publish.image().text()), list, digest(sealed));
    say(
        complete
            ? name
                + " is complete at the service; it is handed out once it stands in a list of"
                + " releases"
            : name + " is all there; the service has not taken it yet: firmware says why");
    return new LineResult.Done(complete);
  }

  private Digest digest(Sealed sealed) {
    return revocations.trust().open(sealed, now()).digest();
  }

  /** Checked here, so that whoever publishes hears of a mistake before anybody else does. */
  private Manifest manifest(Sealed sealed, Line.Target file) {
    Opened opened = opened(sealed, file, DocumentType.FIRMWARE_MANIFEST);
    if (opened.signers().stream().noneMatch(by -> by.holds(Role.FIRMWARE_BUILDER))) {
      throw new Refused(Reason.NOT_AUTHORISED, file.text() + " is signed by no firmware-builder");
    }
    return Manifest.read(opened.content());
  }

  private Opened opened(Sealed sealed, Line.Target file, DocumentType type) {
    Opened opened = revocations.trust().open(sealed, now());
    if (!Json.parse(opened.content()).path("type").asText().equals(type.wire())) {
      throw new Hint(file.column(), file.text() + " is no " + type.wire());
    }
    return opened;
  }

  private static ChunkList list(Line.Target file, Image image) {
    try (InputStream bytes = Files.newInputStream(Path.of(file.text()))) {
      return ChunkList.of(bytes, image.chunk());
    } catch (NoSuchFileException e) {
      throw new Hint(file.column(), "there is no file " + file.text());
    } catch (IOException e) {
      throw new Hint(file.column(), "cannot read " + file.text() + ": " + e.getMessage());
    }
  }

  private LineResult releases(Line.Target file) throws InterruptedException {
    Sealed sealed = SealedDocument.read(file);
    Opened opened = opened(sealed, file, DocumentType.FIRMWARE_RELEASES);
    Releases list = Releases.read(opened.content());
    questions.set(Payload.of(Wire.FIRMWARE_PUBLISH, sealed), ANSWER, why -> {});
    say(
        "list of releases %d counts from now on, until %s: %s"
            .formatted(
                list.number(),
                list.expires(),
                list.releases().isEmpty()
                    ? "nothing may be taken"
                    : String.join(
                        ", ",
                        list.releases().stream()
                            .map(each -> each.product() + " " + each.version())
                            .toList())));
    return new LineResult.Done(true);
  }

  private void say(String text) {
    events.accept(new Event.Said(now(), text));
  }

  private Instant now() {
    return setup.clock().instant();
  }
}
