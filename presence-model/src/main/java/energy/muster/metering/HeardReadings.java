// SPDX-License-Identifier: Apache-2.0
package energy.muster.metering;

import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.seal.Trust;
import java.time.Duration;
import java.time.Instant;

/**
 * Readings of which it is sure whose they are.
 *
 * @param meter who says it, by its certificate
 * @param digest of the signed bytes
 */
public record HeardReadings(MeterReadings readings, Certified meter, Digest digest) {
  /** How long readings are taken after they are over. */
  public static final Duration OLDEST = Duration.ofDays(400);

  /**
   * Before this long after they are over a meter tells them, so that they are still taken when they
   * arrive, by a clock that is not quite the meter's.
   */
  public static final Duration OLDEST_TOLD = OLDEST.minusDays(1);

  /**
   * @param from the meter they are said to be of
   * @param ahead how far the meter's clock may be before ours
   * @throws Refused for what are no readings, not that meter's own word on this site, or of a time
   *     that has not been or is over for too long
   */
  public static HeardReadings of(
      Sealed sealed, BareJid from, String site, Trust trust, Instant now, Duration ahead) {
    Opened opened = trust.open(sealed, now);
    MeterReadings readings = MeterReadings.read(opened.content());
    Certified signer = opened.soleSigner();
    readings.header().requireSite(site);
    opened.requireIssuer(readings.header());
    if (!signer.jid().equals(from)) {
      throw new Refused(
          Reason.NOT_AUTHORISED,
          "%s brings readings of %s".formatted(from.local(), signer.jid().local()));
    }
    if (!signer.holds(Role.DEVICE)) {
      throw new Refused(Reason.NOT_AUTHORISED, "only a device is a meter");
    }
    if (readings.end().isAfter(now.plus(ahead))) {
      throw new Refused(
          Refusal.of(Reason.STALE, "they end at %s, here it is %s", readings.end(), now));
    }
    if (readings.end().isBefore(now.minus(OLDEST))) {
      throw new Refused(
          Refusal.of(
              Reason.STALE,
              "they end at %s: readings are taken for %d days",
              readings.end(),
              OLDEST.toDays()));
    }
    return new HeardReadings(readings, signer, opened.digest());
  }
}
