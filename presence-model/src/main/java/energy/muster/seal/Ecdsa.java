// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/** ECDSA on P-256 over a SHA-256 digest, as DER (RFC 3279 2.2.3). */
final class Ecdsa {
  /** Two INTEGERs of at most 33 bytes in a SEQUENCE. */
  private static final int MAX_BYTES = 72;

  private Ecdsa() {}

  // RFC 6979: a nonce derived from key and message cannot repeat where the random source is poor.
  static byte[] sign(byte[] digest, ECPrivateKeyParameters key) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, key);
    BigInteger[] rs = signer.generateSignature(digest);
    try {
      return StandardDSAEncoding.INSTANCE.encode(SignerKey.DOMAIN.getN(), rs[0], rs[1]);
    } catch (IOException e) {
      throw new IllegalStateException("two integers below n always encode", e);
    }
  }

  static boolean verify(byte[] digest, byte[] signature, SignerKey key) {
    if (signature.length > MAX_BYTES) {
      return false;
    }
    try {
      BigInteger[] rs = StandardDSAEncoding.INSTANCE.decode(SignerKey.DOMAIN.getN(), signature);
      ECDSASigner verifier = new ECDSASigner();
      verifier.init(false, key.parameters());
      return verifier.verifySignature(digest, rs[0], rs[1]);
    } catch (IOException | RuntimeException e) {
      // The decoder answers bytes that are no signature with many kinds of unchecked exception.
      return false;
    }
  }
}
