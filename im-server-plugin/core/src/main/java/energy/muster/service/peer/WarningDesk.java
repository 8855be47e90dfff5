// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.peer;

import energy.muster.document.Header;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Opened;
import energy.muster.service.notice.Notices;
import energy.muster.service.session.CurrentTrust;
import energy.muster.service.view.Coverage;
import energy.muster.warning.Warning;
import energy.muster.warning.WarningReport;
import energy.muster.wire.Payload;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Takes what devices say of warnings, for the journal and for the people who answer for them. */
public final class WarningDesk {
  private final String site;
  private final CurrentTrust trust;
  private final Notices notices;
  private final InstantSource clock;

  public WarningDesk(String site, CurrentTrust trust, Notices notices, InstantSource clock) {
    this.site = site;
    this.trust = trust;
    this.notices = notices;
    this.clock = clock;
  }

  /** A device has warned its peers. It may say so late: the link may be what broke. */
  public Payload warned(Certified device, Payload payload) {
    Opened opened = open(payload);
    Warning warning = Warning.read(opened.content());
    require(warning.header(), opened, device.jid());
    tell(
        "warning",
        device,
        "warns %s of %s: %s (warning %s, seen at %s)"
            .formatted(
                warning.branch(),
                warning.event(),
                warning.place(),
                warning.header().id().brief(),
                warning.header().issuedAt()));
    return Payload.empty(payload.wire());
  }

  /** A device says what it did about a warning. */
  public Payload reacted(Certified device, Payload payload) {
    Opened opened = open(payload);
    WarningReport report = WarningReport.read(opened.content());
    require(report.header(), opened, device.jid());
    boolean refused = report.reason().isPresent();
    tell(
        refused ? "warning-refused" : "reacted",
        device,
        "%s%s: %s (warning %s of %s, at %s)"
            .formatted(
                report.answer().wire(),
                report.reason().map(why -> " as " + why.wire()).orElse(""),
                report.text(),
                report.warning().brief(),
                report.from().local(),
                report.header().issuedAt()));
    return Payload.empty(payload.wire());
  }

  private Opened open(Payload payload) {
    return trust.get().open(payload.requireSealed(), clock.instant());
  }

  private void require(Header header, Opened opened, BareJid sender) {
    if (!header.site().equals(site)) {
      throw new Refused(Reason.WRONG_TARGET, "it is of the site " + header.site());
    }
    if (!header.issuer().equals(sender) || opened.signer(sender).isEmpty()) {
      throw new Refused(Reason.NOT_AUTHORISED, "a device says only what it has signed itself");
    }
    Instant now = clock.instant();
    if (header.issuedAt().isAfter(now.plus(Warning.LIFE))) {
      throw new Refused(
          Reason.STALE, "it is issued at " + header.issuedAt() + ", here it is " + now);
    }
  }

  private void tell(String kind, Certified device, String text) {
    notices.tell(
        kind,
        Optional.of(device.jid()),
        device.jid().local() + ": " + text,
        person -> Coverage.covers(person, device));
  }
}
