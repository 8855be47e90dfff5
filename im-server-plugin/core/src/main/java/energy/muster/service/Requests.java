// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import energy.muster.identity.Certified;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.json.Fields;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.desk.Desk;
import energy.muster.service.dispatch.CampaignDesk;
import energy.muster.service.dispatch.Conclusions;
import energy.muster.service.dispatch.Dispatcher;
import energy.muster.service.dispatch.Lanes;
import energy.muster.service.dispatch.OwnActs;
import energy.muster.service.dispatch.WriteOffs;
import energy.muster.service.firmware.FirmwareDesk;
import energy.muster.service.journal.Charter;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.metering.Metering;
import energy.muster.service.session.Proofs;
import energy.muster.service.session.Session;
import energy.muster.service.session.Sessions;
import energy.muster.service.view.Looks;
import energy.muster.service.view.Views;
import energy.muster.session.LeaseAnswer;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/** Brings each request to whom it concerns, if the sender may ask at all. */
final class Requests {
  private static final int MAX_REASON = 200;

  private final Sessions sessions;
  private final Proofs proofs;
  private final Ledger ledger;
  private final Views views;
  private final Looks looks;
  private final Dispatcher dispatcher;
  private final Lanes lanes;
  private final Conclusions conclusions;
  private final WriteOffs writeOffs;
  private final OwnActs ownActs;
  private final Books books;
  private final Revocations revocations;
  private final Crew crew;
  private final Branches branches;
  private final Metering metering;
  private final Market market;
  private final FirmwareDesk firmware;
  private final CampaignDesk campaigns;
  private final Desk desk;

  Requests(
      Sessions sessions,
      Proofs proofs,
      Ledger ledger,
      Views views,
      Looks looks,
      Dispatcher dispatcher,
      Lanes lanes,
      Conclusions conclusions,
      WriteOffs writeOffs,
      OwnActs ownActs,
      Books books,
      Revocations revocations,
      Crew crew,
      Branches branches,
      Metering metering,
      Market market,
      FirmwareDesk firmware,
      CampaignDesk campaigns,
      Desk desk) {
    this.sessions = sessions;
    this.proofs = proofs;
    this.ledger = ledger;
    this.views = views;
    this.looks = looks;
    this.dispatcher = dispatcher;
    this.lanes = lanes;
    this.conclusions = conclusions;
    this.writeOffs = writeOffs;
    this.ownActs = ownActs;
    this.books = books;
    this.revocations = revocations;
    this.crew = crew;
    this.branches = branches;
    this.metering = metering;
    this.market = market;
    this.firmware = firmware;
    this.campaigns = campaigns;
    this.desk = desk;
  }

  /** What may be asked of the service, and whether with a set. */
  private static Optional<Boolean> isSet(Payload payload) {
    return switch (payload.wire()) {
      // To say it and to ask for it.
      case POLICY, READINGS, STATEMENT -> Optional.of(payload.sealed().isPresent());
      case CHALLENGE,
          ORDERS,
          ORDER,
          RELIABILITY,
          REFUSALS,
          FAIRNESS,
          PEOPLE,
          PEERS,
          ALARMS,
          ALARM_HISTORY,
          ALARM_REPORT,
          DUTY,
          TARIFFS,
          PUBLICATION,
          RECEIPTS,
          PROPOSALS,
          FIRMWARE_RELEASES,
          FIRMWARE_MANIFEST,
          FIRMWARE_LIST,
          FIRMWARE_CHUNK,
          FIRMWARE_PASS,
          FIRMWARE_DEPOT,
          INVENTORY,
          CAMPAIGNS ->
          Optional.of(false);
      case PROOF,
          LEASE,
          GOODBYE,
          SUBMIT,
          OWN_ACT,
          OUTCOME,
          WRITE_OFF,
          VIEW,
          CLOSE,
          CRL,
          LOOK,
          TELL,
          HAND_OVER,
          ACCEPT,
          DECLINE,
          WARNING,
          REACTED,
          MANDATE,
          BRANCH_REPORT,
          SUPPLIER_CHANGE,
          ALARM,
          ACT,
          ROSTER,
          READINGS_CORRECTION,
          PROPOSAL,
          CHANGE_SETS,
          FIRMWARE_PUBLISH,
          FIRMWARE_PIECE,
          FIRMWARE_REPORT,
          CAMPAIGN_ACT ->
          Optional.of(true);
      default -> Optional.empty();
    };
  }

  CompletionStage<Payload> route(FullJid from, boolean set, Payload payload) {
    Wire wire = payload.wire();
    boolean expected =
        isSet(payload)
            .orElseThrow(
                () ->
                    new Refused(
                        Reason.UNSUPPORTED, "nobody asks the service for " + wire.element()));
    if (expected != set) {
      throw new Refused(
          Reason.MALFORMED, wire.element() + " is asked with " + (expected ? "set" : "get"));
    }
    return switch (wire) {
      case CHALLENGE -> proofs.challenge(from);
      case PROOF -> proofs.prove(from, payload.requireSealed());
      default -> routeProven(sessions.requireProven(from), payload);
    };
  }

  private CompletionStage<Payload> routeProven(Session session, Payload payload) {
    Certified who =
        session
            .certified()
            .orElseThrow(() -> new Refused(Reason.NOT_PROVEN, "the proof has just lapsed"));
    return switch (payload.wire()) {
      case LEASE -> lease(session);
      case GOODBYE -> goodbye(session, payload);
      case SUBMIT -> dispatcher.submit(session.account(), payload);
      case OUTCOME -> outcome(session, payload);
      case OWN_ACT -> ownAct(session, payload);
      case WRITE_OFF -> writeOffs.writeOff(session.account(), payload);
      case VIEW -> atDesk(session, payload, views::open);
      case CLOSE -> atDesk(session, payload, views::close);
      case ORDERS -> books.orders().orders(who, payload);
      case ORDER -> books.orders().order(who, payload);
      case FAIRNESS -> books.fairness().fairness(who, payload);
      case RELIABILITY -> books.reliability().reliability(who, payload);
      case REFUSALS -> books.refusals().refusals(who, payload);
      case PEOPLE -> later(session, payload, (own, asked) -> crew.staff().list(own));
      case TELL -> later(session, payload, crew.staff()::tell);
      case HAND_OVER -> later(session, payload, crew.staff()::offer);
      case ACCEPT -> later(session, payload, crew.staff()::accept);
      case DECLINE -> later(session, payload, crew.staff()::decline);
      case PEERS -> atDesk(session, payload, (own, asked) -> branches.peers().of(who));
      case WARNING -> ofDevice(session, payload, branches.warnings()::warned);
      case REACTED -> ofDevice(session, payload, branches.warnings()::reacted);
      case MANDATE -> branches.mandates().give(session.account(), payload);
      case BRANCH_REPORT -> ofDevice(session, payload, branches.reports()::reported);
      case SUPPLIER_CHANGE -> ofDevice(session, payload, branches.suppliers()::changed);
      case ALARM -> alarm(session, payload);
      case ACT -> crew.alarms().act(session, payload);
      case ALARMS -> later(session, payload, crew.alarms()::list);
      case ALARM_HISTORY -> later(session, payload, crew.alarms()::history);
      case ALARM_REPORT -> later(session, payload, crew.alarms()::report);
      case POLICY ->
          payload.sealed().isPresent()
              ? crew.alarms().publish(Charter.Kind.POLICY, session, payload)
              : later(session, payload, crew.alarms()::policy);
      case ROSTER -> crew.alarms().publish(Charter.Kind.ROSTER, session, payload);
      case DUTY -> later(session, payload, crew.alarms()::duty);
      case READINGS -> metering.readings(session, who, payload);
      case STATEMENT -> metering.statement(who, payload);
      case READINGS_CORRECTION -> metering.correct(session, payload);
      case TARIFFS -> later(session, payload, market.tariffs()::tariffs);
      case PUBLICATION -> later(session, payload, market.tariffs()::publication);
      case RECEIPTS -> later(session, payload, market.tariffs()::receipts);
      case PROPOSALS -> later(session, payload, market.proposals()::list);
      case PROPOSAL -> later(session, payload, market.proposals()::answer);
      case CHANGE_SETS -> later(session, payload, market.exchange()::changeSets);
      case FIRMWARE_PUBLISH -> firmware.publish(session, payload);
      case FIRMWARE_PIECE -> firmware.piece(session, payload);
      case FIRMWARE_DEPOT -> later(session, payload, firmware::depot);
      case FIRMWARE_RELEASES -> atDesk(session, payload, firmware::releases);
      case FIRMWARE_MANIFEST -> atDesk(session, payload, firmware::manifest);
      case FIRMWARE_LIST -> firmware.list(session, payload);
      case FIRMWARE_CHUNK -> firmware.chunk(session, payload);
      case FIRMWARE_PASS -> atDesk(session, payload, firmware::pass);
      case FIRMWARE_REPORT -> firmware.report(session, payload);
      case CAMPAIGNS -> campaigns.campaigns(session, payload);
      case CAMPAIGN_ACT -> campaigns.act(session, payload);
      case INVENTORY -> atDesk(session, payload, firmware::inventory);
      case CRL -> revocations.bring(who, payload);
      case LOOK -> looks.grant(session.account(), payload.requireSealed());
      default -> throw new IllegalStateException(payload.wire() + " has no route");
    };
  }

  /** A device that only calls in stays while something waits for it. */
  private CompletionStage<Payload> lease(Session session) {
    if (!session.isDevice()) {
      return CompletableFuture.completedFuture(Payload.empty(Wire.LEASE));
    }
    return desk.ask(
        () -> {
          conclusions.acknowledge(session.account());
          return CompletableFuture.completedFuture(
              LeaseAnswer.of(lanes.readyFor(session.account())).payload());
        });
  }

  /** With it, a device says how far its journal is. */
  private CompletionStage<Payload> outcome(Session session, Payload payload) {
    if (payload.json().isPresent()) {
      long seq = Fields.readAll(payload.requireJson(), fields -> fields.integer("journalSeq"));
      desk.put(() -> ledger.progress(session, seq));
    }
    return conclusions.conclude(session.account(), payload);
  }

  private CompletionStage<Payload> ownAct(Session session, Payload payload) {
    if (!session.isDevice()) {
      throw new Refused(Reason.NOT_AUTHORISED, "only a device acts of its own accord");
    }
    return ownActs.take(session, payload);
  }

  private CompletionStage<Payload> alarm(Session session, Payload payload) {
    if (!session.isDevice()) {
      throw new Refused(Reason.NOT_AUTHORISED, "only a device raises an alarm");
    }
    return crew.alarms().take(session, payload);
  }

  /** What a device says of itself; checking its seal takes no decision. */
  private static CompletionStage<Payload> ofDevice(
      Session session, Payload payload, BiFunction<Certified, Payload, Payload> take) {
    Certified device =
        session
            .certified()
            .filter(who -> who.holds(Role.DEVICE))
            .orElseThrow(() -> new Refused(Reason.NOT_AUTHORISED, "only a device says that"));
    return CompletableFuture.completedFuture(take.apply(device, payload));
  }

  private CompletionStage<Payload> atDesk(
      Session session, Payload payload, BiFunction<Session, Payload, Payload> decision) {
    return later(
        session,
        payload,
        (own, asked) -> CompletableFuture.completedFuture(decision.apply(own, asked)));
  }

  private CompletionStage<Payload> later(
      Session session,
      Payload payload,
      BiFunction<Session, Payload, CompletionStage<Payload>> decision) {
    return desk.ask(
        () -> {
          // Once more: a newer session may have taken its place on the way here.
          sessions.requireProven(session.jid());
          return decision.apply(session, payload);
        });
  }

  private record Leave(String reason, Optional<Instant> next) {
    static Leave read(Fields fields) {
      Leave leave = new Leave(fields.text("reason"), fields.optionalInstant("nextContact"));
      if (leave.reason().isBlank() || leave.reason().length() > MAX_REASON) {
        throw new IllegalArgumentException(
            "a goodbye has a reason of 1 to " + MAX_REASON + " characters");
      }
      return leave;
    }
  }

  private CompletionStage<Payload> goodbye(Session session, Payload payload) {
    Leave leave = Fields.readAll(payload.requireJson(), Leave::read);
    return desk.ask(
        () -> {
          ledger.goodbye(session, leave.reason(), leave.next());
          return CompletableFuture.completedFuture(Payload.empty(Wire.GOODBYE));
        });
  }
}
