// SPDX-License-Identifier: Apache-2.0
package energy.muster.tools;

import energy.muster.pki.Pem;
import energy.muster.seal.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import picocli.CommandLine.Option;

/** The options that every command has which checks signatures. */
final class TrustOptions {
  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "The authorities to trust, in PEM (DIR/pki/ca.pem).")
  private Path ca;

  @Option(
      names = "--crl",
      paramLabel = "FILE",
      description = "Their revocation list, in DER (crl.der beside the authority's file).")
  private Path crl;

  Trust trust(AuthorityOptions options) throws IOException {
    Path authorities = ca == null ? options.folder().resolve("ca.pem") : ca;
    Trust trust;
    try {
      trust = Trust.of(Pem.certificates(authorities));
    } catch (IllegalArgumentException e) {
      throw new IOException(authorities + ": " + e.getMessage(), e);
    }
    Path list = crl == null ? authorities.resolveSibling("crl.der") : crl;
    return crl == null && !Files.exists(list) ? trust : trust.withCrl(Files.readAllBytes(list));
  }

  /** Says on the error output where nobody can know what is revoked. */
  static void warn(Surroundings surroundings, Trust trust, Instant now) {
    if (trust.crls().isEmpty()) {
      surroundings.err().println("verify: no revocation list, so revocation is not checked");
    } else if (trust.stale(now)) {
      surroundings
          .err()
          .println("verify: the revocation list is stale; a newer one may say otherwise");
    }
  }
}
