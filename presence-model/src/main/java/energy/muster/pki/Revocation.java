// SPDX-License-Identifier: Apache-2.0
package energy.muster.pki;

import java.math.BigInteger;
import java.time.Instant;

/** One revoked certificate. */
public record Revocation(BigInteger serial, Instant at, RevocationReason reason) {}
