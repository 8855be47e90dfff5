// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import energy.muster.collection.Newest;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The newest signatures that were reckoned and held. One request to a thousand devices of a gateway
 * is then reckoned once and not a thousand times; everything else about it, the signer's validity
 * and the revocation list above all, is asked each time. Safe for use by many threads.
 */
final class HeldSignatures {
  private static final int MOST = 256;

  private final Set<Reckoned> held = Newest.set(MOST);

  /** All that the answer depends on: the same again cannot come out otherwise. */
  private record Reckoned(Digest certificate, ByteBuffer signed, ByteBuffer signature) {}

  /**
   * Whether the signature holds.
   *
   * @param certificate the digest of the certificate that the key is from
   * @param signed the digest that was signed
   * @param key asked for only where it must be reckoned
   */
  boolean holds(Digest certificate, byte[] signed, byte[] signature, Supplier<SignerKey> key) {
    Reckoned asked =
        new Reckoned(
            certificate, ByteBuffer.wrap(signed.clone()), ByteBuffer.wrap(signature.clone()));
    synchronized (held) {
      if (held.contains(asked)) {
        return true;
      }
    }
    boolean holds = Ecdsa.verify(signed, signature, key.get());
    if (holds) {
      synchronized (held) {
        held.add(asked);
      }
    }
    return holds;
  }
}
