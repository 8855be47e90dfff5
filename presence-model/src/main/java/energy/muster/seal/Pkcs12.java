// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.UnrecoverableKeyException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.CipherOutputStream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.operator.GenericKey;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.bc.BcPKCS12MacCalculatorBuilder;

/**
 * Reads PKCS#12, and writes what the JDK and openssl read: the key under PBES2 (AES-256,
 * HMAC-SHA-256), the certificates in the clear, since they are public, and a SHA-256 MAC over all.
 */
final class Pkcs12 {
  /**
   * Modest, because a gateway opens a hundred at its start: these files' passphrases are random.
   */
  private static final int ITERATIONS = 2048;

  private static final String KEY_CIPHER = "PBEWithHmacSHA256AndAES_256";
  private static final int SALT_BYTES = 16;
  private static final int IV_BYTES = 16;

  private Pkcs12() {}

  static byte[] encode(Credentials credentials, char[] passphrase) {
    try {
      PKCS12PfxPduBuilder pfx = new PKCS12PfxPduBuilder();
      byte[] keyId = {1};
      pfx.addData(
          new PKCS12SafeBagBuilder(
                  PrivateKeyInfo.getInstance(credentials.key().getEncoded()), encryptor(passphrase))
              .addBagAttribute(
                  PKCSObjectIdentifiers.pkcs_9_at_friendlyName, new DERBMPString("identity"))
              .addBagAttribute(
                  PKCSObjectIdentifiers.pkcs_9_at_localKeyId, new DEROctetString(keyId))
              .build());
      for (X509Certificate certificate : credentials.chain()) {
        pfx.addData(
            certificateBag(
                certificate, certificate.equals(credentials.certificate()) ? keyId : null));
      }
      return pfx.build(
              new BcPKCS12MacCalculatorBuilder(
                      new SHA256Digest(),
                      new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE))
                  .setIterationCount(ITERATIONS),
              passphrase)
          .getEncoded();
    } catch (IOException | PKCSException | GeneralSecurityException e) {
      throw new IllegalStateException("a key and its certificates always encode", e);
    }
  }

  static Credentials read(Path file, char[] passphrase) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, passphrase);
      List<String> keys = new ArrayList<>();
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          keys.add(alias);
        }
      }
      if (keys.size() != 1) {
        throw new IOException(file + " holds " + keys.size() + " private keys instead of one");
      }
      List<X509Certificate> chain =
          Arrays.stream(store.getCertificateChain(keys.get(0)))
              .map(X509Certificate.class::cast)
              .toList();
      return new Credentials((PrivateKey) store.getKey(keys.get(0), passphrase), chain);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no key file " + file, e);
    } catch (IOException e) {
      // The key store's documented way of saying that the passphrase is wrong.
      throw e.getCause() instanceof UnrecoverableKeyException
          ? new IOException("the passphrase does not open " + file, e)
          : e;
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " cannot be opened: " + e.getMessage(), e);
    }
  }

  private static PKCS12SafeBag certificateBag(X509Certificate certificate, byte[] keyId)
      throws IOException, CertificateEncodingException {
    PKCS12SafeBagBuilder bag =
        new PKCS12SafeBagBuilder(new X509CertificateHolder(certificate.getEncoded()));
    if (keyId != null) {
      bag.addBagAttribute(PKCSObjectIdentifiers.pkcs_9_at_localKeyId, new DEROctetString(keyId));
    }
    return bag.build();
  }

  private static OutputEncryptor encryptor(char[] passphrase)
      throws GeneralSecurityException, IOException {
    SecureRandom random = new SecureRandom();
    byte[] salt = new byte[SALT_BYTES];
    byte[] iv = new byte[IV_BYTES];
    random.nextBytes(salt);
    random.nextBytes(iv);
    PBEKeySpec password = new PBEKeySpec(passphrase);
    try {
      Cipher cipher = Cipher.getInstance(KEY_CIPHER);
      cipher.init(
          Cipher.ENCRYPT_MODE,
          SecretKeyFactory.getInstance(KEY_CIPHER).generateSecret(password),
          new PBEParameterSpec(salt, ITERATIONS, new IvParameterSpec(iv)));
      return new CipherEncryptor(
          cipher,
          new AlgorithmIdentifier(
              PKCSObjectIdentifiers.id_PBES2,
              ASN1Primitive.fromByteArray(cipher.getParameters().getEncoded())));
    } finally {
      password.clearPassword();
    }
  }

  /** The JDK's cipher as Bouncy Castle wants it, for one use. */
  private record CipherEncryptor(Cipher cipher, AlgorithmIdentifier algorithm)
      implements OutputEncryptor {
    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return algorithm;
    }

    @Override
    public OutputStream getOutputStream(OutputStream encrypted) {
      return new CipherOutputStream(encrypted, cipher);
    }

    @Override
    public GenericKey getKey() {
      throw new UnsupportedOperationException("the key stays in the cipher");
    }
  }
}
