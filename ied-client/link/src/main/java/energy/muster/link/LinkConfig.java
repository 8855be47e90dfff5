// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.identity.BareJid;
import energy.muster.seal.SigningIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Where a link goes and who it is.
 *
 * @param server how to get there; the certificate is checked against the account's domain
 * @param password the account's, for SCRAM
 * @param tlsAnchors PEM with the server's CA or its own certificate; nothing else is trusted
 * @param identity the key that proves the session; without one the link stays unproven
 * @param site the utility's name for the network
 * @param boot counts the starts of this client
 * @param journalSeq last sequence number of this client's journal, asked at each proof
 * @param answerWithin how long an answer may take before nobody knows; 10 s by default
 */
public record LinkConfig(
    ServerRoute server,
    BareJid account,
    String password,
    Path tlsAnchors,
    Optional<SigningIdentity> identity,
    String site,
    long boot,
    LongSupplier journalSeq,
    Duration answerWithin) {
  public static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  public LinkConfig {
    Objects.requireNonNull(server);
    Objects.requireNonNull(account);
    Objects.requireNonNull(password);
    Objects.requireNonNull(tlsAnchors);
    Objects.requireNonNull(identity);
    Objects.requireNonNull(journalSeq);
  }

  @Override
  public String toString() {
    return account + " at " + server;
  }
}
