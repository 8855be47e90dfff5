// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import energy.muster.identity.Certified;
import energy.muster.refusal.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/** A private key and the certificate that says whose it is. Safe for use by many threads. */
public final class SigningIdentity {
  private final Certified certified;
  private final List<X509Certificate> chain;
  private final X509CertificateHolder holder;
  private final ECPrivateKeyParameters key;
  private final byte[] certificateDigest;

  private SigningIdentity(List<X509Certificate> chain, ECPrivateKeyParameters key)
      throws IOException, CertificateEncodingException {
    this.chain = List.copyOf(chain);
    this.certified = Certified.of(chain.get(0));
    this.holder = new X509CertificateHolder(chain.get(0).getEncoded());
    this.key = key;
    this.certificateDigest = Digest.sha256().digest(chain.get(0).getEncoded());
  }

  /**
   * Takes a P-256 key and its certificate chain.
   *
   * @param chain the key's own certificate first
   * @throws IllegalArgumentException when the key is not on P-256 or not the certificate's
   */
  public static SigningIdentity of(PrivateKey key, List<X509Certificate> chain) {
    try {
      if (!(PrivateKeyFactory.createKey(PrivateKeyInfo.getInstance(key.getEncoded()))
          instanceof ECPrivateKeyParameters parameters)) {
        throw new IllegalArgumentException("the private key is not of an elliptic curve");
      }
      SigningIdentity identity = new SigningIdentity(chain, parameters);
      SignerKey signerKey = SignerKey.of(identity.holder.getSubjectPublicKeyInfo());
      if (!signerKey.belongsTo(parameters)) {
        throw new IllegalArgumentException("the private key is not the certificate's");
      }
      return identity;
    } catch (IOException | CertificateEncodingException e) {
      throw new IllegalArgumentException("the key or its certificate cannot be read", e);
    }
  }

  /**
   * Reads the single private key of a PKCS#12 file.
   *
   * @throws IOException when the file cannot be read, or not with this passphrase
   */
  public static SigningIdentity load(Path pkcs12, char[] passphrase) throws IOException {
    try {
      return Credentials.load(pkcs12, passphrase).identity();
    } catch (Refused | IllegalArgumentException e) {
      throw new IOException(pkcs12 + " holds no signing identity: " + e.getMessage(), e);
    }
  }

  /** What the identity's own certificate says. */
  public Certified certified() {
    return certified;
  }

  /** The certificate chain, the identity's own first. */
  public List<X509Certificate> chain() {
    return chain;
  }

  X509CertificateHolder holder() {
    return holder;
  }

  byte[] certificateDigest() {
    return certificateDigest;
  }

  ECPrivateKeyParameters key() {
    return key;
  }
}
