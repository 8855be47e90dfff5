// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.alarm.AlarmPolicy;
import energy.muster.document.Header;
import energy.muster.duty.DutyRoster;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Grant;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Timetable;
import energy.muster.service.desk.Unwritten;
import energy.muster.service.journal.Charter;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.session.CurrentTrust;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Takes the policy and the roster from engineers of the whole site, and gives them out; each counts
 * when it is on disk.
 */
final class CharterDesk {
  private static final Set<Role> READERS = Set.of(Role.ENGINEER, Role.AUDITOR, Role.SECURITY_ADMIN);

  private final String site;
  private final Duration ahead;
  private final CurrentTrust trust;
  private final Charters charters;
  private final Pager pager;
  private final Timetable timetable;
  private final Desk desk;
  private final InstantSource clock;
  private final Unwritten<Charter, Void> unwritten;

  CharterDesk(
      String site,
      Duration ahead,
      CurrentTrust trust,
      Charters charters,
      Pager pager,
      Journal journal,
      Timetable timetable,
      Desk desk,
      InstantSource clock) {
    this.site = site;
    this.ahead = ahead;
    this.trust = trust;
    this.charters = charters;
    this.pager = pager;
    this.timetable = timetable;
    this.desk = desk;
    this.clock = clock;
    unwritten = new Unwritten<>(journal, desk);
  }

  void recover(List<Charter> known) {
    for (Charter charter : known) {
      take(charter, charter.sealed().unverified());
    }
    awaitChange();
  }

  private void take(Charter charter, byte[] content) {
    switch (charter.kind()) {
      case POLICY -> charters.take(charter, AlarmPolicy.read(content));
      case ROSTER -> charters.take(charter, DutyRoster.read(content));
    }
  }

  /** When somebody else is on duty, alarms that wait for them look again. */
  private void awaitChange() {
    long revision = charters.revision(Charter.Kind.ROSTER);
    charters
        .nextChange(clock.instant())
        .ifPresent(
            change ->
                timetable.at(
                    change,
                    () -> {
                      if (charters.revision(Charter.Kind.ROSTER) == revision) {
                        pager.review();
                        awaitChange();
                      }
                    }));
  }

  private record Document(Header header, long revision) {
    static Document of(AlarmPolicy policy) {
      return new Document(policy.header(), policy.revision());
    }

    static Document of(DutyRoster roster) {
      return new Document(roster.header(), roster.revision());
    }
  }

  /** Takes a policy or a roster from an engineer; any thread. */
  CompletionStage<Payload> publish(Charter.Kind kind, BareJid sender, Payload payload) {
    Sealed sealed = payload.requireSealed();
    Instant now = clock.instant();
    Opened opened = trust.get().open(sealed, now);
    byte[] content = opened.content();
    Document document =
        switch (kind) {
          case POLICY -> Document.of(AlarmPolicy.read(content));
          case ROSTER -> Document.of(DutyRoster.read(content));
        };
    require(document.header(), opened.soleSigner(), sender, now);
    Charter charter = new Charter(kind, document.revision(), sealed);
    return desk.ask(() -> decide(charter, opened))
        .thenApply(
            kept -> Payload.of(payload.wire(), Json.object().put("revision", charter.revision())));
  }

  private void require(Header header, Certified signer, BareJid sender, Instant now) {
    header.requireSite(site);
    if (!signer.jid().equals(header.issuer()) || !signer.jid().equals(sender)) {
      throw new Refused(Reason.NOT_AUTHORISED, "it is signed and sent by its issuer");
    }
    if (!signer.grants().contains(new Grant(Role.ENGINEER, Area.ALL))) {
      throw new Refused(Reason.NOT_AUTHORISED, "it takes an engineer of the whole site");
    }
    if (header.issuedAt().isAfter(now.plus(ahead))) {
      throw new Refused(
          Reason.STALE, "it is issued at " + header.issuedAt() + ", here it is " + now);
    }
    if (trust.get().stale(now)) {
      throw new Refused(Reason.TRUST_STALE, "the revocation list is out of date: bring a new one");
    }
  }

  private CompletionStage<Void> decide(Charter charter, Opened opened) {
    Optional<Charter> same =
        unwritten.all().stream().filter(known -> same(known, charter)).findFirst();
    if (same.isPresent()) {
      return unwritten.answer(same.get()).orElseThrow();
    }
    if (charters.newest(charter.kind()).filter(known -> same(known, charter)).isPresent()) {
      return CompletableFuture.completedFuture(null);
    }
    long revision = newest(charter.kind());
    if (charter.revision() <= revision) {
      throw new Refused(
          Refusal.of(
              Reason.SUPERSEDED,
              "revision %d is in force; a later one is needed, not %d",
              revision,
              charter.revision()));
    }
    return unwritten.write(
        charter,
        new Entry.CharterTaken(charter),
        () -> {
          take(charter, opened.content());
          counts(charter.kind());
          return CompletableFuture.completedFuture(null);
        });
  }

  private static boolean same(Charter one, Charter other) {
    return one.kind() == other.kind()
        && Arrays.equals(one.sealed().unverified(), other.sealed().unverified());
  }

  /** Also of what is not on disk yet: the order in which they were taken stands. */
  private long newest(Charter.Kind kind) {
    return unwritten.all().stream()
        .filter(charter -> charter.kind() == kind)
        .mapToLong(Charter::revision)
        .reduce(charters.revision(kind), Math::max);
  }

  private void counts(Charter.Kind kind) {
    if (kind == Charter.Kind.POLICY) {
      pager.restart();
    } else {
      pager.review();
      awaitChange();
    }
  }

  /** The policy in force, for whoever answers for it. At the desk. */
  Payload policy(Certified asker) {
    if (READERS.stream().noneMatch(role -> asker.grants().contains(new Grant(role, Area.ALL)))) {
      throw new Refused(
          Reason.NOT_AUTHORISED,
          "the policy is for engineers, auditors and security-admins of the whole site");
    }
    return charters
        .newest(Charter.Kind.POLICY)
        .map(
            known ->
                Payload.of(
                    Wire.POLICY, known.sealed(), Json.object().put("revision", known.revision())))
        .orElseGet(() -> Payload.of(Wire.POLICY, Json.object().put("revision", 0)));
  }

  /** The roster in force, for everybody who runs the plant. At the desk. */
  Payload duty(Certified asker) {
    if (asker.grants().stream().noneMatch(grant -> grant.role().ofStaff())) {
      throw new Refused(Reason.NOT_AUTHORISED, "the roster is for those who run the plant");
    }
    return charters
        .newest(Charter.Kind.ROSTER)
        .map(known -> Payload.of(Wire.DUTY, known.sealed()))
        .orElseGet(() -> Payload.empty(Wire.DUTY));
  }
}
