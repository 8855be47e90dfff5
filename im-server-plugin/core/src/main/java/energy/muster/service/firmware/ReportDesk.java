// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import energy.muster.document.DocumentId;
import energy.muster.firmware.FirmwareReport;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.firmware.Installed;
import energy.muster.firmware.Inventory;
import energy.muster.firmware.InventoryEntry;
import energy.muster.firmware.InventoryEntry.Standing;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.json.Fields;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Reception;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.FirmwareRecord.FiledManifest;
import energy.muster.service.journal.FirmwareRecord.Reported;
import energy.muster.service.journal.Journal;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.session.OwnWords;
import energy.muster.service.session.Session;
import energy.muster.service.view.Coverage;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Takes what devices sign that they run, and says what runs where. */
public final class ReportDesk {
  private record Proof(DocumentId order, BareJid device) {}

  private final Map<BareJid, Reported> newest =
      new TreeMap<>(Comparator.comparing(BareJid::toString));
  private final Map<Proof, Reported> proofs = new HashMap<>();
  private final ReleaseBook book;
  private final OwnWords words;
  private final Ledger ledger;
  private final Journal journal;
  private final Reception reception;
  private final Desk desk;
  private final InstantSource clock;
  private Consumer<BareJid> listener = device -> {};

  ReportDesk(
      ReleaseBook book,
      OwnWords words,
      Ledger ledger,
      Journal journal,
      Reception reception,
      Desk desk,
      InstantSource clock) {
    this.book = book;
    this.words = words;
    this.ledger = ledger;
    this.journal = journal;
    this.reception = reception;
    this.desk = desk;
    this.clock = clock;
  }

  /** Hears at the desk of each device whose report is on disk. */
  public void listener(Consumer<BareJid> hears) {
    listener = hears;
  }

  void recover(List<Reported> known) {
    known.forEach(this::keep);
  }

  private void keep(Reported reported) {
    newest.put(reported.device(), reported);
    reported
        .report()
        .order()
        .ifPresent(order -> proofs.put(new Proof(order, reported.device()), reported));
  }

  /** Answered when it is on disk. */
  CompletionStage<Payload> report(Session session, Payload payload) {
    Certified device =
        session
            .certified()
            .filter(who -> who.holds(Role.DEVICE))
            .orElseThrow(() -> new Refused(Reason.NOT_AUTHORISED, "only a device says that"));
    return reception.take(
        () -> words.read(device, payload, FirmwareReport::read, FirmwareReport::header),
        report -> decide(report, payload));
  }

  private CompletionStage<Payload> decide(FirmwareReport report, Payload payload) {
    BareJid device = report.header().issuer();
    Optional<Reported> before = Optional.ofNullable(newest.get(device));
    if (before.filter(known -> same(known.report(), report)).isPresent()) {
      return CompletableFuture.completedFuture(Payload.empty(payload.wire()));
    }
    Reported reported =
        new Reported(report, bootBefore(before, report), payload.requireSealed(), clock.instant());
    return journal
        .append(new Entry.FirmwareReported(reported))
        .thenApply(
            kept -> {
              desk.put(
                  () -> {
                    keep(reported);
                    listener.accept(device);
                  });
              return Payload.empty(payload.wire());
            });
  }

  private static boolean same(FirmwareReport one, FirmwareReport other) {
    return one.installed().equals(other.installed())
        && one.manifest().equals(other.manifest())
        && one.order().equals(other.order())
        && one.scan().equals(other.scan())
        && one.releases() == other.releases();
  }

  /** How often it had started before it came to what it runs now. */
  private static OptionalLong bootBefore(Optional<Reported> before, FirmwareReport report) {
    if (before.isEmpty()) {
      return OptionalLong.empty();
    }
    FirmwareReport known = before.get().report();
    boolean still =
        known.order().equals(report.order())
            && known.installed().version().equals(report.installed().version());
    return still ? before.get().bootBefore() : OptionalLong.of(known.installed().boot());
  }

  /**
   * Whether the device has signed that it runs this because of that order, and that it has started
   * since. At the desk.
   */
  public boolean proves(
      BareJid device, DocumentId order, Digest manifest, FirmwareVersion version) {
    return Optional.ofNullable(proofs.get(new Proof(order, device)))
        .filter(found -> proves(found, manifest, version))
        .isPresent();
  }

  /** Whether this report says that its device runs this, and that it has started since. */
  public static boolean proves(Reported found, Digest manifest, FirmwareVersion version) {
    return found.report().manifest().equals(Optional.of(manifest))
        && found.report().installed().version().equals(version)
        && (found.bootBefore().isEmpty()
            || found.report().installed().boot() > found.bootBefore().getAsLong());
  }

  /** Whether it has signed that it runs this, whatever brought it. At the desk. */
  public boolean runs(BareJid device, String product, FirmwareVersion version) {
    return Optional.ofNullable(newest.get(device))
        .map(found -> found.report().installed())
        .filter(there -> there.product().equals(product) && there.version().equals(version))
        .isPresent();
  }

  /** Nobody asks any more what came of this order. At the desk. */
  public void forget(DocumentId order) {
    proofs.keySet().removeIf(proof -> proof.order().equals(order));
  }

  /** A page of what runs where, or one device's word as it signed it. At the desk. */
  Payload inventory(Session session, Payload payload) {
    Certified who = session.certified().orElseThrow();
    if (payload.requireJson().has("device")) {
      return sealedOf(who, payload);
    }
    Inventory.Query query = Inventory.Query.read(payload.requireJson());
    List<InventoryEntry> page = new ArrayList<>();
    Optional<BareJid> next = Optional.empty();
    for (Reported each : newest.values()) {
      boolean later =
          query
              .after()
              .filter(after -> each.device().toString().compareTo(after.toString()) <= 0)
              .isEmpty();
      if (later && Coverage.covers(who, each.device(), ledger)) {
        InventoryEntry entry = entry(each);
        if (matches(entry, query)) {
          if (page.size() == query.limit()) {
            next = Optional.of(page.get(page.size() - 1).device());
            break;
          }
          page.add(entry);
        }
      }
    }
    int unreported =
        (int)
            ledger.contacts().stream()
                .filter(contact -> !newest.containsKey(contact.device()))
                .filter(contact -> Coverage.covers(who, contact.device(), ledger))
                .count();
    long number = book.newest(clock.instant()).map(list -> list.releases().number()).orElse(0L);
    return Payload.of(Wire.INVENTORY, new Inventory(number, page, unreported, next).write());
  }

  private Payload sealedOf(Certified who, Payload payload) {
    BareJid device =
        Fields.readAll(payload.requireJson(), fields -> fields.value("device", BareJid::parse));
    Reported found =
        Optional.ofNullable(newest.get(device))
            .filter(each -> Coverage.covers(who, device, ledger))
            .orElseThrow(
                () ->
                    new Refused(
                        Reason.UNKNOWN, "you have no device " + device.local() + " that reported"));
    return Payload.of(
        Wire.INVENTORY,
        found.sealed(),
        new Inventory(
                book.newest(clock.instant()).map(list -> list.releases().number()).orElse(0L),
                List.of(entry(found)),
                0,
                Optional.empty())
            .write());
  }

  private static boolean matches(InventoryEntry entry, Inventory.Query query) {
    return query.standing().filter(standing -> standing != entry.standing()).isEmpty()
        && query.product().filter(name -> !name.equals(entry.installed().product())).isEmpty();
  }

  private InventoryEntry entry(Reported reported) {
    FirmwareReport report = reported.report();
    Installed there = report.installed();
    List<FiledManifest> released =
        book.released(there.product(), there.hardware(), clock.instant());
    Optional<FirmwareVersion> newestVersion =
        released.stream().map(filed -> filed.manifest().version()).findFirst();
    return new InventoryEntry(
        reported.device(),
        there,
        report.header().issuedAt(),
        report.manifest(),
        report.order(),
        report.scan(),
        report.releases(),
        newestVersion,
        standing(report, released));
  }

  private static Standing standing(FirmwareReport report, List<FiledManifest> released) {
    if (released.isEmpty()) {
      return Standing.UNRELEASED;
    }
    FirmwareVersion runs = report.installed().version();
    if (released.get(0).manifest().version().compareTo(runs) > 0) {
      return Standing.BEHIND;
    }
    boolean listed =
        released.stream()
            .filter(filed -> filed.manifest().version().equals(runs))
            // What it came with has no manifest.
            .anyMatch(
                filed -> report.manifest().filter(own -> !own.equals(filed.digest())).isEmpty());
    return listed ? Standing.CURRENT : Standing.DRIFTED;
  }
}
