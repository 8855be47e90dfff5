// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.branch;

import energy.muster.branch.Entitlement.Given;
import energy.muster.branch.Mandate;
import energy.muster.branch.MandateBook;
import energy.muster.command.Verb;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.service.Outbound;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Unwritten;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.MandateRecord;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.notice.Notices;
import energy.muster.service.session.CurrentTrust;
import energy.muster.service.session.Session;
import energy.muster.service.session.Sessions;
import energy.muster.service.view.Coverage;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Keeps each master IED's newest mandate and brings it to it whenever it is there. */
public final class MandateDesk {
  private static final String NOTICE = "mandate";

  private final String site;
  private final CurrentTrust trust;
  private final Ledger ledger;
  private final Sessions sessions;
  private final Outbound outbound;
  private final Notices notices;
  private final MandateBook book;
  private final Desk desk;
  private final InstantSource clock;
  private final Map<BareJid, MandateRecord> newest = new HashMap<>();

  private final Unwritten<Mandate, Payload> unwritten;

  /**
   * @param book shared with whoever judges orders
   */
  public MandateDesk(
      String site,
      CurrentTrust trust,
      Ledger ledger,
      Sessions sessions,
      Outbound outbound,
      Notices notices,
      Journal journal,
      MandateBook book,
      Desk desk,
      InstantSource clock) {
    this.site = site;
    this.trust = trust;
    this.ledger = ledger;
    this.sessions = sessions;
    this.outbound = outbound;
    this.notices = notices;
    this.book = book;
    this.desk = desk;
    this.clock = clock;
    unwritten = new Unwritten<>(journal, desk);
  }

  public void recover(List<MandateRecord> known) {
    known.forEach(this::keep);
  }

  private void keep(MandateRecord record) {
    newest.merge(record.mandate().to(), record, MandateDesk::later);
    book.note(record.mandate());
  }

  private static MandateRecord later(MandateRecord one, MandateRecord other) {
    return one.mandate().revision() > other.mandate().revision() ? one : other;
  }

  /** Takes a mandate from a person; it counts when it is on disk. */
  public CompletionStage<Payload> give(BareJid sender, Payload payload) {
    Sealed sealed = payload.requireSealed();
    MandateRecord record = check(sender, sealed);
    return desk.ask(() -> decide(record));
  }

  private MandateRecord check(BareJid sender, Sealed sealed) {
    Instant now = clock.instant();
    Given given = Given.open(sealed, trust.get(), site, now);
    if (!given.by().jid().equals(sender)) {
      throw new Refused(Reason.NOT_AUTHORISED, "a mandate is signed and sent by its giver");
    }
    if (trust.get().stale(now)) {
      throw new Refused(Reason.TRUST_STALE, "the revocation list is out of date: bring a new one");
    }
    BareJid to = given.mandate().to();
    Certified master =
        ledger
            .certificate(to)
            .filter(known -> Coverage.covers(given.by(), known))
            .orElseThrow(() -> new Refused(Reason.UNKNOWN, "you have no device " + to.local()));
    if (!given.by().covers(Role.OPERATOR, master)) {
      throw new Refused(Reason.NOT_AUTHORISED, "its operator gives " + to.local() + " a mandate");
    }
    if (!master.holds(Role.BRANCH_CONTROLLER)) {
      throw new Refused(Reason.INVALID_ARGUMENT, to.local() + " is no master IED");
    }
    return new MandateRecord(given.mandate(), sealed);
  }

  private CompletionStage<Payload> decide(MandateRecord record) {
    Mandate mandate = record.mandate();
    Optional<CompletionStage<Payload>> pending = unwritten.answer(mandate);
    if (pending.isPresent()) {
      return pending.get();
    }
    Optional<MandateRecord> known = Optional.ofNullable(newest.get(mandate.to()));
    if (known.filter(kept -> kept.mandate().equals(mandate)).isPresent()) {
      return bring(mandate.to());
    }
    refuse(mandate);
    return unwritten.write(
        mandate,
        new Entry.MandateGiven(record),
        () -> {
          keep(record);
          return given(mandate);
        });
  }

  private void refuse(Mandate mandate) {
    if (mandate.endedAt(clock.instant())) {
      throw new Refused(Reason.STALE, "the mandate ended at " + mandate.until());
    }
    long revision = newestOf(mandate.to());
    if (mandate.revision() <= revision) {
      throw new Refused(
          Refusal.of(
              Reason.SUPERSEDED,
              "%s has revision %d; a later one is needed, not %d",
              mandate.to().local(),
              revision,
              mandate.revision()));
    }
  }

  /** Also of what is not on disk yet: the order in which they were taken stands. */
  private long newestOf(BareJid master) {
    return unwritten.all().stream()
        .filter(mandate -> mandate.to().equals(master))
        .mapToLong(Mandate::revision)
        .reduce(book.newest(master).orElse(0), Math::max);
  }

  private CompletionStage<Payload> given(Mandate mandate) {
    Certified master = ledger.certificate(mandate.to()).orElseThrow();
    notices.tellOf(master, NOTICE, words(mandate));
    return bring(mandate.to());
  }

  private static String words(Mandate mandate) {
    String by =
        "mandate %s of %s"
            .formatted(mandate.header().id().brief(), mandate.header().issuer().local());
    return mandate.verbs().isEmpty()
        ? by + " lets it do nothing any more"
        : "%s lets it %s in %s, up to %s, keeping %s on, until %s"
            .formatted(
                by,
                mandate.verbs().stream().map(Verb::wire).collect(Collectors.joining(", ")),
                mandate.area(),
                mandate.max(),
                mandate.floor(),
                mandate.until());
  }

  private CompletionStage<Payload> bring(BareJid master) {
    Optional<Session> there = sessions.proven(master);
    if (there.isEmpty()) {
      return CompletableFuture.completedFuture(answer("kept"));
    }
    return send(there.get()).handle((taken, failure) -> answer(failure == null ? "given" : "kept"));
  }

  private CompletionStage<Payload> send(Session master) {
    return outbound.ask(
        master.jid(), Payload.of(Wire.MANDATE, newest.get(master.account()).sealed()));
  }

  private static Payload answer(String state) {
    return Payload.of(Wire.MANDATE, Json.object().put("state", state));
  }

  /** A device has come: if it is a master IED, it learns what it may do. At the desk. */
  public void proven(Session device) {
    MandateRecord record = newest.get(device.account());
    if (record != null && !record.mandate().endedAt(clock.instant())) {
      var unused = send(device);
    }
  }
}
