// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.alarm.Alarm;
import energy.muster.alarm.AlarmAct;
import energy.muster.alarm.HeardAlarm;
import energy.muster.billing.CostStatement;
import energy.muster.branch.Entitlement.Given;
import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.duty.DutyRoster;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.WriteOff;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.tariff.PriceDocument;
import energy.muster.tariff.Publishing;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens sealed documents and says who signed them, or why they are not believed. */
final class Notary {
  private final Revocations revocations;
  private final String site;
  private final InstantSource clock;

  Notary(Revocations revocations, Setup setup) {
    this.revocations = revocations;
    this.site = setup.site();
    this.clock = setup.clock();
  }

  /** An order with the digest that answers to it must carry. */
  record SignedOrder(Command command, Digest digest) {
    void require(DocumentId id, Digest other, BareJid device) {
      if (!command.id().equals(id) || !digest.equals(other)) {
        throw new Refused(Reason.ID_CONFLICT, device + " answered another order of the same id");
      }
    }
  }

  /** A device's own answer; to which order must be checked yet. */
  Outcome outcome(Sealed sealed) {
    Opened opened = revocations.trust().open(sealed, clock.instant());
    Certified signer = opened.soleSigner();
    Outcome outcome = Outcome.read(opened.content());
    requireSite(outcome.header());
    if (!signer.holds(Role.DEVICE) || !signer.jid().equals(outcome.header().issuer())) {
      throw new Refused(
          Reason.NOT_AUTHORISED,
          signer.jid() + " signed an outcome in the name of " + outcome.header().issuer());
    }
    return outcome;
  }

  /** The order that the service keeps, as its issuer signed it. */
  SignedOrder order(OrderRecord kept) {
    Sealed sealed =
        kept.command()
            .orElseThrow(
                () -> new Refused(Reason.UNKNOWN, "the service did not give the sealed command"));
    Opened opened = revocations.trust().open(sealed, clock.instant());
    Command command = Command.read(opened.content());
    requireSite(command.header());
    if (opened.signer(command.header().issuer()).isEmpty()) {
      throw new Refused(
          Reason.BAD_SIGNATURE, command.header().issuer() + " has not signed the order");
    }
    if (!command.id().equals(kept.id())) {
      throw new Refused(Reason.ID_CONFLICT, "the sealed command is of another order");
    }
    return new SignedOrder(command, opened.digest());
  }

  /** A device's own word that something is wrong. */
  HeardAlarm alarm(Sealed sealed, BareJid device) {
    return HeardAlarm.of(sealed, device, site, revocations.trust(), clock.instant());
  }

  /** What a meter reckons by itself. */
  CostStatement statement(Sealed sealed, BareJid meter) {
    Opened opened = revocations.trust().open(sealed, clock.instant());
    CostStatement statement = CostStatement.read(opened.content());
    requireIssuer(opened, statement.header());
    if (!statement.header().issuer().equals(meter)) {
      throw new Refused(Reason.NOT_AUTHORISED, "it is the statement of another meter");
    }
    return statement;
  }

  /** Who is on duty, by the word of an engineer of the whole site. */
  DutyRoster roster(Sealed sealed) {
    Opened opened = revocations.trust().open(sealed, clock.instant());
    DutyRoster roster = DutyRoster.read(opened.content());
    requireIssuer(opened, roster.header());
    if (!opened.soleSigner().areas(Role.ENGINEER).contains(Area.ALL)) {
      throw new Refused(
          Reason.NOT_AUTHORISED, roster.header().issuer() + " may not say who is on duty");
    }
    return roster;
  }

  /** What energy costs, by the word of whoever may say that of this supplier. */
  PriceDocument prices(Sealed sealed) {
    Opened opened = revocations.trust().open(sealed, clock.instant());
    Command command = Command.read(opened.content());
    requireIssuer(opened, command.header());
    if (!(command.instruction() instanceof Instruction.SetTariff published)) {
      throw new Refused(Reason.MALFORMED, "the order publishes no prices");
    }
    Publishing.refuse(opened.soleSigner(), published.document().name())
        .ifPresent(
            no -> {
              throw new Refused(no);
            });
    return published.document();
  }

  /** What somebody has signed about an alarm, in a word. */
  Event.SignedWord aboutAlarms(Sealed sealed) {
    Opened opened = revocations.trust().open(sealed, clock.instant());
    Header header;
    String what;
    if (Json.parse(opened.content()).path("type").asText().equals(DocumentType.ALARM.wire())) {
      Alarm alarm = Alarm.read(opened.content());
      header = alarm.header();
      what = alarm.event().wire() + ": " + alarm.text();
    } else {
      AlarmAct act = AlarmAct.read(opened.content());
      header = act.header();
      what = act.kind() + (act.reason().isEmpty() ? "" : ": " + act.reason());
    }
    requireIssuer(opened, header);
    return new Event.SignedWord(header.issuer(), header.issuedAt(), what);
  }

  private void requireIssuer(Opened opened, Header header) {
    requireSite(header);
    if (!opened.soleSigner().jid().equals(header.issuer())) {
      throw new Refused(
          Reason.BAD_SIGNATURE, header.issuer() + " is named as issuer but has not signed");
    }
  }

  private WriteOff writeOff(Sealed sealed) {
    Opened opened = revocations.trust().open(sealed, clock.instant());
    Certified signer = opened.soleSigner();
    WriteOff writeOff = WriteOff.read(opened.content());
    requireSite(writeOff.header());
    if (!signer.jid().equals(writeOff.header().issuer())
        || (!signer.holds(Role.OPERATOR) && !signer.holds(Role.ENGINEER))) {
      throw new Refused(
          Reason.NOT_AUTHORISED,
          signer.jid() + " may not give up a delivery as " + writeOff.header().issuer());
    }
    return writeOff;
  }

  /** Checks all that is sealed in a record; what does not hold is told, not thrown. */
  OrderProof examine(OrderRecord kept) {
    List<Refusal> distrusted = new ArrayList<>();
    SignedOrder order;
    try {
      order = order(kept);
    } catch (Refused e) {
      return new OrderProof(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of(),
          List.of(e.refusal()));
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (OrderRecord.Evidence evidence : kept.outcomes()) {
      try {
        Outcome outcome = outcome(evidence.sealed());
        order.require(outcome.command(), outcome.commandDigest(), outcome.header().issuer());
        outcomes.add(outcome);
      } catch (Refused e) {
        distrusted.add(e.refusal());
      }
    }
    List<WriteOff> writeOffs = new ArrayList<>();
    for (OrderRecord.Evidence evidence : kept.writeOffs()) {
      try {
        WriteOff writeOff = writeOff(evidence.sealed());
        order.require(writeOff.command(), writeOff.commandDigest(), writeOff.header().issuer());
        writeOffs.add(writeOff);
      } catch (Refused e) {
        distrusted.add(e.refusal());
      }
    }
    return new OrderProof(
        Optional.of(order.command()),
        Optional.of(order.digest()),
        mandate(order.command(), distrusted),
        outcomes,
        writeOffs,
        distrusted);
  }

  private Optional<Given> mandate(Command command, List<Refusal> distrusted) {
    try {
      return command
          .mandate()
          .map(carried -> Given.open(carried, revocations.trust(), site, clock.instant()));
    } catch (Refused e) {
      distrusted.add(e.refusal());
      return Optional.empty();
    }
  }

  private void requireSite(Header header) {
    if (!header.site().equals(site)) {
      throw new Refused(Reason.WRONG_TARGET, "the " + header.type().wire() + " is of another site");
    }
  }
}
