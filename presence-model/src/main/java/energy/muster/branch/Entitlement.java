// SPDX-License-Identifier: Apache-2.0
package energy.muster.branch;

import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.command.Leaf;
import energy.muster.command.Power;
import energy.muster.command.Rights;
import energy.muster.command.Verb;
import energy.muster.document.Header;
import energy.muster.identity.Area;
import energy.muster.identity.Certified;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.seal.Trust;
import energy.muster.tariff.Publishing;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * Whether whoever signed an order may give it to a device: by a role of their own, or, as the
 * master IED of a branch, by a mandate that the order carries. Service and device both ask,
 * independently of each other.
 */
public final class Entitlement {
  private static final Duration AHEAD = Duration.ofSeconds(30);

  private final Command command;
  private final Optional<Given> given;
  private final Optional<Refusal> unbelieved;
  private final MandateBook book;
  private final Instant now;

  /**
   * A mandate whose seal holds.
   *
   * @param by who gave it
   */
  public record Given(Mandate mandate, Certified by) {
    /**
     * Opens one.
     *
     * @throws Refused when it is not genuine, of another site, or not of its time
     */
    public static Given open(Sealed sealed, Trust trust, String site, Instant now) {
      Opened opened = trust.open(sealed, now);
      Mandate mandate = Mandate.read(opened.content());
      Header header = mandate.header();
      if (!header.site().equals(site)) {
        throw new Refused(Reason.WRONG_TARGET, "the mandate is for the site " + header.site());
      }
      if (header.issuedAt().isAfter(now.plus(AHEAD))) {
        throw new Refused(Reason.STALE, "the mandate is issued in the future");
      }
      Certified by = opened.soleSigner();
      if (!by.jid().equals(header.issuer())) {
        throw new Refused(
            Reason.BAD_SIGNATURE, header.issuer() + " is named in the mandate but has not signed");
      }
      return new Given(mandate, by);
    }

    /** Why it is not in force. */
    public Optional<Refusal> refuse(MandateBook book, Instant now) {
      if (mandate.endedAt(now)) {
        return no(
            Reason.STALE, "mandate revision %s ended at %s", mandate.revision(), mandate.until());
      }
      long newest = book.newest(mandate.to()).orElse(0);
      return newest > mandate.revision()
          ? no(
              Reason.SUPERSEDED,
              "mandate revision %s was replaced by %s",
              mandate.revision(),
              newest)
          : Optional.empty();
    }
  }

  /**
   * @param book learns of the mandate, if it is believed
   */
  public Entitlement(Command command, Trust trust, String site, MandateBook book, Instant now) {
    this.command = command;
    this.book = book;
    this.now = now;
    Optional<Given> opened = Optional.empty();
    Optional<Refusal> why = Optional.empty();
    try {
      opened = command.mandate().map(carried -> Given.open(carried, trust, site, now));
    } catch (Refused e) {
      why = Optional.of(e.refusal());
    }
    given = opened;
    unbelieved = why;
  }

  /** Why this signer may not order it of the device with this certificate. */
  public Optional<Refusal> refuse(Certified signer, Leaf leaf, Certified device) {
    return Rights.refuse(signer, command.verb(), device)
        .or(() -> unpublished(signer))
        .or(() -> unbelieved)
        .or(
            () ->
                given.isPresent()
                    ? refuse(given.get(), signer, leaf, device)
                    : unmandated(signer, device));
  }

  /** Nobody says what another supplier's energy costs. */
  private Optional<Refusal> unpublished(Certified signer) {
    return command.instruction() instanceof Instruction.SetTariff tariff
        ? Publishing.refuse(signer, tariff.document().name())
        : Optional.empty();
  }

  private Optional<Refusal> unmandated(Certified signer, Certified device) {
    return Rights.needsMandate(signer, command.verb(), device)
        ? no(
            Reason.NOT_AUTHORISED,
            "%s orders %s only under a mandate, and the order carries none",
            signer.jid(),
            command.verb())
        : Optional.empty();
  }

  private Optional<Refusal> refuse(Given by, Certified signer, Leaf leaf, Certified device) {
    Mandate mandate = by.mandate();
    Verb verb = command.verb();
    // What its giver may not order they cannot let another order.
    Optional<Refusal> beyond =
        Rights.refuse(by.by(), verb, device)
            .or(
                () ->
                    Rights.needsMandate(by.by(), verb, device)
                        ? no(Reason.NOT_AUTHORISED, "a mandate is given by a person")
                        : Optional.empty());
    if (beyond.isPresent()) {
      return beyond;
    }
    Optional<Refusal> old = by.refuse(book, now);
    if (old.isPresent()) {
      return old;
    }
    if (!mandate.to().equals(signer.jid())) {
      return no(
          Reason.NOT_AUTHORISED, "the mandate is for %s, not for %s", mandate.to(), signer.jid());
    }
    // Whoever may not operate a switch may not keep others from it either.
    Verb meant =
        command.instruction() instanceof Instruction.Select select ? select.operate() : verb;
    if (!mandate.verbs().contains(meant)) {
      return no(Reason.NOT_AUTHORISED, "the mandate of %s is not for %s", by.by().jid(), meant);
    }
    if (!mandate.area().covers(device.jid(), device.memberships())) {
      return no(
          Reason.NOT_AUTHORISED,
          "%s is outside the mandate's area %s",
          device.jid().local(),
          mandate.area());
    }
    if (verb == Verb.SHED && device.memberships().contains(Area.CRITICAL)) {
      return no(
          Reason.CRITICAL_PROCESS,
          "%s is a critical load: no mandate is for it",
          device.jid().local());
    }
    Optional<Refusal> power = refusePower(mandate, leaf);
    if (power.isEmpty()) {
      book.note(mandate);
    }
    return power;
  }

  private Optional<Refusal> refusePower(Mandate mandate, Leaf leaf) {
    if (!Mandate.COUNTED.contains(command.verb())) {
      return Optional.empty();
    }
    if (leaf.max().isEmpty()) {
      return no(
          Reason.OUT_OF_ENVELOPE,
          "under a mandate a %s says how much is moved by %s",
          command.verb(),
          leaf.device().local());
    }
    // So that nothing is left moved that nobody answers for any more.
    if (Mandate.MEASURED.contains(command.verb())
        && command.until().filter(end -> !end.isAfter(mandate.until())).isEmpty()) {
      return no(
          Reason.OUT_OF_ENVELOPE,
          "under a mandate a %s ends with it, by %s",
          command.verb(),
          mandate.until());
    }
    return beyond(mandate, leaf.max().get());
  }

  private static Optional<Refusal> beyond(Mandate mandate, Power asked) {
    return asked.compareTo(mandate.max()) > 0
        ? no(Reason.OUT_OF_ENVELOPE, "%s is more than the mandate's %s", asked, mandate.max())
        : Optional.empty();
  }

  /** Why all leaves together are too much; only who knows all of them can say. */
  public Optional<Refusal> refuseTogether(Collection<Leaf> leaves) {
    return given.flatMap(
        by ->
            beyond(
                by.mandate(),
                leaves.stream()
                    .flatMap(leaf -> leaf.max().stream())
                    .reduce(Power.ZERO, Power::plus)));
  }

  private static Optional<Refusal> no(Reason reason, String text, Object... values) {
    return Optional.of(Refusal.of(reason, text, values));
  }
}
