// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.branch;

import energy.muster.branch.BranchReport;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.notice.Notices;
import energy.muster.service.session.OwnWords;
import energy.muster.wire.Payload;

/** Takes what master IEDs say of their decisions, for the journal and for people. */
public final class BranchReports {
  private final OwnWords words;
  private final Notices notices;

  public BranchReports(OwnWords words, Notices notices) {
    this.words = words;
    this.notices = notices;
  }

  /** A master IED reports; the link may have been away meanwhile, so it may come late. */
  public Payload reported(Certified device, Payload payload) {
    BranchReport report = words.read(device, payload, BranchReport::read, BranchReport::header);
    if (!device.areas(Role.BRANCH_CONTROLLER).contains(report.branch())) {
      throw new Refused(
          Reason.NOT_AUTHORISED, device.jid() + " is not the master IED of " + report.branch());
    }
    notices.tellOf(
        device,
        "branch-" + report.kind().wire(),
        report.text() + report.order().map(id -> " (order " + id.brief() + ")").orElse(""));
    return Payload.empty(payload.wire());
  }
}
