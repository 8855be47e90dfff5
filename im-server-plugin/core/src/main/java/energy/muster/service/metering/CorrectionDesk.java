// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.metering;

import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.metering.Readings;
import energy.muster.metering.ReadingsCorrection;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.seal.Trust;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Reception;
import energy.muster.service.journal.CorrectionRecord;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.notice.Notices;
import energy.muster.service.session.CurrentTrust;
import energy.muster.service.view.Coverage;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes corrections of a meter's readings from engineers of its area; what it said stays. */
final class CorrectionDesk {
  private final String site;
  private final Duration ahead;
  private final CurrentTrust trust;
  private final Ledger ledger;
  private final ReadingsBook book;
  private final Turns turns;
  private final Notices notices;
  private final Journal journal;
  private final Reception reception;
  private final Desk desk;
  private final InstantSource clock;

  private record Checked(ReadingsCorrection correction, Certified meter, Digest digest) {}

  CorrectionDesk(
      String site,
      Duration ahead,
      CurrentTrust trust,
      Ledger ledger,
      ReadingsBook book,
      Turns turns,
      Notices notices,
      Journal journal,
      Reception reception,
      Desk desk,
      InstantSource clock) {
    this.site = site;
    this.ahead = ahead;
    this.trust = trust;
    this.ledger = ledger;
    this.book = book;
    this.turns = turns;
    this.notices = notices;
    this.journal = journal;
    this.reception = reception;
    this.desk = desk;
    this.clock = clock;
  }

  /** Any thread. */
  CompletionStage<Payload> take(BareJid sender, Payload payload) {
    Sealed sealed = payload.requireSealed();
    return reception
        .take(
            () -> check(sealed, sender),
            checked -> turns.of(checked.correction().meter(), () -> decide(checked, sealed)))
        .thenApply(
            count -> Payload.of(Wire.READINGS_CORRECTION, Json.object().put("intervals", count)));
  }

  private Checked check(Sealed sealed, BareJid sender) {
    Instant now = clock.instant();
    Trust trusted = trust.get();
    Opened opened = trusted.open(sealed, now);
    ReadingsCorrection correction = ReadingsCorrection.read(opened.content());
    Certified signer = opened.soleSigner();
    correction.header().requireSite(site);
    if (!signer.jid().equals(correction.header().issuer()) || !signer.jid().equals(sender)) {
      throw new Refused(Reason.NOT_AUTHORISED, "it is signed and sent by its issuer");
    }
    if (correction.header().issuedAt().isAfter(now.plus(ahead))) {
      throw new Refused(
          Refusal.of(
              Reason.STALE,
              "it is issued at %s, here it is %s",
              correction.header().issuedAt(),
              now));
    }
    if (trusted.stale(now)) {
      throw new Refused(Reason.TRUST_STALE, "the revocation list is out of date: bring a new one");
    }
    Certified meter =
        ledger
            .certificate(correction.meter())
            .filter(device -> Coverage.covers(signer, device))
            .orElseThrow(ReadingsBook::unknown);
    if (!signer.covers(Role.ENGINEER, meter)) {
      throw new Refused(
          Reason.NOT_AUTHORISED, "readings are corrected by an engineer of the meter's area");
    }
    return new Checked(correction, meter, opened.digest());
  }

  private CompletionStage<Integer> decide(Checked checked, Sealed sealed) {
    ReadingsCorrection correction = checked.correction();
    return journal
        .correction(correction.header().issuer(), correction.header().id())
        .thenCompose(
            taken ->
                taken.isPresent()
                    ? CompletableFuture.completedFuture(again(taken.get(), checked))
                    : book.of(correction.meter(), start(correction), end(correction))
                        .thenCompose(there -> keep(there, checked, sealed)));
  }

  private static Instant start(ReadingsCorrection correction) {
    return correction.intervals().get(0).start();
  }

  private static Instant end(ReadingsCorrection correction) {
    return start(correction).plus(correction.step().multipliedBy(correction.intervals().size()));
  }

  private static int again(Digest taken, Checked checked) {
    if (!taken.equals(checked.digest())) {
      throw new Refused(
          Refusal.of(
              Reason.ID_CONFLICT,
              "the id %s was used with other content",
              checked.correction().header().id().brief()));
    }
    return checked.correction().intervals().size();
  }

  private CompletionStage<Integer> keep(Optional<Readings> there, Checked checked, Sealed sealed) {
    ReadingsCorrection correction = checked.correction();
    requireThere(there, correction);
    CorrectionRecord record =
        new CorrectionRecord(
            correction.meter(),
            correction.header().issuer(),
            correction.header().id(),
            start(correction),
            end(correction),
            clock.instant(),
            checked.digest(),
            sealed);
    return journal
        .append(
            List.of(
                new Entry.ReadingsCorrected(record),
                ReadingsDesk.changed(correction.meter(), correction.write(), record.taken())))
        .thenCompose(
            kept ->
                desk.ask(
                    () -> {
                      tell(checked);
                      return CompletableFuture.completedFuture(correction.intervals().size());
                    }));
  }

  private static void requireThere(Optional<Readings> there, ReadingsCorrection correction) {
    Instant start = start(correction);
    Instant end = end(correction);
    if (there
        .filter(all -> all.start().equals(start) && all.end().equals(end))
        .filter(all -> all.step().equals(correction.step()))
        .isEmpty()) {
      throw new Refused(
          Refusal.of(
              Reason.UNKNOWN,
              "there are no intervals of %d min from %s to %s",
              correction.step().toMinutes(),
              start,
              end));
    }
  }

  private void tell(Checked checked) {
    ReadingsCorrection correction = checked.correction();
    notices.tellOf(
        checked.meter(),
        "readings",
        "%s corrected %d intervals from %s: %s"
            .formatted(
                correction.header().issuer().local(),
                correction.intervals().size(),
                start(correction),
                correction.reason()));
  }
}
