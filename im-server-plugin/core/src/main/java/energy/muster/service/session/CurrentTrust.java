// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.session;

import energy.muster.refusal.Refused;
import energy.muster.seal.Crl;
import energy.muster.seal.Trust;
import java.util.concurrent.atomic.AtomicReference;

/** Whom the site believes now. Safe for use by many threads. */
public final class CurrentTrust {
  private final AtomicReference<Trust> trust;

  public CurrentTrust(Trust trust) {
    this.trust = new AtomicReference<>(trust);
  }

  public Trust get() {
    return trust.get();
  }

  /** Adopts another trust, but keeps the revocation lists held that are newer than its own. */
  public void replace(Trust next) {
    trust.updateAndGet(held -> merged(next, held));
  }

  /** Adopts a revocation list; whether that changed anything. A forged or older one is refused. */
  public boolean add(byte[] der) {
    Trust before = trust.get();
    Trust after = trust.updateAndGet(held -> held.withCrl(der));
    return before != after;
  }

  private static Trust merged(Trust next, Trust held) {
    Trust merged = next;
    for (Crl crl : held.crls()) {
      merged = newer(merged, crl);
    }
    return merged;
  }

  private static Trust newer(Trust trust, Crl crl) {
    try {
      return trust.withCrl(crl.der());
    } catch (Refused older) {
      // It has a newer list already, or no longer believes this authority.
      return trust;
    }
  }
}
