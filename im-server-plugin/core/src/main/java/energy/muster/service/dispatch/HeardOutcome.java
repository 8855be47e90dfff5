// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.seal.Trust;
import java.time.Instant;

/** An outcome that a device has signed and sent itself. */
record HeardOutcome(Outcome outcome, Certified device, Digest digest, Sealed sealed) {
  /**
   * Opens one.
   *
   * @throws Refused when it is not genuine, of another site, or of another device
   */
  static HeardOutcome of(Sealed sealed, BareJid sender, String site, Trust trust, Instant now) {
    Opened opened = trust.open(sealed, now);
    Outcome outcome = Outcome.read(opened.content());
    Certified device = opened.soleSigner();
    if (!outcome.header().site().equals(site)) {
      throw new Refused(
          Reason.WRONG_TARGET, "the outcome is for the site " + outcome.header().site());
    }
    if (!device.holds(Role.DEVICE)
        || !device.jid().equals(sender)
        || !outcome.header().issuer().equals(sender)) {
      throw new Refused(
          Reason.NOT_AUTHORISED,
          "a device signs and sends its own outcomes; this one is by "
              + device.jid()
              + " for "
              + outcome.header().issuer());
    }
    return new HeardOutcome(outcome, device, opened.digest(), sealed);
  }

  /** How it ended, in words. */
  String text() {
    Result result = outcome.result();
    if (result instanceof Result.Declined declined) {
      return declined.refusal().toString();
    }
    return result instanceof Result.Failed failed ? failed.refusal().toString() : result.text();
  }
}
