// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.branch.BranchReport;
import energy.muster.branch.BranchReport.Kind;
import energy.muster.branch.Entitlement.Given;
import energy.muster.branch.Mandate;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.ied.branch.Decision;
import energy.muster.ied.branch.Rules;
import energy.muster.ied.branch.Warden;
import energy.muster.ied.clock.Timer;
import energy.muster.ied.clock.TrustedClock.Reading;
import energy.muster.ied.driver.DriverSettings;
import energy.muster.link.Link;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Outcomes;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * The master IED's part of a device: hears its branch, takes its mandate, and does what the warden
 * decides by orders like any other, each reported to people. Used by one thread at a time.
 */
final class MasterDesk {
  private static final Duration AGAIN = Duration.ofSeconds(2);

  private final SigningIdentity identity;
  private final Site site;
  private final Equipment equipment;
  private final Tidings tidings;
  private final Timer timer;
  private final Executor executor;
  private final Supplier<CompletableFuture<Void>> keep;
  private final BranchWatch watch;
  private final Warden warden;
  private Optional<Sealed> mandate = Optional.empty();
  private Optional<OwnOrder> order = Optional.empty();
  private Optional<Link> link = Optional.empty();
  private Timer.Pending next = Timer.Pending.NONE;
  private boolean proven;

  /**
   * @param keep writes what the device must not forget; done once that is on disk
   */
  MasterDesk(
      SigningIdentity identity,
      Site site,
      Equipment equipment,
      Tidings tidings,
      Timer timer,
      Executor executor,
      Supplier<CompletableFuture<Void>> keep) {
    this.identity = identity;
    this.site = site;
    this.equipment = equipment;
    this.tidings = tidings;
    this.timer = timer;
    this.executor = executor;
    this.keep = keep;
    warden = new Warden(equipment.mandated().reliefs(), equipment.mandated().moves());
    watch = new BranchWatch(device(), site, equipment, timer, executor, this::look);
  }

  private BareJid device() {
    return identity.certified().jid();
  }

  void attach(Link opened) {
    link = Optional.of(opened);
    watch.attach(opened);
  }

  void proven() {
    proven = true;
    watch.proven();
  }

  void cut() {
    proven = false;
    watch.cut();
    next.cancel();
  }

  void changed(Payload message) {
    watch.changed(message);
  }

  private DriverSettings.Branch branch() {
    return equipment
        .branch()
        .orElseThrow(() -> new Refused(Reason.UNSUPPORTED, "this is no master IED"));
  }

  /** Takes what a person lets it do from now on. */
  Payload mandate(Payload payload) {
    var unused = branch();
    Reading clock = site.clock().read();
    if (!clock.sure()) {
      throw new Refused(Reason.CLOCK_UNSURE, "the clock is behind what it was");
    }
    Sealed sealed = payload.requireSealed();
    Given given = Given.open(sealed, site.trust().trust(), site.name(), clock.now());
    refuse(given, clock.now())
        .ifPresent(
            no -> {
              throw new Refused(no);
            });
    equipment.mandated().mandates().note(given.mandate());
    equipment.resave();
    if (!mandate.equals(Optional.of(sealed))) {
      mandate = Optional.of(sealed);
      warden.mandate(given.mandate());
      look();
    }
    return Payload.empty(Wire.MANDATE);
  }

  private Optional<Refusal> refuse(Given given, Instant now) {
    if (!given.mandate().to().equals(device())) {
      return Optional.of(
          Refusal.of(Reason.WRONG_TARGET, "the mandate is for %s", given.mandate().to()));
    }
    if (!given.by().covers(Role.OPERATOR, identity.certified())) {
      return Optional.of(
          Refusal.of(Reason.NOT_AUTHORISED, "%s is no operator here", given.by().jid()));
    }
    return given.refuse(equipment.mandated().mandates(), now);
  }

  /** Takes a device's answer; one to an order of before a restart is taken note of, too. */
  Payload outcome(Payload payload) {
    var unused = branch();
    take(payload.requireSealed());
    return Payload.empty(Wire.OUTCOME);
  }

  /** As {@link #outcome}, several; one that is not believed keeps no other back. */
  Payload outcomes(Payload payload) {
    var unused = branch();
    for (Sealed sealed : Outcomes.read(payload).sealed()) {
      try {
        take(sealed);
      } catch (Refused no) {
        site.events().trouble(device(), "an outcome is not believed: " + no.refusal());
      }
    }
    return Payload.empty(Wire.OUTCOMES);
  }

  private void take(Sealed sealed) {
    Instant now = site.clock().instant();
    Opened opened = site.trust().trust().open(sealed, now);
    Outcome outcome = Outcome.read(opened.content());
    Certified signer = opened.soleSigner();
    if (!signer.holds(Role.DEVICE) || !signer.jid().equals(outcome.header().issuer())) {
      throw new Refused(Reason.NOT_AUTHORISED, "an outcome is signed by its device");
    }
    order.ifPresent(
        own ->
            own.answer(outcome)
                .ifPresent(
                    share -> {
                      warden.answered(own.give().verb(), share, outcome.result());
                      if (own.silent().isEmpty()) {
                        end(own, own.outcome());
                      }
                    }));
  }

  /** What is known of the branch, or the time, is another. */
  private void look() {
    next.cancel();
    Reading clock = site.clock().read();
    if (!proven || !clock.sure() || equipment.branch().isEmpty()) {
      return;
    }
    Rules rules = branch().rules();
    int moves = equipment.mandated().moves().count();
    equipment
        .presence()
        .branch()
        .flatMap(sum -> warden.decide(sum, watch.contacts(), rules, clock.now()))
        .ifPresent(decision -> carryOut(decision, clock.now()));
    if (equipment.mandated().moves().count() < moves) {
      equipment.resave();
    }
    warden
        .due(rules, clock.now())
        .ifPresent(due -> next = timer.after(Duration.between(clock.now(), due), this::look));
  }

  private void carryOut(Decision decision, Instant now) {
    if (decision instanceof Decision.Give give) {
      Mandate given = warden.mandate().orElseThrow();
      OwnOrder own = new OwnOrder(give, given, mandate.orElseThrow(), identity, site.name(), now);
      order = Optional.of(own);
      boolean first = warden.given(give);
      report(
          Kind.ORDERS,
          Optional.of(own.id()),
          own.words() + ": " + give.why() + "; " + Warden.spoken(given));
      if (first) {
        keepThenSubmit(own);
      } else {
        submit(own);
      }
      timer.after(Duration.between(now, own.executeBy()).plus(AGAIN), () -> timeIsUp(own));
    } else {
      report(Kind.ASKS, Optional.empty(), decision.why());
    }
  }

  /** Nothing moves that a restart would know nothing of. */
  private void keepThenSubmit(OwnOrder own) {
    var unused =
        keep.get()
            .whenCompleteAsync(
                (kept, failure) -> {
                  if (!order.equals(Optional.of(own))) {
                    return;
                  }
                  if (failure == null) {
                    submit(own);
                  } else {
                    end(own, "not ordered: " + failure.getMessage());
                  }
                },
                executor);
  }

  /** Without an answer nobody knows: the same order is sent again. */
  private void submit(OwnOrder own) {
    var unused =
        link.orElseThrow()
            .set(own.submission())
            .whenCompleteAsync(
                (accepted, failure) -> {
                  if (failure == null || !order.equals(Optional.of(own))) {
                    return;
                  }
                  if (Outbox.forGood(failure)) {
                    refused(own, failure);
                  } else {
                    timer.after(AGAIN, () -> again(own));
                  }
                },
                executor);
  }

  private void again(OwnOrder own) {
    if (order.equals(Optional.of(own)) && site.clock().instant().isBefore(own.executeBy())) {
      submit(own);
    }
  }

  private void refused(OwnOrder own, Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    end(
        own,
        "not taken by the service: "
            + (cause instanceof Refused no ? no.refusal().toString() : cause.getMessage()));
  }

  private void timeIsUp(OwnOrder own) {
    if (order.equals(Optional.of(own))) {
      own.silent().forEach(share -> warden.silent(own.give().verb(), share));
      end(own, own.outcome());
    }
  }

  private void end(OwnOrder own, String how) {
    order = Optional.empty();
    warden.ended(site.clock().instant());
    equipment.resave();
    report(Kind.ENDED, Optional.of(own.id()), own.words() + ": " + how);
    look();
  }

  private void report(Kind kind, Optional<DocumentId> about, String text) {
    Instant now = site.clock().instant();
    BranchReport said =
        new BranchReport(
            new Header(
                DocumentType.BRANCH_REPORT, site.name(), DocumentId.next(now), device(), now),
            branch().area(),
            kind,
            about,
            text.length() > BranchReport.MAX_TEXT
                ? text.substring(0, BranchReport.MAX_TEXT)
                : text);
    tidings.add(Payload.of(Wire.BRANCH_REPORT, Sealer.seal(said.write(), now, identity)));
  }
}
