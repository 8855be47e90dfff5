// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.gate;

import energy.muster.command.Command;
import energy.muster.command.Rights;
import energy.muster.command.TargetTree;
import energy.muster.command.Verb;
import energy.muster.identity.Certified;
import energy.muster.ied.clock.TrustedClock.Reading;
import energy.muster.ied.gate.Verdict.Accepted;
import energy.muster.ied.gate.Verdict.Declined;
import energy.muster.ied.gate.Verdict.Repeated;
import energy.muster.ied.gate.Verdict.Unheeded;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Opened;
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
  private final Set<Verb> twoPersons;

  /**
   * @param device the device's own certificate
   * @param twoPersons the verbs that need the signatures of two distinct persons
   */
  public Gate(Certified device, String site, Set<Verb> twoPersons) {
    this.device = device;
    this.site = site;
    this.twoPersons = Set.copyOf(twoPersons);
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
    return refuse(admission, situation, clock)
        .<Verdict>map(refusal -> new Declined(admission, refusal))
        .orElseGet(() -> new Accepted(admission));
  }

  private Admission admit(Delivery delivery, Situation situation, Instant now) {
    Opened opened = situation.trust().open(delivery.sealed(), now);
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
    boolean addressed =
        delivery.leaf().device().equals(device.jid())
            && TargetTree.proves(
                command.targets(), delivery.leaf(), delivery.index(), delivery.path());
    if (!addressed) {
      throw new Refused(
          Reason.WRONG_TARGET, "the command is not proven to be addressed to " + device.jid());
    }
    return new Admission(command, issuer, opened, delivery.sealed(), delivery.leaf());
  }

  private Optional<Refusal> refuse(Admission admission, Situation situation, Reading clock) {
    Command command = admission.command();
    return Stream.<Supplier<Optional<Refusal>>>of(
            () -> refuseTrust(command, situation, clock),
            () -> refuseClock(command, clock),
            () -> refuseTime(command, clock.now()),
            () -> refuseRights(admission),
            () -> refuseOlder(command, situation),
            () -> refuseState(command, situation),
            () -> refuseSecond(command, situation))
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

  private Optional<Refusal> refuseRights(Admission admission) {
    Verb verb = admission.verb();
    return Rights.refuse(admission.issuer(), verb, device)
        .or(
            () ->
                unless(
                    !twoPersons.contains(verb) || entitled(admission) >= 2,
                    Reason.NOT_AUTHORISED,
                    () -> verb + " needs the signatures of two persons who both may order it"));
  }

  private long entitled(Admission admission) {
    return admission.opened().signers().stream()
        .filter(signer -> Rights.refuse(signer, admission.verb(), device).isEmpty())
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
