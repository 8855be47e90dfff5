// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A private key with its certificate chain, as an authority hands it out.
 *
 * @param chain the key's own certificate, then its authority's
 */
public record Credentials(PrivateKey key, List<X509Certificate> chain) {
  public Credentials {
    chain = List.copyOf(chain);
  }

  /**
   * Reads the single private key of a PKCS#12 file.
   *
   * @throws IOException when the file cannot be read, or not with this passphrase
   */
  public static Credentials load(Path pkcs12, char[] passphrase) throws IOException {
    return Pkcs12.read(pkcs12, passphrase);
  }

  public X509Certificate certificate() {
    return chain.get(0);
  }

  /** For signing documents; a TLS certificate's credentials are no signing identity. */
  public SigningIdentity identity() {
    return SigningIdentity.of(key, chain);
  }

  /** A PKCS#12 file's bytes, protected by the passphrase. */
  public byte[] pkcs12(char[] passphrase) {
    return Pkcs12.encode(this, passphrase);
  }

  @Override
  public String toString() {
    return "Credentials[" + certificate().getSubjectX500Principal() + "]";
  }
}
