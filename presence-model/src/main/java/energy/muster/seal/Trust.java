// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import energy.muster.identity.CertificateDer;
import energy.muster.identity.Certified;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Verdicts.Verdict;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whom a site believes: its certificate authorities and the newest revocation list of each. An
 * immutable snapshot, safe for use by many threads; {@link #withCrl} makes the next. An authority
 * issues its signers' certificates itself, without intermediates; it may have several certificates
 * over one key, such as an ending one and the next.
 *
 * <p>Everything is judged at the time passed in, which is the time of receipt, never at a time that
 * the document claims.
 */
public final class Trust {
  private final Set<X509Certificate> anchors;
  private final Map<X509Certificate, Crl> crls;
  private final Verdicts verdicts;
  private final HeldSignatures reckoned;
  private final WarmKeys keys;

  private Trust(
      Set<X509Certificate> anchors,
      Map<X509Certificate, Crl> crls,
      Verdicts verdicts,
      HeldSignatures reckoned,
      WarmKeys keys) {
    this.anchors = anchors;
    this.crls = crls;
    this.verdicts = verdicts;
    this.reckoned = reckoned;
    this.keys = keys;
  }

  /** Trusts these authorities, as yet without a revocation list and therefore stale. */
  public static Trust of(X509Certificate... authorities) {
    return of(Arrays.asList(authorities));
  }

  /**
   * Trusts these authorities, as yet without a revocation list and therefore stale.
   *
   * @throws IllegalArgumentException when there are none, or one may not issue certificates
   */
  public static Trust of(List<X509Certificate> authorities) {
    if (authorities.isEmpty()) {
      throw new IllegalArgumentException("trust needs at least one authority");
    }
    for (X509Certificate authority : authorities) {
      boolean[] usage = authority.getKeyUsage();
      if (authority.getBasicConstraints() < 0 || usage == null || !usage[5]) {
        throw new IllegalArgumentException(
            authority.getSubjectX500Principal() + " is no certificate authority");
      }
    }
    Set<X509Certificate> anchors = new LinkedHashSet<>(authorities);
    return new Trust(
        anchors, Map.of(), new Verdicts(anchors), new HeldSignatures(), new WarmKeys());
  }

  /**
   * Opens a sealed document: all of its signatures hold and all of its signers are trusted, or it
   * is refused as malformed, untrusted, revoked or of a bad signature.
   */
  public Opened open(Sealed sealed, Instant now) {
    CmsDocument document = CmsDocument.parse(sealed.der());
    byte[] content = document.content().getOctets();
    Digest digest = Digest.of(content);
    List<Signature> signatures = new ArrayList<>(document.signers().size());
    Set<Object> accounts = new HashSet<>();
    for (CmsDocument.Signer signer : document.signers()) {
      Signature signature = verify(signer, digest, now);
      if (!accounts.add(signature.signer().jid())) {
        throw new Refused(
            Reason.MALFORMED, signature.signer().jid() + " signed the document twice");
      }
      signatures.add(signature);
    }
    return new Opened(content, signatures, digest);
  }

  private Signature verify(CmsDocument.Signer signer, Digest content, Instant now) {
    byte[] der = signer.certificateDer();
    Digest certificate = Digest.of(der);
    Verdict verdict = judged(verdicts.on(der, certificate), now);
    SignedAttributes attributes = signer.attributes();
    boolean holds =
        attributes.name(content, certificate)
            && reckoned.holds(
                certificate,
                attributes.signedDigest(),
                signer.info().getEncryptedDigest().getOctets(),
                () -> keys.of(certificate, verdict));
    if (!holds) {
      throw new Refused(
          Reason.BAD_SIGNATURE,
          "the signature of " + verdict.certified().jid() + " does not match the document");
    }
    return new Signature(verdict.certified(), attributes.claimedAt());
  }

  /** Judges a certificate at a time: what it says, or its refusal as untrusted or revoked. */
  public Certified certify(CertificateDer certificate, Instant now) {
    byte[] der = certificate.bytes();
    return judged(verdicts.on(der, Digest.of(der)), now).certified();
  }

  private Verdict judged(Verdict verdict, Instant now) {
    Certified certified = verdict.certified();
    if (!certified.validAt(now)) {
      throw new Refused(
          Reason.UNTRUSTED,
          String.format(
              "the certificate of %s is valid from %s to %s, not at %s",
              certified.jid(), certified.notBefore(), certified.notAfter(), now));
    }
    X509Certificate anchor =
        verdict.anchors().stream()
            .filter(each -> validAt(each, now))
            .findFirst()
            .orElseThrow(
                () ->
                    new Refused(
                        Reason.UNTRUSTED,
                        "the authority "
                            + verdict.anchors().get(0).getSubjectX500Principal()
                            + " is not valid at "
                            + now));
    Crl crl = crls.get(anchor);
    if (crl != null && crl.revokes(certified.serial())) {
      throw new Refused(
          Reason.REVOKED,
          "the certificate "
              + certified.serial().toString(16)
              + " of "
              + certified.jid()
              + " is revoked");
    }
    return verdict;
  }

  private static boolean validAt(X509Certificate anchor, Instant now) {
    return !now.isBefore(anchor.getNotBefore().toInstant())
        && !now.isAfter(anchor.getNotAfter().toInstant());
  }

  /**
   * The next snapshot, with this revocation list. The list now held gives this snapshot back; one
   * that no authority of the site signed is refused as a bad signature, a lower number as replayed,
   * and other content under the same number as a conflict.
   */
  public Trust withCrl(byte[] der) {
    Crl crl = Crl.parse(der);
    // A renewed certificate of an authority has the same key, so that the list is of both.
    List<X509Certificate> issuers =
        anchors.stream()
            .filter(anchor -> anchor.getSubjectX500Principal().equals(crl.issuer()))
            .filter(anchor -> crl.signedBy(anchor.getPublicKey()))
            .toList();
    if (issuers.isEmpty()) {
      throw new Refused(
          Reason.BAD_SIGNATURE, "the revocation list was not signed by an authority of this site");
    }
    Crl held = crls.get(issuers.get(0));
    if (held != null) {
      int order = crl.number().compareTo(held.number());
      if (order < 0) {
        throw new Refused(
            Reason.REPLAYED,
            "the revocation list has number " + crl.number() + ", below " + held.number());
      }
      if (order == 0) {
        if (Arrays.equals(crl.der(), held.der())) {
          return this;
        }
        throw new Refused(
            Reason.ID_CONFLICT, "another revocation list with number " + crl.number() + " is held");
      }
    }
    Map<X509Certificate, Crl> next = new HashMap<>(crls);
    issuers.forEach(issuer -> next.put(issuer, crl));
    return new Trust(anchors, Map.copyOf(next), verdicts, reckoned, keys);
  }

  /** Whether the revocation list of any authority is missing or past its time. */
  public boolean stale(Instant now) {
    return anchors.stream()
        .anyMatch(
            anchor -> !crls.containsKey(anchor) || now.isAfter(crls.get(anchor).staleAfter()));
  }

  public List<X509Certificate> authorities() {
    return List.copyOf(anchors);
  }

  /** Whether it holds a revocation list of every authority, however old. */
  public boolean complete() {
    return crls.keySet().containsAll(anchors);
  }

  /** The revocation lists held, at most one an authority. */
  public List<Crl> crls() {
    return crls.values().stream().distinct().toList();
  }

  /** The highest number of the revocation lists held; zero without one. */
  public BigInteger crlNumber() {
    return crls.values().stream().map(Crl::number).reduce(BigInteger.ZERO, BigInteger::max);
  }
}
