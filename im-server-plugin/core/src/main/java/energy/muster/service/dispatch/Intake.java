// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.branch.Entitlement;
import energy.muster.branch.MandateBook;
import energy.muster.command.Command;
import energy.muster.command.Leaf;
import energy.muster.command.Precondition;
import energy.muster.command.TargetTree;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.json.Fields;
import energy.muster.presence.DevicePresence;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.seal.Trust;
import energy.muster.service.ServiceConfig;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.session.CurrentTrust;
import energy.muster.service.view.Coverage;
import energy.muster.wire.Payload;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Checks what was submitted, as far as that takes no decision. Safe for use by many threads. */
final class Intake {
  private final ServiceConfig config;
  private final CurrentTrust trust;
  private final Ledger ledger;
  private final MandateBook mandates;
  private final InstantSource clock;

  Intake(
      ServiceConfig config,
      CurrentTrust trust,
      Ledger ledger,
      MandateBook mandates,
      InstantSource clock) {
    this.config = config;
    this.trust = trust;
    this.ledger = ledger;
    this.mandates = mandates;
    this.clock = clock;
  }

  /** Refuses what is no order of the sender's; what speaks against a good one is in the answer. */
  CheckedOrder check(BareJid sender, Payload payload) {
    Instant now = clock.instant();
    Trust believed = trust.get();
    Sealed sealed = payload.requireSealed();
    Opened opened = believed.open(sealed, now);
    Command command = Command.read(opened.content());
    if (!command.header().site().equals(config.site())) {
      throw new Refused(
          Reason.WRONG_TARGET, "the order is for the site " + command.header().site());
    }
    BareJid issuer = command.header().issuer();
    if (opened.signer(issuer).isEmpty() || opened.signer(sender).isEmpty()) {
      throw othersOrder(sender, issuer);
    }
    TargetTree targets = targets(payload.requireLargeJson());
    if (!targets.targets().equals(command.targets())) {
      throw new Refused(Reason.WRONG_TARGET, "the leaves are not those that were signed");
    }
    Optional<Refusal> others =
        issuer.equals(sender)
            ? Optional.empty()
            : Optional.of(othersOrder(sender, issuer).refusal());
    Optional<Refusal> refusal =
        untimely(command, now)
            .or(() -> believed.stale(now) ? trustStale(command) : Optional.empty())
            .or(
                () ->
                    unentitled(
                        new Entitlement(command, believed, config.site(), mandates, now),
                        opened,
                        targets.leaves()))
            .or(() -> command.goal().flatMap(goal -> unfit(targets.leaves())))
            .or(() -> beyondAnnounced(command, targets.leaves(), now));
    return new CheckedOrder(
        command, opened.digest(), sealed, opened.signers(), targets, others, refusal);
  }

  private static Refused othersOrder(BareJid sender, BareJid issuer) {
    return new Refused(
        Reason.NOT_AUTHORISED,
        "an order is submitted by its issuer, who has signed it; "
            + sender
            + " is not both of "
            + issuer);
  }

  private static TargetTree targets(ObjectNode json) {
    return Fields.readAll(
        json, fields -> TargetTree.of(fields.objects("leaves").stream().map(Leaf::read).toList()));
  }

  private Optional<Refusal> untimely(Command command, Instant now) {
    Instant issued = command.header().issuedAt();
    if (issued.isAfter(now.plus(config.timing().ahead()))) {
      return stale("the order is issued at %s, here it is %s: check the clock", issued, now);
    }
    if (!now.isBefore(command.executeBy())) {
      return stale("the order was to be executed by %s, it is %s", command.executeBy(), now);
    }
    if (!now.isBefore(command.deliverBy())) {
      return stale("the order was to be delivered by %s, it is %s", command.deliverBy(), now);
    }
    return Optional.empty();
  }

  private static Optional<Refusal> stale(String format, Instant one, Instant other) {
    return Optional.of(Refusal.of(Reason.STALE, format, one, other));
  }

  private static Optional<Refusal> trustStale(Command command) {
    return command.verb().onlyLooks()
        ? Optional.empty()
        : Optional.of(
            Refusal.of(
                Reason.TRUST_STALE,
                "the revocation list is out of date; until a new one comes only read goes on"));
  }

  private Optional<Refusal> unentitled(Entitlement entitlement, Opened opened, List<Leaf> leaves) {
    for (Leaf leaf : leaves) {
      Optional<Certified> device =
          ledger.certificate(leaf.device()).filter(known -> covers(opened.signers(), known));
      if (device.isEmpty()) {
        // The same words for what does not exist and for what the signer may not know of.
        return Optional.of(
            Refusal.of(Reason.UNKNOWN, "you have no device %s", leaf.device().local()));
      }
      for (Certified signer : opened.signers()) {
        Optional<Refusal> refusal = entitlement.refuse(signer, leaf, device.get());
        if (refusal.isPresent()) {
          return refusal;
        }
      }
    }
    return entitlement.refuseTogether(leaves);
  }

  /** Why these cannot be the candidates of a goal. */
  private Optional<Refusal> unfit(List<Leaf> leaves) {
    for (Leaf leaf : leaves) {
      if (leaf.max().isEmpty()) {
        return Optional.of(
            Refusal.of(
                Reason.INVALID_ARGUMENT,
                "a goal's leaves say how much each is asked for; %s has no maxKw",
                leaf.device().local()));
      }
      if (ledger
          .certificate(leaf.device())
          .filter(device -> device.memberships().contains(Area.CRITICAL))
          .isPresent()) {
        return Optional.of(
            Refusal.of(
                Reason.CRITICAL_PROCESS,
                "%s is a critical load and never shed for a goal",
                leaf.device().local()));
      }
    }
    return Optional.empty();
  }

  /** Why a device that is there would take no such power by its own word. */
  private Optional<Refusal> beyondAnnounced(Command command, List<Leaf> leaves, Instant now) {
    if (command.executeAt().isPresent()
        || command.when().filter(Precondition::awaited).isPresent()) {
      // It may be another by then; the device judges it again.
      return Optional.empty();
    }
    return leaves.stream()
        .flatMap(leaf -> ledger.contact(leaf.device()).stream())
        .filter(contact -> contact.certainty().reachable())
        .flatMap(
            contact ->
                contact
                    .presence()
                    .flatMap(DevicePresence::restriction)
                    .filter(restriction -> !restriction.overdue(now))
                    .flatMap(restriction -> restriction.refuse(command.instruction()))
                    .map(
                        no -> new Refusal(no.reason(), contact.device().local() + ": " + no.text()))
                    .stream())
        .findFirst();
  }

  private static boolean covers(List<Certified> signers, Certified device) {
    return signers.stream().allMatch(signer -> Coverage.covers(signer, device));
  }
}
