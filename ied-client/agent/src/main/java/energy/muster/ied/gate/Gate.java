// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.gate;

import energy.muster.branch.Entitlement;
import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.command.Leaf;
import energy.muster.command.Rights;
import energy.muster.command.TargetTree;
import energy.muster.command.Verb;
import energy.muster.identity.Certified;
import energy.muster.ied.clock.TrustedClock.Reading;
import energy.muster.ied.gate.Verdict.Accepted;
import energy.muster.ied.gate.Verdict.Declined;
import energy.muster.ied.gate.Verdict.Postponed;
import energy.muster.ied.gate.Verdict.Repeated;
import energy.muster.ied.gate.Verdict.Unheeded;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.wire.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The device's own judgement of what is delivered to it. It repeats every check of the service,
 * because a service that is taken over must not be able to move anything.
 */
public final class Gate {
  /** How far an issuer's clock may be ahead. */
  public static final Duration AHEAD = Duration.ofSeconds(30);

  private static final Set<Verb> UNSURE = EnumSet.of(Verb.READ, Verb.SYNC_TIME);

  private final Certified device;
  private final String site;

  /**
   * @param device the device's own certificate
   */
  public Gate(Certified device, String site) {
    this.device = device;
    this.site = site;
  }

  public Verdict judge(Payload payload, Situation situation) {
    Reading clock = situation.clock();
    Admission admission;
    try {
      admission = admit(Delivery.read(payload), situation, clock.now());
    } catch (Refused e) {
      return new Unheeded(e.refusal());
    }
    Optional<Digest> remembered = situation.remembered(admission.key());
    if (remembered.isPresent()) {
      return remembered.get().equals(admission.digest())
          ? new Repeated(admission)
          : new Unheeded(
              Refusal.of(
                  Reason.ID_CONFLICT,
                  "command %s was sent before with other content",
                  admission.key()));
    }
    if (admission.command().executeAt().filter(clock.now()::isBefore).isPresent()) {
      return refuseLater(admission, situation, clock)
          .<Verdict>map(refusal -> new Declined(admission, refusal))
          .orElseGet(() -> new Postponed(admission));
    }
    return judgeNow(admission, situation, clock);
  }

  /**
   * Judges in full, now that it is due, an order that was postponed.
   *
   * @param leaf was proven to be this device's when the order came
   */
  public Verdict judgeDue(Sealed sealed, Leaf leaf, Situation situation) {
    Reading clock = situation.clock();
    try {
      return judgeNow(open(sealed, leaf, situation, clock.now()), situation, clock);
    } catch (Refused e) {
      return new Unheeded(e.refusal());
    }
  }

  /**
   * Why an order that was accepted is not to be begun after all: what happened of itself, or at the
   * device, while it was written down.
   */
  public Optional<Refusal> overtaken(Admission admission, Situation situation) {
    Command command = admission.command();
    return refuseOlder(command, situation).or(() -> refuseState(command, situation));
  }

  private Verdict judgeNow(Admission admission, Situation situation, Reading clock) {
    return refuseNow(admission, situation, clock)
        .<Verdict>map(refusal -> new Declined(admission, refusal))
        .orElseGet(() -> new Accepted(admission));
  }

  private Admission admit(Delivery delivery, Situation situation, Instant now) {
    Admission admission = open(delivery.sealed(), delivery.leaf(), situation, now);
    boolean addressed =
        delivery.leaf().device().equals(device.jid())
            && TargetTree.proves(
                admission.command().targets(), delivery.leaf(), delivery.index(), delivery.path());
    if (!addressed) {
      throw new Refused(
          Reason.WRONG_TARGET, "the command is not proven to be addressed to " + device.jid());
    }
    return admission;
  }

  private Admission open(Sealed sealed, Leaf leaf, Situation situation, Instant now) {
    Opened opened = situation.trust().open(sealed, now);
    Command command = Command.read(opened.content());
    if (!command.header().site().equals(site)) {
      throw new Refused(
          Reason.WRONG_TARGET,
          "the command is for site " + command.header().site() + ", this is " + site);
    }
    Certified issuer =
        opened
            .signer(command.header().issuer())
            .orElseThrow(
                () ->
                    new Refused(
                        Reason.BAD_SIGNATURE,
                        command.header().issuer() + " is named as issuer but has not signed"));
    return new Admission(command, issuer, opened, sealed, leaf);
  }

  private Optional<Refusal> refuseNow(Admission admission, Situation situation, Reading clock) {
    Command command = admission.command();
    return refuseEver(admission, situation, clock)
        .or(() -> refuseState(command, situation))
        .or(() -> refuseSecond(command, situation));
  }

  // What must still be true of the device, and whether it is busy, is judged when it is due.
  private Optional<Refusal> refuseLater(Admission admission, Situation situation, Reading clock) {
    return unless(
            Point.of(admission.verb()).isPresent(),
            Reason.UNSUPPORTED,
            () -> admission.verb() + " is done at once; send it without executeAt")
        .or(() -> refuseEver(admission, situation, clock));
  }

  private Optional<Refusal> refuseEver(Admission admission, Situation situation, Reading clock) {
    Command command = admission.command();
    return Stream.<Supplier<Optional<Refusal>>>of(
            () -> refuseTrust(command, situation, clock),
            () -> refuseClock(command, clock),
            () -> refuseTime(command, clock.now()),
            () -> refuseRights(admission, situation, clock.now()),
            () -> situation.endedBefore(admission.key()),
            () -> refuseOlder(command, situation))
        .flatMap(check -> check.get().stream())
        .findFirst();
  }

  private Optional<Refusal> refuseTrust(Command command, Situation situation, Reading clock) {
    return unless(
        command.verb().onlyLooks() || !situation.trust().stale(clock.now()),
        Reason.TRUST_STALE,
        () -> "no current revocation list; publish one and send again");
  }

  private Optional<Refusal> refuseClock(Command command, Reading clock) {
    return unless(
        clock.sure() || UNSURE.contains(command.verb()),
        Reason.CLOCK_UNSURE,
        () -> "the clock is behind what it was; send sync-time with the nonce from a read");
  }

  private Optional<Refusal> refuseTime(Command command, Instant now) {
    // While the clock is unsure, the time in a sync-time is all there is to go by.
    if (command.verb() == Verb.SYNC_TIME) {
      return Optional.empty();
    }
    Instant issued = command.header().issuedAt();
    return unless(
            !issued.isAfter(now.plus(AHEAD)),
            Reason.STALE,
            () -> "issued in the future, at " + issued + "; it is " + now)
        .or(
            () ->
                unless(
                    !now.isAfter(command.executeBy()),
                    Reason.STALE,
                    () -> "to be executed by " + command.executeBy() + "; it is " + now));
  }

  private Optional<Refusal> refuseRights(Admission admission, Situation situation, Instant now) {
    Verb verb = admission.verb();
    return new Entitlement(admission.command(), situation.trust(), site, situation.mandates(), now)
        .refuse(admission.issuer(), admission.leaf(), device)
        .or(
            () ->
                unless(
                    !situation.twoPersons().contains(verb) || entitled(admission) >= 2,
                    Reason.NOT_AUTHORISED,
                    () -> verb + " needs the signatures of two persons who both may order it"))
        .or(
            () ->
                unless(
                    !loosens(admission, situation) || entitled(admission) >= 2,
                    Reason.NOT_AUTHORISED,
                    () ->
                        "fewer verbs would need two persons: that takes the signatures of two"
                            + " persons who both may order it"));
  }

  private static boolean loosens(Admission admission, Situation situation) {
    return admission.command().instruction() instanceof Instruction.Configure configure
        && situation.loosens(configure);
  }

  private long entitled(Admission admission) {
    return admission.opened().signers().stream()
        .filter(signer -> Rights.refuse(signer, admission.verb(), device).isEmpty())
        .filter(signer -> !Rights.needsMandate(signer, admission.verb(), device))
        .map(Certified::jid)
        .distinct()
        .count();
  }

  private Optional<Refusal> refuseOlder(Command command, Situation situation) {
    Instant issued = command.header().issuedAt();
    return Point.of(command.verb())
        .flatMap(situation::newest)
        .filter(issued::isBefore)
        .map(
            newest ->
                Refusal.of(
                    Reason.SUPERSEDED,
                    "issued at %s; an order issued at %s was carried out",
                    issued,
                    newest));
  }

  private Optional<Refusal> refuseState(Command command, Situation situation) {
    return command
        .when()
        .flatMap(precondition -> precondition.unmet(situation.presence()))
        .map(unmet -> new Refusal(Reason.PRECONDITION, unmet));
  }

  private Optional<Refusal> refuseSecond(Command command, Situation situation) {
    return unless(
        Point.of(command.verb()).isEmpty() || !situation.busy(),
        Reason.BUSY,
        () -> "another order is being carried out; send again when its outcome is there");
  }

  private static Optional<Refusal> unless(boolean holds, Reason reason, Supplier<String> text) {
    return holds ? Optional.empty() : Optional.of(new Refusal(reason, text.get()));
  }
}
