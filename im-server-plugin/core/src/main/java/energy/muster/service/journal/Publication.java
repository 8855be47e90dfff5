// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.seal.Sealed;
import energy.muster.tariff.PriceDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A tariff or prices that were published with an order.
 *
 * @param order which order brought it; another may bring the same document to others
 * @param sealed the order, as its publisher signed it
 * @param at when it was accepted
 */
public record Publication(
    DocumentId order, PriceDocument document, BareJid publisher, Sealed sealed, Instant at) {
  /** So long after it is over it is kept at hand, for bills of what was. */
  public static final Duration KEPT = Duration.ofDays(400);

  public Publication {
    Objects.requireNonNull(order);
    Objects.requireNonNull(document);
    Objects.requireNonNull(publisher);
    Objects.requireNonNull(sealed);
    Objects.requireNonNull(at);
  }
}
