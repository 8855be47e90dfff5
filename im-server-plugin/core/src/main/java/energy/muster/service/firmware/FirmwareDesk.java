// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import energy.muster.command.Command;
import energy.muster.firmware.Depot;
import energy.muster.firmware.Manifest;
import energy.muster.firmware.StoredFirmware;
import energy.muster.firmware.UploadPiece;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.scan.Scanner;
import energy.muster.seal.Digest;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Reception;
import energy.muster.service.journal.FirmwareRecord;
import energy.muster.service.journal.FirmwareRecord.FiledManifest;
import energy.muster.service.journal.FirmwareRecord.FiledReleases;
import energy.muster.service.journal.Journal;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.notice.Notices;
import energy.muster.service.session.CurrentTrust;
import energy.muster.service.session.OwnWords;
import energy.muster.service.session.Session;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** What people and devices ask the service about firmware. */
public final class FirmwareDesk {
  private final ReleaseBook book;
  private final Shelf shelf;
  private final PublishDesk publishing;
  private final Passes passes;
  private final HandOut handOut;
  private final ReportDesk reports;
  private final Journal journal;
  private final InstantSource clock;

  /**
   * @param ordered what has been sent to a device and is not over; asked at the desk
   * @param spare works when nothing else is to be done
   */
  public FirmwareDesk(
      String site,
      FirmwareRules rules,
      CurrentTrust trust,
      Ledger ledger,
      Notices notices,
      Function<BareJid, List<Command>> ordered,
      Journal journal,
      Reception reception,
      Desk desk,
      Executor spare,
      InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
    book = new ReleaseBook(rules, trust);
    shelf = new Shelf(rules.scanner());
    publishing =
        new PublishDesk(site, trust, book, shelf, notices, journal, reception, desk, clock);
    passes = new Passes(clock);
    handOut = new HandOut(book, shelf, passes, ordered, spare, clock);
    reports =
        new ReportDesk(
            book, new OwnWords(site, trust, clock), ledger, journal, reception, desk, clock);
  }

  /**
   * Where images are, and who looks through them; said before {@link #recover}.
   *
   * @return for a server that hands them out over HTTPS
   */
  public HttpsTerms open(ImageDepot depot, Scanner scanner, Executor looking, Pace pace) {
    shelf.open(depot, scanner, looking, pace, journal, clock);
    return new HttpsTerms(passes::admits, bytes -> shelf.turn(bytes).toNanos());
  }

  public void recover(FirmwareRecord known) {
    book.recover(known);
    shelf.recover(known);
    reports.recover(known.reports());
  }

  /** What devices have signed that they run. */
  public ReportDesk reports() {
    return reports;
  }

  /** Whether firmware is kept here at all. */
  public boolean open() {
    return shelf.isOpen();
  }

  public CompletionStage<Payload> publish(Session session, Payload payload) {
    return publishing.publish(session, payload);
  }

  /** Takes a piece of an image from whoever may build one. */
  public CompletionStage<Payload> piece(Session session, Payload payload) {
    shelf.requireOpen();
    if (session.certified().filter(FirmwareDesk::uploads).isEmpty()) {
      throw new Refused(
          Reason.NOT_AUTHORISED, "a firmware-builder or a firmware-releaser uploads an image");
    }
    return shelf
        .put(UploadPiece.read(payload.requireLargeJson()))
        .thenApply(all -> Payload.of(Wire.FIRMWARE_PIECE, Json.object().put("complete", all)));
  }

  private static boolean uploads(Certified who) {
    return who.holds(Role.FIRMWARE_BUILDER) || who.holds(Role.FIRMWARE_RELEASER);
  }

  /** What is there and what is missing. At the desk. */
  public CompletionStage<Payload> depot(Session session, Payload payload) {
    if (session.isDevice()) {
      throw new Refused(Reason.NOT_AUTHORISED, "people ask for that");
    }
    shelf.requireOpen();
    Instant now = clock.instant();
    Optional<FiledReleases> newest = book.newest(now);
    List<FiledManifest> all =
        book.manifests().stream()
            .sorted(
                Comparator.comparing((FiledManifest each) -> each.manifest().product())
                    .thenComparing(each -> each.manifest().version()))
            .toList();
    CompletionStage<List<StoredFirmware>> gathered =
        CompletableFuture.completedFuture(new ArrayList<>());
    for (FiledManifest each : all) {
      boolean released = newest.filter(list -> list.releases().lists(each.digest())).isPresent();
      gathered =
          gathered.thenCombine(
              stored(each, released),
              (list, stored) -> {
                list.add(stored);
                return list;
              });
    }
    return gathered.thenApply(
        firmwares ->
            Payload.of(
                Wire.FIRMWARE_DEPOT,
                new Depot(
                        newest.map(list -> list.releases().number()).orElse(0L),
                        newest.map(list -> list.releases().expires()),
                        shelf.policy().wire(),
                        firmwares)
                    .write()));
  }

  private CompletionStage<StoredFirmware> stored(FiledManifest filed, boolean released) {
    Manifest manifest = filed.manifest();
    return shelf
        .progress(manifest.image().digest())
        .thenApply(
            progress ->
                new StoredFirmware(
                    filed.digest(),
                    manifest.product(),
                    manifest.version(),
                    manifest.image(),
                    released,
                    progress.list(),
                    progress.chunks(),
                    progress.missing(),
                    shelf.complete(manifest.image().digest()),
                    shelf.scanned(manifest.image().digest())));
  }

  public Payload releases(Session session, Payload payload) {
    return handOut.releases(session, payload);
  }

  public Payload manifest(Session session, Payload payload) {
    return handOut.manifest(session, payload);
  }

  public CompletionStage<Payload> chunk(Session session, Payload payload) {
    return handOut.chunk(session, payload);
  }

  public CompletionStage<Payload> list(Session session, Payload payload) {
    return handOut.list(session, payload);
  }

  /** Leave to fetch an image over HTTPS. At the desk. */
  public Payload pass(Session session, Payload payload) {
    return handOut.pass(session, payload);
  }

  public CompletionStage<Payload> report(Session session, Payload payload) {
    return reports.report(session, payload);
  }

  public Payload inventory(Session session, Payload payload) {
    return reports.inventory(session, payload);
  }

  /** The manifest that an upgrade names, as far as it counts now. At the desk. */
  public Optional<FiledManifest> released(Digest manifest) {
    return book.manifest(manifest).filter(filed -> book.released(filed.digest(), clock.instant()));
  }

  /** Why no device would take what is released, now. At the desk. */
  public Optional<Refusal> against(FiledManifest filed) {
    return book.against(filed, clock.instant());
  }

  /** The number of the list that counts. At the desk. */
  public long releases() {
    return book.newest(clock.instant()).map(list -> list.releases().number()).orElse(0L);
  }
}
