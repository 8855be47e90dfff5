// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import energy.muster.firmware.Image;
import energy.muster.firmware.UploadPiece;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.scan.Scanner;
import energy.muster.scan.ScannerPolicy;
import energy.muster.seal.Digest;
import energy.muster.service.journal.FirmwareRecord;
import energy.muster.service.journal.Journal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The depot together with whoever looks through what comes in; closed where there is none. */
final class Shelf {
  private record Open(ImageDepot depot, Inspection inspection, Executor looking, Pace pace) {}

  /** For a document, which is short: whoever brings it waits for the answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private static final String SILENT =
      "the scanner did not answer in " + PATIENCE.toSeconds() + " s";

  private final ScannerPolicy policy;
  private Optional<Open> open = Optional.empty();

  Shelf(ScannerPolicy policy) {
    this.policy = policy;
  }

  /** Before anything else. */
  void open(
      ImageDepot depot,
      Scanner scanner,
      Executor looking,
      Pace pace,
      Journal journal,
      InstantSource clock) {
    open =
        Optional.of(
            new Open(depot, new Inspection(policy, scanner, journal, clock), looking, pace));
  }

  boolean isOpen() {
    return open.isPresent();
  }

  void recover(FirmwareRecord known) {
    open.ifPresent(
        there -> {
          there.inspection().recover(known.scans());
          known.manifests().forEach(each -> there.depot().expect(each.manifest().image()));
        });
  }

  private Open there() {
    return open.orElseThrow(
        () -> new Refused(Reason.UNSUPPORTED, "this service keeps no firmware"));
  }

  void requireOpen() {
    there();
  }

  void expect(Image image) {
    there().depot().expect(image);
  }

  void drop(Digest image) {
    there().depot().drop(image);
  }

  boolean complete(Digest image) {
    return there().depot().complete(image);
  }

  /** What is whole and has not passed may pass now: a scanner may be there again. */
  void requireClean(Digest image) {
    there()
        .inspection()
        .against(image)
        .ifPresent(
            why -> {
              there().depot().finish(image, there().looking(), there().inspection());
              throw new Refused(Reason.CONTENT_REFUSED, "the image may not be handed out: " + why);
            });
  }

  /** Has a document looked through, as images are; completes with what is said of it. */
  CompletionStage<String> look(byte[] document) {
    Inspection inspection = there().inspection();
    return CompletableFuture.supplyAsync(() -> inspection.look(document), there().looking())
        .completeOnTimeout(
            inspection.silent(document, SILENT), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(inspection::taken);
  }

  /** Whether nothing is missing any more; it counts when it has been looked through. */
  CompletionStage<Boolean> put(UploadPiece piece) {
    return there()
        .depot()
        .put(
            piece, image -> there().depot().finish(image, there().looking(), there().inspection()));
  }

  /** What all of has come, and could not be finished then, is finished soon. */
  void goOn(Digest image) {
    var unused = progress(image);
  }

  CompletionStage<DepotFile.Progress> progress(Digest image) {
    return there()
        .depot()
        .progress(image)
        .whenComplete((progress, failure) -> goOn(image, Optional.ofNullable(progress)));
  }

  /** All of it had come when the service was killed, or when its disk took nothing. */
  private void goOn(Digest image, Optional<DepotFile.Progress> progress) {
    boolean whole = progress.filter(each -> each.list() && each.missing().isEmpty()).isPresent();
    if (whole && there().inspection().passed(image).isEmpty()) {
      there().depot().finish(image, there().looking(), there().inspection());
    }
  }

  String scanned(Digest image) {
    return there().inspection().words(image);
  }

  ScannerPolicy policy() {
    return policy;
  }

  /** How long so many bytes wait before they go out; those that have no turn wait longest. */
  Duration turn(int bytes) {
    return there().pace().take(bytes).orElse(Pace.LONGEST);
  }

  byte[] chunk(Digest image, int index) {
    return there().depot().chunk(image, index);
  }

  byte[] listPiece(Digest image, int index) {
    return there().depot().listPiece(image, index);
  }
}
