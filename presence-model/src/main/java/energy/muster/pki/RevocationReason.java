// SPDX-License-Identifier: Apache-2.0
package energy.muster.pki;

import java.util.Arrays;
import java.util.Optional;

/** Why a certificate is revoked: those of RFC 5280 5.3.1 that a site can have. */
public enum RevocationReason {
  UNSPECIFIED("unspecified", 0),
  KEY_COMPROMISE("key-compromise", 1),
  AFFILIATION_CHANGED("affiliation-changed", 3),
  SUPERSEDED("superseded", 4),
  CESSATION_OF_OPERATION("cessation-of-operation", 5),
  PRIVILEGE_WITHDRAWN("privilege-withdrawn", 9);

  private final String wire;
  private final int code;

  RevocationReason(String wire, int code) {
    this.wire = wire;
    this.code = code;
  }

  public String wire() {
    return wire;
  }

  /** The CRLReason in a revocation list. */
  int code() {
    return code;
  }

  public static Optional<RevocationReason> ofWire(String wire) {
    return Arrays.stream(values()).filter(reason -> reason.wire.equals(wire)).findFirst();
  }

  @Override
  public String toString() {
    return wire;
  }
}
