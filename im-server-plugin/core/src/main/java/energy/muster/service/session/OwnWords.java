// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.session;

import energy.muster.document.Header;
import energy.muster.identity.Certified;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Opened;
import energy.muster.wire.Payload;
import java.time.InstantSource;
import java.util.function.Function;

/** Reads what devices say under their own seal. */
public final class OwnWords {
  private final String site;
  private final CurrentTrust trust;
  private final InstantSource clock;

  public OwnWords(String site, CurrentTrust trust, InstantSource clock) {
    this.site = site;
    this.trust = trust;
    this.clock = clock;
  }

  /**
   * Opens and reads.
   *
   * @throws Refused what is of another site, or not sealed by the device that says it
   */
  public <T> T read(
      Certified device, Payload payload, Function<byte[], T> reading, Function<T, Header> headed) {
    Opened opened = trust.get().open(payload.requireSealed(), clock.instant());
    T word = reading.apply(opened.content());
    Header header = headed.apply(word);
    header.requireSite(site);
    if (!header.issuer().equals(device.jid()) || opened.signer(device.jid()).isEmpty()) {
      throw new Refused(Reason.NOT_AUTHORISED, "a device says only what it has signed itself");
    }
    return word;
  }
}
