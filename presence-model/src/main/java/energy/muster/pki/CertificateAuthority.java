// SPDX-License-Identifier: Apache-2.0
package energy.muster.pki;

import energy.muster.identity.CertificateProfile;
import energy.muster.identity.UserRoles;
import energy.muster.seal.Credentials;
import energy.muster.seal.Crl;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509ExtensionUtils;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;

/**
 * Issues certificates and revocation lists of Muster's profile under one ECDSA P-256 key. It keeps
 * no state; {@link PkiFolder} does. Safe for use by many threads.
 */
public final class CertificateAuthority {
  /** Certificates begin a little early, for devices whose clocks are a little late. */
  public static final Duration BACKDATING = Duration.ofMinutes(5);

  private static final Duration CA_VALIDITY = Duration.ofDays(3650);
  private static final int SERIAL_BITS = 128;

  private final Credentials own;
  private final InstantSource clock;

  private CertificateAuthority(Credentials own, InstantSource clock) {
    this.own = own;
    this.clock = clock;
  }

  /** Makes a new authority with a new key, valid for ten years. */
  public static CertificateAuthority create(String site, InstantSource clock) {
    KeyPair pair = newKey();
    X500Name name = name(site, site + " authority");
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            name,
            newSerial(),
            Date.from(now.minus(BACKDATING)),
            Date.from(now.plus(CA_VALIDITY)),
            name,
            info(pair.getPublic()));
    add(builder, Extension.basicConstraints, true, new BasicConstraints(0));
    add(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    add(
        builder,
        Extension.subjectKeyIdentifier,
        false,
        new BcX509ExtensionUtils().createSubjectKeyIdentifier(info(pair.getPublic())));
    X509Certificate certificate = sign(builder, pair.getPrivate().getEncoded());
    return of(new Credentials(pair.getPrivate(), List.of(certificate)), clock);
  }

  /** Takes an authority's key and certificate. */
  public static CertificateAuthority of(Credentials own, InstantSource clock) {
    return new CertificateAuthority(own, clock);
  }

  public X509Certificate certificate() {
    return own.certificate();
  }

  Credentials credentials() {
    return own;
  }

  /** Issues a signing certificate over a new key, with a random serial. */
  public Credentials issue(Subject subject) {
    KeyPair pair = newKey();
    X509v3CertificateBuilder builder =
        leaf(subject.jid().local(), subject.validity(), pair.getPublic());
    add(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    add(
        builder,
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(CertificateProfile.xmppAddress(subject.jid())));
    add(builder, UserRoles.OID, false, UserRoles.encode(subject.grants()));
    return credentials(builder, pair);
  }

  /** Issues a TLS server certificate over a new key; it carries no roles and never signs. */
  public Credentials issueTls(Duration validity, String... hosts) {
    KeyPair pair = newKey();
    X509v3CertificateBuilder builder = leaf(hosts[0], validity, pair.getPublic());
    add(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    add(
        builder,
        Extension.extendedKeyUsage,
        false,
        new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    add(
        builder,
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(
            Arrays.stream(hosts)
                .map(
                    host ->
                        new GeneralName(
                            isAddress(host) ? GeneralName.iPAddress : GeneralName.dNSName, host))
                .toArray(GeneralName[]::new)));
    return credentials(builder, pair);
  }

  // A DNS name's last label is never a number (RFC 3696 2), and holds no colon.
  private static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
  }

  /**
   * Signs the list of all revoked certificates.
   *
   * @param number above that of every list before
   * @param life until the next update; at most 24 h
   */
  public byte[] crl(BigInteger number, Duration life, Collection<Revocation> revoked) {
    if (life.compareTo(Crl.MAX_LIFE) > 0 || life.toSeconds() < 1) {
      throw new IllegalArgumentException("a revocation list lives for 1 s to 24 h, not " + life);
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    X509v2CRLBuilder builder = new X509v2CRLBuilder(subjectName(), Date.from(now));
    builder.setNextUpdate(Date.from(now.plus(life)));
    for (Revocation revocation : revoked) {
      builder.addCRLEntry(
          revocation.serial(), Date.from(revocation.at()), revocation.reason().code());
    }
    try {
      builder.addExtension(Extension.cRLNumber, false, new CRLNumber(number));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new BcX509ExtensionUtils()
              .createAuthorityKeyIdentifier(info(certificate().getPublicKey())));
      return builder.build(signer(own.key().getEncoded())).getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException("a revocation list always encodes", e);
    }
  }

  private X509v3CertificateBuilder leaf(String commonName, Duration validity, PublicKey key) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant end = now.plus(validity);
    Instant last = certificate().getNotAfter().toInstant();
    String site = subjectName().getRDNs(BCStyle.O)[0].getFirst().getValue().toString();
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            subjectName(),
            newSerial(),
            Date.from(now.minus(BACKDATING)),
            Date.from(end.isBefore(last) ? end : last),
            name(site, commonName),
            info(key));
    X509ExtensionUtils identifiers = new BcX509ExtensionUtils();
    add(builder, Extension.basicConstraints, true, new BasicConstraints(false));
    add(
        builder,
        Extension.subjectKeyIdentifier,
        false,
        identifiers.createSubjectKeyIdentifier(info(key)));
    add(
        builder,
        Extension.authorityKeyIdentifier,
        false,
        identifiers.createAuthorityKeyIdentifier(info(certificate().getPublicKey())));
    return builder;
  }

  private Credentials credentials(X509v3CertificateBuilder builder, KeyPair pair) {
    X509Certificate certificate = sign(builder, own.key().getEncoded());
    return new Credentials(pair.getPrivate(), List.of(certificate, certificate()));
  }

  private X500Name subjectName() {
    return X500Name.getInstance(certificate().getSubjectX500Principal().getEncoded());
  }

  private static X500Name name(String site, String commonName) {
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.O, site)
        .addRDN(BCStyle.CN, commonName)
        .build();
  }

  private static void add(
      X509v3CertificateBuilder builder,
      ASN1ObjectIdentifier oid,
      boolean critical,
      ASN1Encodable value) {
    try {
      builder.addExtension(oid, critical, value);
    } catch (IOException e) {
      throw new IllegalStateException("an extension always encodes", e);
    }
  }

  private static SubjectPublicKeyInfo info(PublicKey key) {
    return SubjectPublicKeyInfo.getInstance(key.getEncoded());
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, byte[] pkcs8) {
    try {
      byte[] der = builder.build(signer(pkcs8)).getEncoded();
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("a certificate just made can be read", e);
    }
  }

  private static ContentSigner signer(byte[] pkcs8) {
    try {
      return new BcECContentSignerBuilder(
              new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256),
              new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256))
          .build(PrivateKeyFactory.createKey(pkcs8));
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalArgumentException("the authority's key is not ECDSA", e);
    }
  }

  private static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  private static BigInteger newSerial() {
    // The top bit set: every serial is as long as the other, positive, and never zero.
    return new BigInteger(SERIAL_BITS - 1, new SecureRandom()).setBit(SERIAL_BITS - 1);
  }
}
