// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.peer;

import energy.muster.document.Header;
import energy.muster.identity.Certified;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.notice.Notices;
import energy.muster.service.session.OwnWords;
import energy.muster.warning.Warning;
import energy.muster.warning.WarningReport;
import energy.muster.wire.Payload;
import java.time.Instant;
import java.time.InstantSource;

/** Takes what devices say of warnings, for the journal and for the people who answer for them. */
public final class WarningDesk {
  private final OwnWords words;
  private final Notices notices;
  private final InstantSource clock;

  public WarningDesk(OwnWords words, Notices notices, InstantSource clock) {
    this.words = words;
    this.notices = notices;
    this.clock = clock;
  }

  /** A device has warned its peers. It may say so late: the link may be what broke. */
  public Payload warned(Certified device, Payload payload) {
    Warning warning = words.read(device, payload, Warning::read, Warning::header);
    requireNoFuture(warning.header());
    notices.tellOf(
        device,
        "warning",
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
    WarningReport report = words.read(device, payload, WarningReport::read, WarningReport::header);
    requireNoFuture(report.header());
    boolean refused = report.reason().isPresent();
    notices.tellOf(
        device,
        refused ? "warning-refused" : "reacted",
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

  private void requireNoFuture(Header header) {
    Instant now = clock.instant();
    if (header.issuedAt().isAfter(now.plus(Warning.LIFE))) {
      throw new Refused(
          Reason.STALE, "it is issued at " + header.issuedAt() + ", here it is " + now);
    }
  }
}
