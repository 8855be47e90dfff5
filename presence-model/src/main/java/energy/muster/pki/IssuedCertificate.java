// SPDX-License-Identifier: Apache-2.0
package energy.muster.pki;

import energy.muster.identity.BareJid;
import energy.muster.identity.Grant;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;

/** What an authority remembers of a certificate it issued. */
public record IssuedCertificate(
    BareJid jid,
    SortedSet<Grant> grants,
    BigInteger serial,
    Instant notBefore,
    Instant notAfter,
    Optional<Revocation> revocation) {

  /** Neither revoked nor past its end. */
  public boolean inForce(Instant now) {
    return revocation.isEmpty() && !now.isAfter(notAfter);
  }

  IssuedCertificate revoked(Revocation because) {
    return new IssuedCertificate(jid, grants, serial, notBefore, notAfter, Optional.of(because));
  }
}
