// SPDX-License-Identifier: Apache-2.0
package energy.muster.alarm;

import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.seal.Trust;
import java.time.Instant;

/**
 * An alarm of which it is sure who says it. The service and a console judge it here alike, each by
 * its own trust; an alarm is refused for no time it names, because what it warns of is no less true
 * for a wrong clock.
 *
 * @param device who says it, by its certificate
 * @param digest of the signed bytes
 */
public record HeardAlarm(Alarm alarm, Certified device, Digest digest) {
  /**
   * @param from the device it is said to be of
   * @throws Refused for what is no alarm, or not that device's own word on this site
   */
  public static HeardAlarm of(Sealed sealed, BareJid from, String site, Trust trust, Instant now) {
    Opened opened = trust.open(sealed, now);
    Alarm alarm = Alarm.read(opened.content());
    Certified signer = opened.soleSigner();
    alarm.header().requireSite(site);
    opened.requireIssuer(alarm.header());
    if (!signer.jid().equals(from)) {
      throw new Refused(
          Reason.NOT_AUTHORISED,
          "%s brings an alarm of %s".formatted(from.local(), signer.jid().local()));
    }
    if (!signer.holds(Role.DEVICE)) {
      throw new Refused(Reason.NOT_AUTHORISED, "only a device raises an alarm");
    }
    return new HeardAlarm(alarm, signer, opened.digest());
  }
}
