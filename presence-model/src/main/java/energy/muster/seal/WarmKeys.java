// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import energy.muster.collection.Newest;
import java.util.Map;

/**
 * The keys that sign again and again, each with the tables that its point gathers while a first
 * signature is verified. They make the next verification a third faster and take 3 KiB: a key gets
 * them when it comes back, and loses them when many others came back since. Safe for use by many
 * threads.
 */
final class WarmKeys {
  static final int MOST = 1_024;

  private final Map<Digest, SignerKey> keys = Newest.usedMap(MOST);

  /**
   * The key of a certificate that was judged.
   *
   * @param certificate the digest of the certificate
   */
  SignerKey of(Digest certificate, Verdicts.Verdict verdict) {
    synchronized (keys) {
      SignerKey warm = keys.get(certificate);
      if (warm != null) {
        return warm;
      }
    }
    SignerKey key = SignerKey.of(verdict.key());
    if (verdict.signed().getAndSet(true)) {
      synchronized (keys) {
        keys.put(certificate, key);
      }
    }
    return key;
  }
}
