// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.ied.clock.Timer;
import energy.muster.ied.clock.TrustedClock.Reading;
import energy.muster.ied.driver.Sighting;
import energy.muster.ied.warning.WarningGate;
import energy.muster.ied.warning.WarningGate.Heard;
import energy.muster.link.Link;
import energy.muster.link.LinkException;
import energy.muster.link.LinkState;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.warning.Peers;
import energy.muster.warning.Warning;
import energy.muster.warning.WarningReport;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Warns the peers on its branches of what the device sees, and does what was signed beforehand when
 * one of them warns. The peers come first, the service is told afterwards. Used by one thread at a
 * time.
 */
final class EarlyWarning {
  private final SigningIdentity identity;
  private final Site site;
  private final Equipment equipment;
  private final Tidings tidings;
  private final Executor executor;
  private final WarningGate gate;
  private final RefusalCount refusals;
  private final Timer timer;
  private final Backoff backoff = new Backoff();
  private Optional<Link> link = Optional.empty();
  private Timer.Pending again = Timer.Pending.NONE;
  private Peers peers = Peers.NONE;

  EarlyWarning(
      SigningIdentity identity,
      Site site,
      Equipment equipment,
      Tidings tidings,
      Timer timer,
      Executor executor) {
    this.identity = identity;
    this.site = site;
    this.equipment = equipment;
    this.tidings = tidings;
    this.executor = executor;
    this.timer = timer;
    gate = new WarningGate(identity.certified(), site.name(), site.clock().instant());
    refusals =
        new RefusalCount(
            RefusalCount.RECORDED_A_MINUTE,
            (sender, count) -> site.events().suppressed(device(), sender, count));
  }

  private BareJid device() {
    return identity.certified().jid();
  }

  void attach(Link opened) {
    link = Optional.of(opened);
  }

  /** Asks whom to warn, until the service has said so; it tells when that changes. */
  void proven() {
    if (identity.certified().memberships().stream().anyMatch(Area::isBranch)) {
      again.cancel();
      backoff.reset();
      ask();
    }
  }

  private void ask() {
    var unused =
        link.filter(open -> open.state() == LinkState.PROVEN)
            .map(
                open ->
                    open.get(Payload.empty(Wire.PEERS))
                        .whenCompleteAsync(this::answered, executor));
  }

  private void answered(Payload told, Throwable failure) {
    if (failure == null) {
      peers(told);
    } else if (Outbox.forGood(failure)) {
      site.events()
          .trouble(device(), "the service does not tell its peers: " + Outbox.reason(failure));
    } else {
      // Only for as long as this session is proven: the next one asks at once.
      again.cancel();
      again = timer.after(backoff.next(), this::ask);
    }
  }

  void peers(Payload told) {
    try {
      peers = Peers.read(told);
    } catch (Refused e) {
      site.events().trouble(device(), "the service's list of peers: " + e.refusal());
    }
  }

  /** The device's own sensors show a catastrophe. */
  void see(Sighting sighting) {
    Instant seen = site.clock().instant();
    peers.byBranch().forEach((branch, devices) -> warn(sighting, branch, devices, seen));
  }

  private void warn(Sighting sighting, Area branch, List<BareJid> devices, Instant seen) {
    Warning warning =
        new Warning(header(DocumentType.WARNING, seen), sighting.event(), branch, sighting.place());
    Sealed sealed = Sealer.seal(warning.write(), seen, identity);
    Payload payload = Payload.of(Wire.WARNING, sealed);
    try {
      devices.forEach(peer -> link.orElseThrow().tell(peer, payload));
      site.events().warns(device(), warning, devices.size());
    } catch (LinkException e) {
      site.events().trouble(device(), "the peers on " + branch + " are not warned: no link");
    }
    tidings.add(payload);
  }

  /** A peer warns. */
  void warned(BareJid from, Payload payload) {
    Reading clock = site.clock().read();
    try {
      Heard heard = gate.judge(from, payload, clock, site.trust().trust());
      heard.refusal().ifPresentOrElse(no -> refuse(from, heard, no), () -> react(from, heard));
    } catch (Refused e) {
      unheeded(from, e.refusal(), clock.now());
    }
  }

  private void react(BareJid from, Heard heard) {
    try {
      Reflex reflex = equipment.react(heard.warning());
      report(
          WarningReport.done(
              header(DocumentType.WARNING_REPORT, site.clock().instant()),
              heard.warning(),
              heard.digest(),
              reflex.answer(),
              reflex.text()));
    } catch (Refused e) {
      refuse(from, heard, e.refusal());
    }
  }

  private void refuse(BareJid from, Heard heard, Refusal refusal) {
    Instant now = site.clock().instant();
    if (unheeded(from, refusal, now)) {
      report(
          WarningReport.refused(
              header(DocumentType.WARNING_REPORT, now), heard.warning(), heard.digest(), refusal));
    }
  }

  private boolean unheeded(BareJid from, Refusal refusal, Instant now) {
    boolean recorded = refusals.recorded(from.toString(), now);
    if (recorded) {
      site.events().unheeded(device(), from.toString(), refusal);
    }
    return recorded;
  }

  private void report(WarningReport report) {
    site.events().reacts(device(), report);
    tidings.add(
        Payload.of(
            Wire.REACTED, Sealer.seal(report.write(), report.header().issuedAt(), identity)));
  }

  private Header header(DocumentType type, Instant at) {
    return new Header(type, site.name(), DocumentId.next(at), device(), at);
  }
}
