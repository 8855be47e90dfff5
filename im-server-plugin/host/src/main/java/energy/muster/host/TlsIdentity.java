// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The certificate and key that the server shows to its clients, in the stores it reads them from.
 */
final class TlsIdentity {
  /** What the server is told its stores are. */
  static final String STORE_TYPE = "PKCS12";

  private static final String ALIAS = "server";
  private static final int SAN_DNS = 2;

  private final HomeFolder home;
  private final String domain;
  private final char[] storePassword;

  TlsIdentity(HomeFolder home, String domain, Secrets secrets) {
    this.home = home;
    this.domain = domain;
    this.storePassword = secrets.keystore().toCharArray();
  }

  /** Keeps the identity that is there, or makes a self-signed one valid for two years. */
  void ensure(Instant now) {
    attempt(
        () -> {
          if (!Files.exists(home.keystore())) {
            SelfSigned made = SelfSigned.of(domain, now);
            store(made.key(), made.certificate());
          }
          publish(now);
        });
  }

  /** Takes the identity from a PKCS#12 file, which must be for the server's domain. */
  void replace(Path pkcs12, char[] passphrase, Instant now) {
    attempt(
        () -> {
          KeyStore given = read(pkcs12, passphrase);
          String alias =
              Collections.list(given.aliases()).stream()
                  .filter(name -> isKey(given, name))
                  .findFirst()
                  .orElseThrow(() -> new HostFailure(pkcs12 + " holds no private key"));
          Certificate[] chain = given.getCertificateChain(alias);
          if (!names((X509Certificate) chain[0]).contains(domain)) {
            throw new HostFailure(
                "The certificate in %s is not for %s but for %s"
                    .formatted(pkcs12, domain, names((X509Certificate) chain[0])));
          }
          store((PrivateKey) given.getKey(alias, passphrase), chain);
          publish(now);
        });
  }

  private void store(PrivateKey key, Certificate... chain)
      throws GeneralSecurityException, IOException {
    KeyStore keys = empty();
    keys.setKeyEntry(ALIAS, key, storePassword, chain);
    write(keys, home.keystore());
    // Empty: no client is known by a TLS certificate, and no other server is called.
    write(empty(), home.truststore());
  }

  private void publish(Instant now) throws GeneralSecurityException, IOException {
    KeyStore keys = read(home.keystore(), storePassword);
    Certificate[] chain =
        Optional.ofNullable(keys.getCertificateChain(ALIAS))
            .orElseThrow(() -> new HostFailure(home.keystore() + " holds no key of ours"));
    X509Certificate own = (X509Certificate) chain[0];
    if (own.getNotAfter().toInstant().isBefore(now)) {
      throw new HostFailure(
          "The TLS certificate expired at %s: give another with --tls-p12, or remove %s to have one made"
              .formatted(own.getNotAfter().toInstant(), home.keystore()));
    }
    StringBuilder pem = new StringBuilder();
    for (Certificate certificate : chain) {
      pem.append("-----BEGIN CERTIFICATE-----\n")
          .append(
              Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded()))
          .append("\n-----END CERTIFICATE-----\n");
    }
    Files.writeString(home.publicCertificate(), pem);
  }

  private KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(STORE_TYPE);
    store.load(null, storePassword);
    return store;
  }

  private void write(KeyStore store, Path file) throws GeneralSecurityException, IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try (OutputStream out = Files.newOutputStream(draft)) {
      store.store(out, storePassword);
    }
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static KeyStore read(Path file, char[] passphrase)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(STORE_TYPE);
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, passphrase);
    }
    return store;
  }

  private static boolean isKey(KeyStore store, String alias) {
    try {
      return store.isKeyEntry(alias);
    } catch (GeneralSecurityException e) {
      throw new HostFailure("Unreadable entry " + alias, e);
    }
  }

  private static List<String> names(X509Certificate certificate) throws GeneralSecurityException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    return names == null
        ? List.of()
        : names.stream()
            .filter(name -> Integer.valueOf(SAN_DNS).equals(name.get(0)))
            .map(name -> name.get(1).toString().toLowerCase(Locale.ROOT))
            .toList();
  }

  private interface KeyWork {
    void run() throws GeneralSecurityException, IOException;
  }

  private static void attempt(KeyWork work) {
    try {
      work.run();
    } catch (GeneralSecurityException | IOException e) {
      throw new HostFailure("The TLS identity cannot be used: " + e.getMessage(), e);
    }
  }
}
