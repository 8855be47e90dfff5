// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.ied.journal.Journal;
import energy.muster.json.Fields;
import energy.muster.refusal.Refused;
import energy.muster.seal.Crl;
import energy.muster.seal.Trust;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

/** The trust all devices of a process share, with the newest revocation lists, which are kept. */
public final class TrustStore {
  private final Journal journal;
  private volatile Trust trust;
  private int dropped;

  /** Whether what is in force is on disk: completes when it is. */
  private CompletableFuture<Void> kept = CompletableFuture.completedFuture(null);

  /**
   * @param anchors the site's authorities, to which the journal's revocation lists are added
   */
  public TrustStore(Trust anchors, Journal journal) {
    this.journal = journal;
    this.trust = anchors;
    journal.revocationLists().forEach(this::restore);
  }

  private void restore(byte[] list) {
    try {
      trust = trust.withCrl(list);
    } catch (Refused e) {
      // Of an authority that has left the configuration, or older than one that came with it.
      dropped++;
    }
  }

  /** How many of the kept lists were of no use at the start. */
  public int dropped() {
    return dropped;
  }

  public Trust trust() {
    return trust;
  }

  /**
   * Takes a {@code crl} element from anyone, because the list is signed.
   *
   * @return the empty result, once the list is kept
   */
  CompletableFuture<Payload> take(Payload payload) {
    byte[] der =
        Fields.of(payload.requireLargeJson())
            .all(fields -> Base64.getDecoder().decode(fields.text("crl")));
    synchronized (this) {
      Trust next = trust.withCrl(der);
      if (next != trust || kept.isCompletedExceptionally()) {
        // In force at once, kept a moment later: a revocation must not wait for a full disk.
        trust = next;
        kept = journal.keepRevocationLists(next.crls().stream().map(Crl::der).toList());
      }
      return kept.thenApply(done -> Payload.empty(Wire.CRL));
    }
  }
}
