// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.command.Rights;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.WriteOff;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Reception;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.Notice;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.session.CurrentTrust;
import energy.muster.service.view.Coverage;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Takes a person's signed word that an unconfirmed delivery is given up as {@code uncertain}. */
public final class WriteOffs {
  private final String site;
  private final CurrentTrust trust;
  private final Ledger ledger;
  private final Dispatcher dispatcher;
  private final Endings endings;
  private final Goals goals;
  private final Journal journal;
  private final Reception reception;
  private final Desk desk;
  private final InstantSource clock;

  private record Checked(WriteOff document, Certified signer, Digest digest, Sealed sealed) {}

  public WriteOffs(
      String site,
      CurrentTrust trust,
      Ledger ledger,
      Dispatcher dispatcher,
      Endings endings,
      Goals goals,
      Journal journal,
      Reception reception,
      Desk desk,
      InstantSource clock) {
    this.site = site;
    this.trust = trust;
    this.ledger = ledger;
    this.dispatcher = dispatcher;
    this.endings = endings;
    this.goals = goals;
    this.journal = journal;
    this.reception = reception;
    this.desk = desk;
    this.clock = clock;
  }

  /** Answered when it is on disk. */
  public CompletionStage<Payload> writeOff(BareJid sender, Payload payload) {
    return reception.take(() -> check(sender, payload), this::decide);
  }

  private Checked check(BareJid sender, Payload payload) {
    Instant now = clock.instant();
    Sealed sealed = payload.requireSealed();
    Opened opened = trust.get().open(sealed, now);
    WriteOff document = WriteOff.read(opened.content());
    Certified signer = opened.soleSigner();
    if (!document.header().site().equals(site)) {
      throw new Refused(
          Reason.WRONG_TARGET, "the write-off is for the site " + document.header().site());
    }
    if (!signer.jid().equals(sender) || !document.header().issuer().equals(sender)) {
      throw new Refused(
          Reason.NOT_AUTHORISED, "a write-off is sent by its issuer, who alone has signed it");
    }
    Certified device =
        ledger
            .certificate(document.device())
            .filter(known -> Coverage.covers(signer, known))
            .orElseThrow(
                () ->
                    new Refused(Reason.UNKNOWN, "you have no device " + document.device().local()));
    Rights.refuseWriteOff(signer, device)
        .ifPresent(
            refusal -> {
              throw new Refused(refusal);
            });
    return new Checked(document, signer, opened.digest(), sealed);
  }

  private CompletionStage<Payload> decide(Checked checked) {
    WriteOff document = checked.document();
    OpenOrder order =
        dispatcher
            .order(document.command())
            .orElseThrow(() -> no(Reason.UNKNOWN, "no delivery of %s is open", document.command()));
    Parcel parcel =
        order
            .parcel(document.device())
            .orElseThrow(
                () -> no(Reason.UNKNOWN, "the order is not for %s", document.device().local()));
    if (!order.digest().equals(document.commandDigest())) {
      throw no(Reason.ID_CONFLICT, "the write-off is of another order of that id");
    }
    if (parcel.over()) {
      throw no(Reason.ALREADY_THERE, "it is over: %s", parcel.state());
    }
    if (parcel.state() != DeliveryState.UNCONFIRMED) {
      throw no(
          Reason.PRECONDITION,
          "it is not unconfirmed but %s: wait until %s, or cancel it",
          parcel.state(),
          order.command().executeBy());
    }
    return keep(order, parcel, checked);
  }

  private CompletionStage<Payload> keep(OpenOrder order, Parcel parcel, Checked checked) {
    Instant now = clock.instant();
    BareJid by = checked.signer().jid();
    String why = "written off by " + by.local() + ": " + checked.document().reason();
    parcel.end(DeliveryState.UNCERTAIN, now, why);
    List<Entry> entries = new ArrayList<>();
    entries.add(
        new Entry.WrittenOff(
            order.id(), parcel.device(), now, why, checked.sealed(), checked.digest()));
    List<Notice> notices = new ArrayList<>();
    if (!by.equals(order.issuer())) {
      notices.add(endings.owe(entries, order.notice(now, parcel, "written-off", "is " + why)));
    }
    Optional<Notice> sum = endings.sum(order, entries);
    sum.ifPresent(notices::add);
    return journal
        .append(entries)
        .whenComplete(
            (kept, failure) ->
                desk.put(
                    () -> {
                      if (failure == null) {
                        notices.forEach(endings::tell);
                        dispatcher.settle(parcel);
                        goals.look(order.id());
                      } else {
                        dispatcher.takeBackEnd(parcel);
                      }
                    }))
        .thenApply(kept -> Payload.empty(Wire.WRITE_OFF));
  }

  private static Refused no(Reason reason, String format, Object... values) {
    return new Refused(Refusal.of(reason, format, values));
  }
}
