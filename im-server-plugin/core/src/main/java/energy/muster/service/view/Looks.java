// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.view;

import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.presence.Contact;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.service.ServiceConfig;
import energy.muster.service.Viewers;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Timetable;
import energy.muster.service.desk.Timetable.Due;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.LookRecord;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.session.CurrentTrust;
import energy.muster.session.LookGrant;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** Grants to look at devices with any chat client. Changed at the desk; any thread may look. */
public final class Looks {
  /** Whoever may show a device to others. */
  private static final Set<Role> GRANTORS =
      EnumSet.of(Role.OPERATOR, Role.ENGINEER, Role.SECURITY_ADMIN);

  private final Map<BareJid, Map<BareJid, Held>> grants = new ConcurrentHashMap<>();
  private final ServiceConfig config;
  private final CurrentTrust trust;
  private final Ledger ledger;
  private final Journal journal;
  private final Timetable timetable;
  private final Desk desk;
  private final Executor workers;
  private final InstantSource clock;
  private Optional<Viewers> viewers = Optional.empty();

  /** One device of a grant, and when that is over. */
  private record Held(LookRecord record, Due end) {}

  public Looks(
      ServiceConfig config,
      CurrentTrust trust,
      Ledger ledger,
      Journal journal,
      Timetable timetable,
      Desk desk,
      Executor workers,
      InstantSource clock) {
    this.config = config;
    this.trust = trust;
    this.ledger = ledger;
    this.journal = journal;
    this.timetable = timetable;
    this.desk = desk;
    this.workers = workers;
    this.clock = clock;
  }

  public void viewers(Viewers hears) {
    viewers = Optional.of(hears);
  }

  public void recover(List<LookRecord> known) {
    known.stream().filter(record -> !revoked(record.grantor())).forEach(this::install);
  }

  public Optional<Contact> look(BareJid viewer, BareJid device) {
    return Optional.ofNullable(grants.getOrDefault(viewer, Map.of()).get(device))
        .map(Held::record)
        .filter(this::stands)
        .flatMap(record -> ledger.contact(device));
  }

  public List<Contact> looks(BareJid viewer) {
    return grants.getOrDefault(viewer, Map.of()).keySet().stream()
        .flatMap(device -> look(viewer, device).stream())
        .toList();
  }

  private boolean stands(LookRecord record) {
    return clock.instant().isBefore(record.grant().until());
  }

  /** Takes a signed grant; it counts when it is on disk. */
  public CompletionStage<Payload> grant(BareJid sender, Sealed sealed) {
    return CompletableFuture.supplyAsync(() -> check(sender, sealed), workers)
        .thenCompose(
            record -> journal.append(new Entry.LookGranted(record)).thenApply(kept -> record))
        .thenCompose(
            record ->
                desk.ask(
                    () -> {
                      // Once more, in case it was revoked while the grant was written.
                      trust.get().certify(record.grantor().certificate(), clock.instant());
                      install(record);
                      return CompletableFuture.completedFuture(Payload.empty(Wire.LOOK));
                    }));
  }

  private LookRecord check(BareJid sender, Sealed sealed) {
    Instant now = clock.instant();
    Opened opened = trust.get().open(sealed, now);
    LookGrant grant = LookGrant.read(opened.content());
    Certified grantor = opened.soleSigner();
    if (!grant.header().site().equals(config.site())) {
      throw new Refused(Reason.WRONG_TARGET, "the grant is for the site " + grant.header().site());
    }
    if (!grantor.jid().equals(sender) || !grant.header().issuer().equals(sender)) {
      throw new Refused(Reason.NOT_AUTHORISED, "a grant is signed and sent by its issuer");
    }
    if (trust.get().stale(now)) {
      throw new Refused(Reason.TRUST_STALE, "the revocation list is out of date: bring a new one");
    }
    if (!now.isBefore(grant.until())
        || grant.header().issuedAt().isAfter(now.plus(config.timing().ahead()))) {
      throw new Refused(Reason.STALE, "the grant ends at " + grant.until() + ", here it is " + now);
    }
    for (BareJid device : grant.devices()) {
      Certified known =
          ledger
              .certificate(device)
              .filter(certified -> Coverage.covers(grantor, certified))
              .orElseThrow(
                  () -> new Refused(Reason.UNKNOWN, "you have no device " + device.local()));
      if (GRANTORS.stream().noneMatch(role -> grantor.covers(role, known))) {
        throw new Refused(
            Reason.NOT_AUTHORISED,
            "a look at "
                + device.local()
                + " is granted by its operator, engineer or security-admin");
      }
    }
    return new LookRecord(grant, grantor, sealed);
  }

  private void install(LookRecord record) {
    BareJid viewer = record.grant().viewer();
    Map<BareJid, Held> own = grants.computeIfAbsent(viewer, any -> new ConcurrentHashMap<>());
    for (BareJid device : record.grant().devices()) {
      Due end = timetable.at(record.grant().until(), () -> end(viewer, device, record));
      Held before = own.put(device, new Held(record, end));
      if (before != null) {
        // A grant can be brought again and again, long before its end.
        before.end().strike();
      }
      ledger.contact(device).ifPresent(contact -> show(viewer, contact));
    }
  }

  private void end(BareJid viewer, BareJid device, LookRecord record) {
    Map<BareJid, Held> own = grants.getOrDefault(viewer, Map.of());
    Held held = own.get(device);
    if (held != null && held.record().equals(record)) {
      own.remove(device);
      held.end().strike();
      viewers.ifPresent(hears -> hears.lookEnded(viewer, device));
    }
  }

  /** Ends the grants of those whose certificates were revoked; one that lapsed leaves them. */
  public void recheck() {
    Set<LookRecord> ended =
        grants.values().stream()
            .flatMap(own -> own.values().stream())
            .map(Held::record)
            .filter(record -> revoked(record.grantor()))
            .collect(Collectors.toSet());
    for (LookRecord record : ended) {
      record.grant().devices().forEach(device -> end(record.grant().viewer(), device, record));
    }
  }

  private boolean revoked(Certified grantor) {
    return trust.get().crls().stream().anyMatch(crl -> crl.revokes(grantor.serial()));
  }

  public void changed(Contact contact) {
    grants.forEach(
        (viewer, own) -> {
          if (own.containsKey(contact.device())) {
            show(viewer, contact);
          }
        });
  }

  private void show(BareJid viewer, Contact contact) {
    viewers.ifPresent(hears -> hears.showChanged(viewer, contact));
  }
}
