// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.firmware.Manifest;
import energy.muster.firmware.Release;
import energy.muster.firmware.Releases;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Reception;
import energy.muster.service.desk.Unwritten;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.FirmwareRecord.FiledManifest;
import energy.muster.service.journal.FirmwareRecord.FiledReleases;
import energy.muster.service.journal.Journal;
import energy.muster.service.notice.Notices;
import energy.muster.service.session.CurrentTrust;
import energy.muster.service.session.Session;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes manifests from builders and lists of releases from releasers. */
final class PublishDesk {
  private static final Logger LOG = LoggerFactory.getLogger(PublishDesk.class);
  private static final Set<Role> CONCERNED =
      EnumSet.of(Role.FIRMWARE_BUILDER, Role.FIRMWARE_RELEASER, Role.INSTALLER, Role.ENGINEER);

  private final String site;
  private final CurrentTrust trust;
  private final ReleaseBook book;
  private final Shelf shelf;
  private final Notices notices;
  private final Unwritten<Digest, Payload> unwritten;
  private final Reception reception;
  private final Desk desk;
  private final InstantSource clock;

  private record Brought(
      Opened opened, Sealed sealed, Optional<Manifest> manifest, Optional<Releases> releases) {}

  PublishDesk(
      String site,
      CurrentTrust trust,
      ReleaseBook book,
      Shelf shelf,
      Notices notices,
      Journal journal,
      Reception reception,
      Desk desk,
      InstantSource clock) {
    this.site = site;
    this.trust = trust;
    this.book = book;
    this.shelf = shelf;
    this.notices = notices;
    this.unwritten = new Unwritten<>(journal, desk);
    this.reception = reception;
    this.desk = desk;
    this.clock = clock;
  }

  /** Answered when it is on disk. */
  CompletionStage<Payload> publish(Session session, Payload payload) {
    shelf.requireOpen();
    return reception.take(
        () -> check(session.account(), payload.requireSealed()),
        brought ->
            brought.manifest().isPresent()
                ? manifest(brought.manifest().get(), brought)
                : inTurn(brought, () -> releases(brought.releases().orElseThrow(), brought)));
  }

  private Brought check(BareJid sender, Sealed sealed) {
    Opened opened = trust.get().open(sealed, clock.instant());
    String type = Json.parse(opened.content()).path("type").asText();
    Optional<Manifest> manifest = Optional.empty();
    Optional<Releases> releases = Optional.empty();
    if (type.equals(DocumentType.FIRMWARE_MANIFEST.wire())) {
      manifest = Optional.of(Manifest.read(opened.content()));
    } else if (type.equals(DocumentType.FIRMWARE_RELEASES.wire())) {
      releases = Optional.of(Releases.read(opened.content()));
    } else {
      throw new Refused(
          Reason.MALFORMED, "a manifest or a list of releases is published, not a '" + type + "'");
    }
    Header header =
        manifest.isPresent() ? manifest.get().header() : releases.orElseThrow().header();
    header.requireSite(site);
    if (opened.signer(header.issuer()).isEmpty() || opened.signer(sender).isEmpty()) {
      throw new Refused(
          Reason.NOT_AUTHORISED, "it is published by one who has signed it, as its issuer has");
    }
    return new Brought(opened, sealed, manifest, releases);
  }

  private CompletionStage<Payload> manifest(Manifest manifest, Brought brought) {
    Digest digest = brought.opened().digest();
    if (book.manifest(digest).isPresent()) {
      return CompletableFuture.completedFuture(answer(digest, manifest));
    }
    forgetOutdated();
    book.check(manifest, brought.opened(), clock.instant());
    shelf.requireClean(manifest.image().digest());
    // Its notes are what people read.
    return shelf
        .look(brought.opened().content())
        .thenCompose(said -> desk.ask(() -> inTurn(brought, () -> file(manifest, brought, said))));
  }

  /** Each is checked against those before it, which count once they are on disk. */
  private CompletionStage<Payload> inTurn(
      Brought brought, Supplier<CompletionStage<Payload>> file) {
    Optional<CompletionStage<Payload>> same = unwritten.answer(brought.opened().digest());
    if (same.isPresent()) {
      return same.get();
    }
    Optional<CompletionStage<Payload>> other =
        unwritten.all().stream().findFirst().flatMap(unwritten::answer);
    return other.isPresent()
        ? other
            .get()
            .handle((answer, failure) -> desk.ask(() -> inTurn(brought, file)))
            .thenCompose(turn -> turn)
        : file.get();
  }

  private CompletionStage<Payload> file(Manifest manifest, Brought brought, String scan) {
    Digest digest = brought.opened().digest();
    if (book.manifest(digest).isPresent()) {
      return CompletableFuture.completedFuture(answer(digest, manifest));
    }
    // Once more: others may have come while it was looked through.
    book.check(manifest, brought.opened(), clock.instant());
    LOG.info("manifest {} of {}: {}", digest, manifest.header().issuer(), scan);
    FiledManifest filed = new FiledManifest(digest, manifest, brought.sealed(), clock.instant());
    return unwritten.write(
        digest,
        new Entry.ManifestFiled(filed),
        () -> {
          book.add(filed);
          shelf.expect(manifest.image());
          return CompletableFuture.completedFuture(answer(digest, manifest));
        });
  }

  private void forgetOutdated() {
    for (FiledManifest old : book.outdated(clock.instant())) {
      book.remove(old);
      Digest image = old.manifest().image().digest();
      if (!book.needs(image)) {
        shelf.drop(image);
      }
    }
  }

  private Payload answer(Digest digest, Manifest manifest) {
    Digest image = manifest.image().digest();
    return Payload.of(
        Wire.FIRMWARE_PUBLISH,
        Json.object()
            .put("manifest", digest.toString())
            .put("image", image.toString())
            .put("complete", shelf.complete(image)));
  }

  private CompletionStage<Payload> releases(Releases releases, Brought brought) {
    Optional<FiledReleases> newest = book.newest(clock.instant());
    if (newest.filter(list -> list.releases().equals(releases)).isPresent()) {
      return CompletableFuture.completedFuture(answer(releases));
    }
    book.check(releases, brought.opened(), clock.instant());
    releases.releases().forEach(this::requireThere);
    FiledReleases filed = new FiledReleases(releases, brought.sealed(), clock.instant());
    return unwritten.write(
        brought.opened().digest(),
        new Entry.ReleasesFiled(filed),
        () -> {
          book.add(filed);
          tell(releases);
          return CompletableFuture.completedFuture(answer(releases));
        });
  }

  private void requireThere(Release release) {
    Digest image = book.manifest(release.manifest()).orElseThrow().manifest().image().digest();
    shelf.requireClean(image);
    if (!shelf.complete(image)) {
      shelf.goOn(image);
      throw new Refused(
          Refusal.of(
              Reason.PRECONDITION,
              "the image of %s %s is not there yet",
              release.product(),
              release.version()));
    }
  }

  private void tell(Releases releases) {
    String what =
        releases.releases().stream()
            .map(each -> each.product() + " " + each.version())
            .collect(Collectors.joining(", "));
    notices.tell(
        "firmware-released",
        Optional.empty(),
        "%s released list %d, good until %s: %s"
            .formatted(
                releases.header().issuer().local(),
                releases.number(),
                releases.expires(),
                what.isEmpty() ? "nothing" : what),
        PublishDesk::concerned);
  }

  private static boolean concerned(Certified person) {
    return CONCERNED.stream().anyMatch(person::holds);
  }

  private static Payload answer(Releases releases) {
    return Payload.of(Wire.FIRMWARE_PUBLISH, Json.object().put("releases", releases.number()));
  }
}
