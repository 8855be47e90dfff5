// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.document.DocumentId;
import energy.muster.firmware.Campaign;
import energy.muster.firmware.CampaignAct;
import energy.muster.identity.Certified;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.seal.Trust;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Reception;
import energy.muster.service.firmware.FirmwareRules;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.FirmwareRecord.Acted;
import energy.muster.service.journal.Journal;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.session.CurrentTrust;
import energy.muster.service.session.Session;
import energy.muster.service.view.Coverage;
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

/** Shows people how upgrades stand, and takes what they decide of them. */
public final class CampaignDesk {
  private final String site;
  private final Campaigns campaigns;
  private final PastCampaigns past;
  private final CurrentTrust trust;
  private final Ledger ledger;
  private final Journal journal;
  private final Reception reception;
  private final Desk desk;
  private final InstantSource clock;

  private record Signed(CampaignAct act, Certified by, Sealed sealed) {}

  public CampaignDesk(
      String site,
      FirmwareRules rules,
      FirmwareProofs proofs,
      Campaigns campaigns,
      CurrentTrust trust,
      Ledger ledger,
      Journal journal,
      Reception reception,
      Desk desk,
      InstantSource clock) {
    this.site = site;
    this.campaigns = campaigns;
    this.past = new PastCampaigns(rules, proofs, journal, clock);
    this.trust = trust;
    this.ledger = ledger;
    this.journal = journal;
    this.reception = reception;
    this.desk = desk;
    this.clock = clock;
  }

  /** All of them without their devices, or one with its, also those that are long over. */
  public CompletionStage<Payload> campaigns(Session session, Payload payload) {
    Certified who = session.certified().orElseThrow();
    Optional<DocumentId> one =
        payload.json().isEmpty()
            ? Optional.empty()
            : Fields.readAll(
                payload.requireJson(), fields -> fields.optionalValue("id", DocumentId::new));
    return desk.ask(() -> one.isPresent() ? one(who, one.get()) : all(who))
        .thenApply(found -> Payload.of(Wire.CAMPAIGNS, Campaign.writeAll(found)));
  }

  private CompletionStage<List<Campaign>> one(Certified who, DocumentId order) {
    Optional<CampaignRun> run = campaigns.run(order);
    return run.isPresent()
        ? CompletableFuture.completedFuture(List.of(board(require(who, order), who, true)))
        : past.one(order)
            .thenCompose(
                found ->
                    desk.ask(
                        () ->
                            CompletableFuture.completedFuture(
                                List.of(
                                    board(
                                        found
                                            .filter(each -> seen(each.run(), who))
                                            .orElseThrow(() -> unknown(order)),
                                        who,
                                        true)))));
  }

  private CompletionStage<List<Campaign>> all(Certified who) {
    List<Campaign> going =
        campaigns.runs().stream()
            .filter(run -> seen(run, who))
            .map(run -> board(run, who, false))
            .toList();
    return past.newest(id -> campaigns.run(id).isPresent())
        .thenCompose(
            over ->
                desk.ask(
                    () -> {
                      List<Campaign> all = new ArrayList<>(going);
                      over.stream()
                          .filter(each -> seen(each.run(), who))
                          .forEach(each -> all.add(board(each, who, false)));
                      all.sort(Comparator.comparing(Campaign::order).reversed());
                      return CompletableFuture.completedFuture(all);
                    }));
  }

  private boolean seen(CampaignRun run, Certified who) {
    return run.order.parcels().stream()
        .anyMatch(parcel -> Coverage.covers(who, parcel.device(), ledger));
  }

  private CampaignRun require(Certified who, DocumentId order) {
    return campaigns.run(order).filter(run -> seen(run, who)).orElseThrow(() -> unknown(order));
  }

  private static Refused unknown(DocumentId order) {
    return new Refused(Reason.UNKNOWN, "you have no upgrade " + order);
  }

  private Campaign board(CampaignRun run, Certified who, boolean whole) {
    return run.board(
        campaigns.stands(run),
        parcel -> Coverage.covers(who, parcel.device(), ledger),
        parcel -> campaigns.state(run, parcel),
        device ->
            ledger
                .contact(device)
                .flatMap(Contact::presence)
                .flatMap(DevicePresence::firmware)
                .flatMap(firmware -> firmware.update()),
        whole,
        clock.instant());
  }

  private Campaign board(PastCampaigns.Past over, Certified who, boolean whole) {
    return over.run()
        .board(
            over.decision(),
            parcel -> Coverage.covers(who, parcel.device(), ledger),
            over::state,
            device -> Optional.empty(),
            whole,
            clock.instant());
  }

  /** Takes a decision; answered when it is on disk. */
  public CompletionStage<Payload> act(Session session, Payload payload) {
    return reception.take(() -> check(session, payload.requireSealed()), this::decide);
  }

  private Signed check(Session session, Sealed sealed) {
    Instant now = clock.instant();
    Trust believed = trust.get();
    Opened opened = believed.open(sealed, now);
    CampaignAct act = CampaignAct.read(opened.content());
    Certified by = opened.soleSigner();
    act.header().requireSite(site);
    if (!by.jid().equals(session.account()) || !act.header().issuer().equals(by.jid())) {
      throw new Refused(Reason.NOT_AUTHORISED, "it is sent by its issuer, who alone has signed it");
    }
    // To hold one back must always be possible.
    if (believed.stale(now) && act.kind() != CampaignAct.Kind.PAUSE) {
      throw new Refused(Reason.TRUST_STALE, "the revocation list is out of date: bring a new one");
    }
    return new Signed(act, by, sealed);
  }

  private CompletionStage<Payload> decide(Signed signed) {
    DocumentId order = signed.act().order();
    return campaigns.run(order).isPresent()
        ? decideNow(signed)
        : one(signed.by(), order)
            .thenApply(
                over -> {
                  throw new Refused(
                      Reason.TOO_LATE, "the upgrade is over: " + over.get(0).state().words());
                });
  }

  private CompletionStage<Payload> decideNow(Signed signed) {
    CampaignRun run = require(signed.by(), signed.act().order());
    run.requireMay(
        signed.act(), signed.by(), roles -> run.order.covered(roles, signed.by(), ledger));
    if (run.has(signed.act())) {
      return CompletableFuture.completedFuture(answer(run, signed.by()));
    }
    Acted acted = new Acted(signed.act(), signed.sealed(), clock.instant());
    return journal
        .append(new Entry.CampaignActed(acted))
        .thenCompose(
            kept ->
                desk.ask(
                    () -> {
                      campaigns.act(run, acted);
                      return CompletableFuture.completedFuture(answer(run, signed.by()));
                    }));
  }

  private Payload answer(CampaignRun run, Certified who) {
    Campaign stands = board(run, who, false);
    return Payload.of(
        Wire.CAMPAIGN_ACT,
        Json.object()
            .put("order", stands.order().text())
            .put("state", stands.state().wire())
            .put("text", stands.text()));
  }
}
