// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.branch;

import energy.muster.branch.BranchReport;
import energy.muster.document.Header;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Opened;
import energy.muster.service.notice.Notices;
import energy.muster.service.session.CurrentTrust;
import energy.muster.service.view.Coverage;
import energy.muster.wire.Payload;
import java.time.InstantSource;
import java.util.Optional;

/** Takes what master IEDs say of their decisions, for the journal and for people. */
public final class BranchReports {
  private final String site;
  private final CurrentTrust trust;
  private final Notices notices;
  private final InstantSource clock;

  public BranchReports(String site, CurrentTrust trust, Notices notices, InstantSource clock) {
    this.site = site;
    this.trust = trust;
    this.notices = notices;
    this.clock = clock;
  }

  /** A master IED reports; the link may have been away meanwhile, so it may come late. */
  public Payload reported(Certified device, Payload payload) {
    Opened opened = trust.get().open(payload.requireSealed(), clock.instant());
    BranchReport report = BranchReport.read(opened.content());
    Header header = report.header();
    if (!header.site().equals(site)) {
      throw new Refused(Reason.WRONG_TARGET, "it is of the site " + header.site());
    }
    if (!header.issuer().equals(device.jid()) || opened.signer(device.jid()).isEmpty()) {
      throw new Refused(Reason.NOT_AUTHORISED, "a device says only what it has signed itself");
    }
    if (!device.areas(Role.BRANCH_CONTROLLER).contains(report.branch())) {
      throw new Refused(
          Reason.NOT_AUTHORISED, device.jid() + " is not the master IED of " + report.branch());
    }
    notices.tell(
        "branch-" + report.kind().wire(),
        Optional.of(device.jid()),
        device.jid().local()
            + ": "
            + report.text()
            + report.order().map(id -> " (order " + id.brief() + ")").orElse(""),
        person -> Coverage.covers(person, device));
    return Payload.empty(payload.wire());
  }
}
