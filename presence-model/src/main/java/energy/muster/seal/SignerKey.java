// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.math.ec.ECPoint;

/**
 * A public key on P-256. Its point gathers the tables that make the next verification faster: see
 * {@link WarmKeys}.
 */
final class SignerKey {
  private static final X9ECParameters P256 =
      CustomNamedCurves.getByOID(X9ObjectIdentifiers.prime256v1);
  static final ECDomainParameters DOMAIN =
      new ECNamedDomainParameters(X9ObjectIdentifiers.prime256v1, P256);

  private final ECPublicKeyParameters parameters;

  private SignerKey(ECPublicKeyParameters parameters) {
    this.parameters = parameters;
  }

  /** Refuses whatever is no point on P-256, as untrusted. */
  static SignerKey of(SubjectPublicKeyInfo info) {
    boolean onP256 =
        info.getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
            && info.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve
            && curve.equals(X9ObjectIdentifiers.prime256v1);
    if (!onP256) {
      throw new Refused(Reason.UNTRUSTED, "the signer's key is not ECDSA on P-256");
    }
    try {
      ECPoint point = P256.getCurve().decodePoint(info.getPublicKeyData().getOctets());
      return new SignerKey(new ECPublicKeyParameters(point, DOMAIN));
    } catch (IllegalArgumentException e) {
      throw new Refused(Reason.UNTRUSTED, "the signer's key is no point on P-256");
    }
  }

  boolean belongsTo(ECPrivateKeyParameters key) {
    return key.getParameters().getCurve().equals(DOMAIN.getCurve())
        && DOMAIN.getG().multiply(key.getD()).equals(parameters.getQ());
  }

  ECPublicKeyParameters parameters() {
    return parameters;
  }
}
