// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;

/**
 * A list of revoked certificates, complete, with a number that rises from one to the next (RFC 5280
 * 5.2.3). Whether its issuer is one of ours, {@link Trust} decides.
 */
public final class Crl {
  /** No list is relied on for longer than this, whatever it says of its next update. */
  public static final Duration MAX_LIFE = Duration.ofHours(24);

  private static final String CRL_NUMBER = "2.5.29.20";

  private final X509CRL list;
  private final byte[] der;
  private final BigInteger number;
  private final Instant staleAfter;
  private final Set<BigInteger> revoked;

  private Crl(X509CRL list) throws CRLException, IOException {
    this.list = list;
    this.der = list.getEncoded();
    this.number = readNumber(list);
    this.staleAfter = readStaleAfter(list);
    this.revoked =
        Optional.<Collection<? extends X509CRLEntry>>ofNullable(list.getRevokedCertificates())
            .map(
                entries ->
                    entries.stream()
                        .map(X509CRLEntry::getSerialNumber)
                        .collect(Collectors.toUnmodifiableSet()))
            .orElse(Set.of());
  }

  /** Reads DER; a list without a number or a next update, or a partial one, is malformed. */
  public static Crl parse(byte[] der) {
    try {
      DerShape.check(der);
      ByteArrayInputStream in = new ByteArrayInputStream(der);
      X509CRL list = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(in);
      Set<String> critical = list.getCriticalExtensionOIDs();
      if (critical != null && !critical.isEmpty()) {
        throw malformed("it has critical extensions, so it may be partial");
      }
      return new Crl(list);
    } catch (CertificateException | CRLException | IOException | IllegalArgumentException e) {
      throw malformed("it cannot be parsed");
    }
  }

  private static BigInteger readNumber(X509CRL list) throws IOException {
    byte[] wrapped = list.getExtensionValue(CRL_NUMBER);
    if (wrapped == null) {
      throw malformed("it has no number");
    }
    return ASN1Integer.getInstance(
            ASN1Primitive.fromByteArray(ASN1OctetString.getInstance(wrapped).getOctets()))
        .getPositiveValue();
  }

  private static Instant readStaleAfter(X509CRL list) {
    if (list.getNextUpdate() == null) {
      throw malformed("it has no next update");
    }
    Instant latest = list.getThisUpdate().toInstant().plus(MAX_LIFE);
    Instant next = list.getNextUpdate().toInstant();
    return next.isBefore(latest) ? next : latest;
  }

  boolean signedBy(PublicKey issuer) {
    try {
      list.verify(issuer);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  X500Principal issuer() {
    return list.getIssuerX500Principal();
  }

  public boolean revokes(BigInteger serial) {
    return revoked.contains(serial);
  }

  public Set<BigInteger> revoked() {
    return revoked;
  }

  public BigInteger number() {
    return number;
  }

  public Instant thisUpdate() {
    return list.getThisUpdate().toInstant();
  }

  /** The list's next update, or 24 h after it was made where that is earlier. */
  public Instant staleAfter() {
    return staleAfter;
  }

  public byte[] der() {
    return der.clone();
  }

  private static Refused malformed(String why) {
    return new Refused(Reason.MALFORMED, "the revocation list cannot be used: " + why);
  }
}
