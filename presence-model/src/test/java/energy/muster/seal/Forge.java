// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import energy.muster.fixture.TestPki;
import energy.muster.identity.Area;
import energy.muster.identity.CertificateProfile;
import energy.muster.identity.Grant;
import energy.muster.identity.Role;
import energy.muster.identity.UserRoles;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSAttributeTableGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** Makes what our own code refuses to make: strange certificates of our authority, strange CMS. */
final class Forge {
  static final byte[] CONTENT = "{\"type\":\"command\"}".getBytes(UTF_8);
  static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  private static final X500Name AUTHORITY = new X500Name("CN=forge");

  private final KeyPair authorityKey = ec("secp256r1");
  private final X509Certificate authority;

  Forge() throws Exception {
    X509v3CertificateBuilder builder = builder(AUTHORITY, authorityKey.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
    authority = sign(builder);
  }

  Trust trust() {
    return Trust.of(authority);
  }

  Signer authoritySigner() {
    return new Signer(authorityKey.getPrivate(), authority);
  }

  /** A key with a certificate. */
  record Signer(PrivateKey key, X509Certificate certificate) {}

  /** What a certificate may have or lack; the first line is an honest one. */
  static final class Profile {
    private KeyPair key = ec("secp256r1");
    private int usage = KeyUsage.digitalSignature;
    private boolean roles = true;
    private boolean certificateAuthority;
    private boolean tls;

    Profile key(KeyPair other) {
      key = other;
      return this;
    }

    Profile usage(int other) {
      usage = other;
      return this;
    }

    Profile withoutRoles() {
      roles = false;
      return this;
    }

    Profile asAuthority() {
      certificateAuthority = true;
      return this;
    }

    Profile forTls() {
      tls = true;
      return this;
    }
  }

  Signer signer(Profile profile) throws Exception {
    X509v3CertificateBuilder builder = builder(new X500Name("CN=op-1"), profile.key.getPublic());
    builder.addExtension(
        Extension.basicConstraints, true, new BasicConstraints(profile.certificateAuthority));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(profile.usage));
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(CertificateProfile.xmppAddress(TestPki.jid("op-1"))));
    if (profile.roles) {
      builder.addExtension(
          UserRoles.OID, false, UserRoles.encode(Set.of(new Grant(Role.OPERATOR, Area.ALL))));
    }
    if (profile.tls) {
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    }
    return new Signer(profile.key.getPrivate(), sign(builder));
  }

  private static X509v3CertificateBuilder builder(X500Name subject, PublicKey key) {
    return new JcaX509v3CertificateBuilder(
        AUTHORITY,
        new BigInteger(64, new SecureRandom()).add(BigInteger.ONE),
        Date.from(NOW.minusSeconds(60)),
        Date.from(NOW.plusSeconds(3600)),
        subject,
        key);
  }

  private X509Certificate sign(X509v3CertificateBuilder builder) throws Exception {
    byte[] der =
        builder
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(authorityKey.getPrivate()))
            .getEncoded();
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  /** How a CMS is made; the first line is an honest one. */
  static final class Cms {
    private final CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
    private boolean attached = true;

    Cms sign(Signer signer, String algorithm, CMSAttributeTableGenerator attributes)
        throws Exception {
      SignerInfoGeneratorBuilder builder =
          new SignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build());
      if (attributes == null) {
        builder.setDirectSignature(true);
      } else {
        builder.setSignedAttributeGenerator(attributes);
      }
      generator.addSignerInfoGenerator(
          builder.build(
              new JcaContentSignerBuilder(algorithm).build(signer.key),
              new JcaX509CertificateHolder(signer.certificate)));
      return this;
    }

    Cms carry(X509Certificate... certificates) throws Exception {
      generator.addCertificates(new JcaCertStore(List.of(certificates)));
      return this;
    }

    Cms detached() {
      attached = false;
      return this;
    }

    Sealed make() throws Exception {
      return new Sealed(
          generator
              .generate(new CMSProcessableByteArray(CONTENT), attached)
              .toASN1Structure()
              .getEncoded(ASN1Encoding.DER));
    }
  }

  /** The signed attributes of our profile, as Bouncy Castle's own generator makes them. */
  static CMSAttributeTableGenerator attributes(X509Certificate named) throws Exception {
    ASN1EncodableVector vector = new ASN1EncodableVector();
    vector.add(
        new Attribute(
            PKCSObjectIdentifiers.id_aa_signingCertificateV2,
            new DERSet(
                new SigningCertificateV2(new ESSCertIDv2(Digest.of(named.getEncoded()).bytes())))));
    DefaultSignedAttributeTableGenerator standard =
        new DefaultSignedAttributeTableGenerator(new AttributeTable(vector));
    return parameters ->
        standard.getAttributes(parameters).remove(CMSAttributes.cmsAlgorithmProtect);
  }

  static Sealed honest(Signer signer) throws Exception {
    return new Cms()
        .sign(signer, "SHA256withECDSA", attributes(signer.certificate))
        .carry(signer.certificate)
        .make();
  }

  static ContentInfo parse(Sealed sealed) {
    return ContentInfo.getInstance(sealed.cms());
  }

  static KeyPair ec(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static KeyPair rsa() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }
}
